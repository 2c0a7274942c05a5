"""The registry of model versions: MLflow, on SQLite in the home folder or a tracking server."""

from __future__ import annotations

import logging
import os
import re
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import SQLAlchemyError

from data.errors import ArtefactRejected, BadInput, EnvironmentFault
from training.artefact import Artefact, read_artefact, write_artefact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlflow import MlflowClient

    from data.settings import Settings

NAME = "close-probability"
CHAMPION, CHALLENGER, FORMER = "champion", "challenger", "former-champion"
HASH_TAG = "manifest_sha256"
SHOWN_VERSIONS = 20
MLFLOW_DEFAULTS = {
    "MLFLOW_DISABLE_TELEMETRY": "true",  # it can be refused in a variable alone
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",  # of seven, each twice as late: a server that is down would be waited for
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "5",  # seconds, of 120
}
REASONS = {
    "ENDPOINT_NOT_FOUND": "no MLflow answers there",
    **dict.fromkeys(("UNAUTHENTICATED", "CUSTOMER_UNAUTHORIZED", "PERMISSION_DENIED"), "it refuses access"),
}


def register_artefact(settings: Settings, artefact: Artefact) -> Artefact:
    """Register an artefact as a new version, with the alias ``challenger``.

    Returns:
        The artefact with its version.

    Raises:
        EnvironmentFault: the registry cannot be used.
    """
    with _use_client(settings) as client, tempfile.TemporaryDirectory() as folder:
        run = _log_run(client, _find_experiment(client, settings), artefact.facts)
        digest = write_artefact(artefact, Path(folder))
        client.log_artifacts(run.info.run_id, folder, "model")
        client.set_terminated(run.info.run_id)
        with _ignore("RESOURCE_ALREADY_EXISTS"):  # from the second version on
            client.create_registered_model(NAME, description="P(won within 365 days) of a lead")
        source = f"{run.info.artifact_uri}/model"
        version = client.create_model_version(NAME, source, run.info.run_id, tags={HASH_TAG: digest}).version
        client.set_registered_model_alias(NAME, CHALLENGER, version)
    return replace(artefact, version=str(version))


def promote_version(settings: Settings, version: str) -> None:
    """Make a version the champion; the one before it stays within reach of :func:`roll_back`.

    Raises:
        BadInput: there is no such version.
        ArtefactRejected: its files are not those that were registered.
        EnvironmentFault: the registry cannot be used.
    """
    with _use_client(settings) as client:
        _require_version(client, version)
        load_version(settings, version)
        before = find_alias(settings, CHAMPION)
        if before is not None and before != version:
            client.set_registered_model_alias(NAME, FORMER, before)
        client.set_registered_model_alias(NAME, CHAMPION, version)


def roll_back(settings: Settings) -> str:
    """Make the former champion the champion again, and return its version.

    Raises:
        ArtefactRejected: there is no former champion.
        EnvironmentFault: the registry cannot be used.
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
        EnvironmentFault: the registry cannot be used.
    """
    version = find_alias(settings, CHAMPION)
    if version is None:
        raise ArtefactRejected("no model is registered as champion yet; run callworth train first.")
    return load_version(settings, version)


def load_version(settings: Settings, version: str) -> Artefact:
    """Load a version by its number.

    Raises:
        ArtefactRejected: there is no such version, or a file of it is missing or does not match its hash.
        EnvironmentFault: the registry cannot be used.
    """
    with _use_client(settings) as client, _ignore("RESOURCE_DOES_NOT_EXIST"), tempfile.TemporaryDirectory() as folder:
        found = client.get_model_version(NAME, version)
        local = _fetch_files(settings, str(found.source), Path(folder), version)
        return read_artefact(local, str(found.tags.get(HASH_TAG)), version)
    raise ArtefactRejected(f"model version {version} is not in the registry; see callworth train, or roll back.")


