"""The registry of model versions: MLflow, on SQLite in the home folder or a tracking server."""

from __future__ import annotations

import logging
import os
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.errors import ArtefactRejected, EnvironmentFault
from training.artefact import Artefact, read_artefact, write_artefact

if TYPE_CHECKING:
    from mlflow import MlflowClient

    from data.settings import Settings

NAME = "close-probability"
CHAMPION, CHALLENGER, FORMER = "champion", "challenger", "former-champion"
HASH_TAG = "manifest_sha256"


def register_artefact(settings: Settings, artefact: Artefact) -> Artefact:
    """Register an artefact as a new version, with the alias ``challenger``.

    Returns:
        The artefact with its version.
    """
    client = _open_client(settings)
    experiment = _find_experiment(client, settings)
    run = client.create_run(experiment, run_name=f"train as of {artefact.facts.get('as_of', 'unknown')}")
    for name, value in artefact.facts.get("parameters", {}).items():
        client.log_param(run.info.run_id, name, value)
    for name, value in artefact.facts.get("metrics", {}).items():
        if value == value:  # MLflow's server refuses NaN, a measure that is not defined
            client.log_metric(run.info.run_id, name, value)
    with tempfile.TemporaryDirectory() as folder:
        digest = write_artefact(artefact, Path(folder))
        client.log_artifacts(run.info.run_id, folder, "model")
    client.set_terminated(run.info.run_id)
    with suppress(_mlflow().exceptions.MlflowException):  # exists from the second version on
        client.create_registered_model(NAME, description="P(won within 365 days) of a lead")
    source = f"{run.info.artifact_uri}/model"
    version = client.create_model_version(NAME, source, run.info.run_id, tags={HASH_TAG: digest}).version
    client.set_registered_model_alias(NAME, CHALLENGER, version)
    return replace(artefact, version=str(version))


def promote_version(settings: Settings, version: str) -> None:
    """Make a version the champion; the one before it stays within reach of :func:`roll_back`.

    Raises:
        ArtefactRejected: there is no such version, or its files are not those that were registered.
    """
    load_version(settings, version)
    client = _open_client(settings)
    before = find_alias(settings, CHAMPION)
    if before is not None and before != version:
        client.set_registered_model_alias(NAME, FORMER, before)
    client.set_registered_model_alias(NAME, CHAMPION, version)


def roll_back(settings: Settings) -> str:
    """Make the former champion the champion again, and return its version.

    Raises:
        ArtefactRejected: there is no former champion.
    """
    former = find_alias(settings, FORMER)
    if former is None:
        raise ArtefactRejected("there is no former champion to roll back to; promote a version instead.")
    promote_version(settings, former)
    return former


def load_champion(settings: Settings) -> Artefact:
    """Load the version that serves.

    Raises:
        ArtefactRejected: there is none yet, or a file of it does not match its hash.
    """
    version = find_alias(settings, CHAMPION)
    if version is None:
        raise ArtefactRejected("no model is registered as champion yet; run callworth train first.")
    return load_version(settings, version)


def load_version(settings: Settings, version: str) -> Artefact:
    """Load a version by its number.

    Raises:
        ArtefactRejected: there is no such version, or a file of it does not match its hash.
    """
    client, mlflow = _open_client(settings), _mlflow()
    try:
        found = client.get_model_version(NAME, version)
        with tempfile.TemporaryDirectory() as folder:
            source = str(found.source)
            target = None if source.startswith(("file:", "/")) else folder
            local = mlflow.artifacts.download_artifacts(source, tracking_uri=settings.registry_uri, dst_path=target)
            return read_artefact(Path(local), str(found.tags.get(HASH_TAG)), version)
    except (mlflow.exceptions.MlflowException, OSError) as error:
        raise ArtefactRejected(
            f"model version {version} cannot be loaded from the registry ({str(error).splitlines()[0]}); "
            "see callworth train, or roll back."
        ) from error


def find_alias(settings: Settings, alias: str) -> str | None:
    """The version behind an alias, or None."""
    client = _open_client(settings)
    try:
        return str(client.get_model_version_by_alias(NAME, alias).version)
    except _mlflow().exceptions.MlflowException:
        return None


def _open_client(settings: Settings) -> MlflowClient:
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        return _mlflow().MlflowClient(settings.registry_uri, settings.registry_uri)
    except (OSError, _mlflow().exceptions.MlflowException) as error:
        raise EnvironmentFault(f"the model registry {settings.registry_uri} cannot be opened: {error}.") from error


def _find_experiment(client: MlflowClient, settings: Settings) -> str:
    found = client.get_experiment_by_name(NAME)
    if found is not None:
        return str(found.experiment_id)
    location = None if settings.tracking_uri else settings.artefacts.as_uri()
    return client.create_experiment(NAME, artifact_location=location)


def _mlflow() -> Any:
    # Imported late: it takes two seconds. Telemetry can be refused in a variable alone.
    os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
    import mlflow

    logging.getLogger("mlflow").setLevel(logging.WARNING)  # it tells about each of its tables
    return mlflow
