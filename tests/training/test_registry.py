from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from data.errors import ArtefactRejected
from data.settings import Settings
from training import (
    ask_open_leads,
    fit_artefact,
    load_champion,
    load_version,
    promote_version,
    register_artefact,
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


def test_a_version_that_is_not_there_is_refused(registered: tuple[Settings, Artefact]) -> None:
    with pytest.raises(ArtefactRejected, match="version 99"):
        promote_version(registered[0], "99")


def test_a_changed_file_is_refused_by_name(registered: tuple[Settings, Artefact]) -> None:
    settings, first = registered
    for path in sorted(settings.artefacts.rglob("winning.txt")):
        text = path.read_text()
        path.write_text(text.replace("leaf_value=", "leaf_value=0", 1))
    try:
        with pytest.raises(ArtefactRejected, match=r"winning\.txt.*hash differs"):
            load_version(settings, first.version)
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
    assert again.model.winning.model_to_string() == artefact.model.winning.model_to_string()
    assert again.model.timing.won == artefact.model.timing.won