def find_alias(settings: Settings, alias: str) -> str | None:
    """The version behind an alias, or None where no version has it.

    Raises:
        EnvironmentFault: the registry cannot be used, so that nothing is known.
    """
    with _use_client(settings) as client, _ignore("RESOURCE_DOES_NOT_EXIST"):  # nothing is registered yet
        version = client.get_registered_model(NAME).aliases.get(alias)
        return None if version is None else str(version)
    return None


@contextmanager
def _use_client(settings: Settings) -> Iterator[MlflowClient]:
    """MLflow's client; whatever keeps the registry from answering becomes an EnvironmentFault."""
    mlflow = _mlflow()
    faults = (OSError, SQLAlchemyError, mlflow.exceptions.MlflowException)
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        client = mlflow.MlflowClient(settings.registry_uri, settings.registry_uri)
    except (*faults, ValueError) as error:  # ValueError: of an address that cannot be read
        raise EnvironmentFault(_describe_fault(settings, error)) from error
    try:
        yield client
    except faults as error:
        raise EnvironmentFault(_describe_fault(settings, error)) from error


@contextmanager
def _ignore(code: str) -> Iterator[None]:
    try:
        yield
    except _mlflow().exceptions.MlflowException as error:
        if error.error_code != code:
            raise


def _describe_fault(settings: Settings, error: Exception) -> str:
    if settings.tracking_uri is None:
        reason = str(error).splitlines()[0]
        return f"the model registry in {settings.home} cannot be used ({reason}); mend it, or correct CALLWORTH_HOME."
    # MLflow's own words repeat the address, and with it a password.
    address = re.sub(r"\?.*", "", re.sub(r"//.*@", "//", settings.tracking_uri))
    reason = REASONS.get(getattr(error, "error_code", ""), "it does not answer as it should")
    return f"the model registry at {address} cannot be used ({reason}); start it, or correct CALLWORTH_TRACKING_URI."


def _require_version(client: MlflowClient, version: str) -> None:
    known = sorted(int(each.version) for each in client.search_model_versions(f"name='{NAME}'"))
    if version not in map(str, known):
        names = ", ".join(map(str, known[-SHOWN_VERSIONS:]))
        raise BadInput(f"there is no model version {version}; {f'known are {names}' if known else 'train one first'}.")


def _fetch_files(settings: Settings, source: str, folder: Path, version: str) -> Path:
    mlflow = _mlflow()
    target = None if source.startswith(("file:", "/")) else str(folder)
    try:
        return Path(mlflow.artifacts.download_artifacts(source, tracking_uri=settings.registry_uri, dst_path=target))
    except (mlflow.exceptions.MlflowException, OSError) as error:
        raise ArtefactRejected(
            f"model version {version}: its files cannot be fetched from the registry; restore them, or roll back."
        ) from error


def _log_run(client: MlflowClient, experiment: str, facts: dict[str, Any]) -> Any:
    run = client.create_run(experiment, run_name=f"train as of {facts.get('as_of', 'unknown')}")
    for name, value in facts.get("parameters", {}).items():
        client.log_param(run.info.run_id, name, value)
    for name, value in facts.get("metrics", {}).items():
        if value == value:  # MLflow's server refuses NaN, a measure that is not defined
            client.log_metric(run.info.run_id, name, value)
    return run


def _find_experiment(client: MlflowClient, settings: Settings) -> str:
    found = client.get_experiment_by_name(NAME)
    if found is not None:
        return str(found.experiment_id)
    location = None if settings.tracking_uri else settings.artefacts.as_uri()
    return client.create_experiment(NAME, artifact_location=location)


def _mlflow() -> Any:
    # Imported late: it takes two seconds.
    for name, value in MLFLOW_DEFAULTS.items():
        os.environ.setdefault(name, value)
    import mlflow

    logging.getLogger("mlflow").setLevel(logging.WARNING)  # it tells about each of its tables
    return mlflow
