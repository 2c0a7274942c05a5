from __future__ import annotations

import os
import socket
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
import pytest

from data.errors import ArtefactRejected, BadInput, EnvironmentFault
from data.settings import Settings
from training import (
    ask_open_leads,
    find_alias,
    fit_artefact,
    load_champion,
    load_version,
    promote_version,
    register_artefact,
    registry,
    roll_back,
    score_questions,
)

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from data.frames import Tables
    from training import Artefact


@pytest.fixture(scope="module")
def registered(artefact: Artefact, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Artefact]:
    settings = Settings(tmp_path_factory.mktemp("home"))
    first = register_artefact(settings, artefact)
    promote_version(settings, first.version)
    return settings, first


def test_no_champion_is_said(tmp_path: Path) -> None:
    with pytest.raises(ArtefactRejected, match="run callworth train first"):
        load_champion(Settings(tmp_path))


def test_a_loaded_artefact_scores_to_the_bit_as_the_one_in_memory(
    history: Tables, cut: datetime, artefact: Artefact, registered: tuple[Settings, Artefact]
) -> None:
    settings, first = registered
    loaded = load_champion(settings)
    assert loaded.version == first.version
    assert (loaded.schema, loaded.attributes, loaded.amounts) == (
        artefact.schema,
        artefact.attributes,
        artefact.amounts,
    )
    questions = ask_open_leads(history, cut)
    before, after = (score_questions(history, questions, each).scores for each in (artefact, loaded))
    assert (before["probability"].to_numpy() == after["probability"].to_numpy()).all()
    assert (before["features_hash"] == after["features_hash"]).all()


def test_rolling_back_returns_to_the_champion_before(registered: tuple[Settings, Artefact], artefact: Artefact) -> None:
    settings, first = registered
    second = register_artefact(settings, artefact)
    assert load_champion(settings).version == first.version  # registered, not promoted
    promote_version(settings, second.version)
    assert load_champion(settings).version == second.version
    assert roll_back(settings) == first.version
    assert load_champion(settings).version == first.version


@pytest.mark.parametrize("version", ["99", "01", "best"])
def test_a_version_that_is_not_there_cannot_be_promoted(registered: tuple[Settings, Artefact], version: str) -> None:
    with pytest.raises(BadInput, match=rf"no model version {version}; known are 1\b"):
        promote_version(registered[0], version)


def test_where_nothing_is_registered_nothing_can_be_promoted(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="train one first"):
        promote_version(Settings(tmp_path), "1")


def test_a_version_that_went_from_the_registry_is_the_environment(registered: tuple[Settings, Artefact]) -> None:
    with pytest.raises(ArtefactRejected, match="version 99 is not in the registry"):
        load_version(registered[0], "99")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("http://anna:geheim@127.0.0.1:1", r"at http://127\.0\.0\.1:1 cannot be used"),
        ("http://anna:ge@heim@127.0.0.1:1/?token=geheim", r"at http://127\.0\.0\.1:1/ cannot be used"),
        ("ftp://registry", "at ftp://registry cannot be used"),
        ("http://[geheim@registry", "at http://registry cannot be used"),
    ],
)
def test_a_registry_that_does_not_answer_is_not_one_without_models(tmp_path: Path, address: str, shown: str) -> None:
    began = perf_counter()
    with pytest.raises(EnvironmentFault, match=shown) as fault:
        find_alias(Settings(tmp_path, tracking_uri=address), "champion")
    assert perf_counter() - began < 5
    assert "CALLWORTH_TRACKING_URI" in str(fault.value)
    assert "geheim" not in str(fault.value)
    assert "anna" not in str(fault.value)


def test_a_server_that_never_answers_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_TIMEOUT", "1")
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(EnvironmentFault, match="it does not answer"):
            load_champion(Settings(tmp_path, tracking_uri=address))


def test_waiting_is_short_unless_the_user_wants_it_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_TIMEOUT", "60")
    monkeypatch.delenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", raising=False)
    registry._mlflow()
    assert os.environ["MLFLOW_HTTP_REQUEST_TIMEOUT"] == "60"
    assert int(os.environ["MLFLOW_HTTP_REQUEST_MAX_RETRIES"]) <= 1


def test_a_home_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(EnvironmentFault, match=r"home cannot be used.*CALLWORTH_HOME"):
        find_alias(Settings(tmp_path / "home"), "champion")


def test_only_that_the_model_exists_is_passed_over(
    tmp_path: Path, artefact: Artefact, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mlflow.exceptions import MlflowException
    from mlflow.protos.databricks_pb2 import PERMISSION_DENIED

    def refuse(*_: object, **__: object) -> None:
        raise MlflowException("not you", PERMISSION_DENIED)

    monkeypatch.setattr("mlflow.MlflowClient.create_registered_model", refuse)
    with pytest.raises(EnvironmentFault, match="not you"):
        register_artefact(Settings(tmp_path), artefact)


def test_a_changed_file_is_refused_by_name(registered: tuple[Settings, Artefact]) -> None:
    settings, first = registered
    for path in sorted(settings.artefacts.rglob("winning*.txt")):
        text = path.read_text()
        path.write_text(text.replace("leaf_value=", "leaf_value=0", 1))
    try:
        with pytest.raises(ArtefactRejected, match=r"winning\w*\.txt.*hash differs"):
            load_version(settings, first.version)
        with pytest.raises(ArtefactRejected, match="hash differs"):
            promote_version(settings, first.version)
    finally:
        path.write_text(text)


def test_nothing_in_an_artefact_is_pickled(registered: tuple[Settings, Artefact]) -> None:
    endings = {path.suffix for path in registered[0].artefacts.rglob("*") if path.is_file()}
    assert endings == {".txt", ".json", ".parquet"}


def test_no_personal_value_is_in_an_artefact(registered: tuple[Settings, Artefact], history: Tables) -> None:
    people = history["contacts"].to_pandas()
    content = b"".join(path.read_bytes() for path in registered[0].artefacts.rglob("*") if path.is_file())
    for value in np.concatenate([people["email"].dropna()[:200], people["phone"].dropna()[:200]]):
        assert str(value).encode() not in content


def test_the_same_history_gives_the_same_model(history: Tables, cut: datetime, artefact: Artefact) -> None:
    again = fit_artefact(history, cut)
    assert again.model.winning.files("winning") == artefact.model.winning.files("winning")
    assert again.model.timing.won == artefact.model.timing.won
    assert again.intervals == artefact.intervals
