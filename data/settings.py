"""The one settings object. Environment variables and ``settings.toml`` are read here and nowhere else."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import BadInput
from data.grading import Grading, read_grading

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "CALLWORTH_"
KNOWN = {"CALLWORTH_HOME", "CALLWORTH_DATABASE_URL", "CALLWORTH_TRACKING_URI"}


FILE = "settings.toml"


@dataclass(frozen=True)
class Retention:
    """For how many days what is kept; None: for as long as nobody deletes it.

    Attributes:
        quarantine: rows that were refused, from their arrival.
        contacts: persons of whom nothing is heard, from the last time; then they are erased as by ``forget``.
        calls: calls, from when they were made.
        touches: touches, from when they happened.
        trigger_signals: signals, from when they happened.
        scores: logged scores, from their as-of.
    """

    quarantine: int | None = 180
    contacts: int | None = None
    calls: int | None = None
    touches: int | None = None
    trigger_signals: int | None = None
    scores: int | None = None


@dataclass(frozen=True)
class Settings:
    """Where callworth keeps its things, and for how long.

    Attributes:
        home: folder of the embedded database, the registry and the reports.
        database_url: a PostgreSQL of yours, or None for the embedded one in ``home``.
        tracking_uri: an MLflow tracking server of yours, or None for SQLite in ``home``.
        retention: for how long what is kept: ``[retention]`` in ``home/settings.toml``.
        grading: limits of the grades: ``[grades]`` there.
    """

    home: Path
    database_url: str | None = None
    tracking_uri: str | None = None
    retention: Retention = field(default_factory=Retention)
    grading: Grading = field(default_factory=Grading)

    @property
    def registry_uri(self) -> str:
        """Where MLflow keeps the versions: the tracking server, or ``home/mlflow.db``."""
        return self.tracking_uri or f"sqlite:///{self.home / 'mlflow.db'}"

    @property
    def artefacts(self) -> Path:
        """Folder of the registered artefacts where no tracking server keeps them."""
        return self.home / "artefacts"

    @property
    def reports(self) -> Path:
        """Folder of the monthly checks."""
        return self.home / "reports"


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from environment variables, and from ``settings.toml`` in the home folder where there is one.

    Args:
        environment: the variables; the process's own by default.

    Raises:
        BadInput: a variable begins with ``CALLWORTH_`` and is not known, most often a slip of the keyboard; or the
            file says something that is not known.

    >>> read_settings({"CALLWORTH_HOME": "/tmp/cw"}).home.name
    'cw'
    >>> read_settings({"CALLWORTH_DATABSE_URL": "x"})
    Traceback (most recent call last):
    data.errors.BadInput: the environment variable CALLWORTH_DATABSE_URL is not known; \
known are CALLWORTH_DATABASE_URL, CALLWORTH_HOME, CALLWORTH_TRACKING_URI.
    """
    variables = os.environ if environment is None else environment
    for name in sorted(variables):
        if name.startswith(PREFIX) and name not in KNOWN:
            known = ", ".join(sorted(KNOWN))
            raise BadInput(f"the environment variable {name} is not known; known are {known}.")
    home = Path(variables.get("CALLWORTH_HOME") or "~/.callworth").expanduser().resolve()
    database, tracking = variables.get("CALLWORTH_DATABASE_URL"), variables.get("CALLWORTH_TRACKING_URI")
    said = _read_file(home / FILE)
    retention = _read_retention(home / FILE, said.get("retention", {}))
    grading = read_grading(home / FILE, said.get("grades", {}))
    return Settings(home, database or None, tracking or None, retention, grading)


def _read_file(path: Path) -> dict[str, object]:
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise BadInput(f"{path} cannot be read ({error}); correct it.") from error
    _require_known(path, set(said), {"retention", "grades"})
    return said


def _read_retention(path: Path, periods: object) -> Retention:
    known = {one.name for one in fields(Retention)}
    if not isinstance(periods, dict):
        raise BadInput(f"{path}: retention is not a table; write [retention] and below it, for example, calls = 1095.")
    _require_known(path, {f"retention.{name}" for name in periods}, {f"retention.{name}" for name in known})
    for name, days in periods.items():
        if not isinstance(days, int) or isinstance(days, bool) or days < 1:
            raise BadInput(f"{path}: retention.{name} = {days!r} is not a number of days; write a whole one from 1 on.")
    return Retention(**periods)


def _require_known(path: Path, said: set[str], known: set[str]) -> None:
    for name in sorted(said - known):
        raise BadInput(f"{path}: {name} is not known; known are {', '.join(sorted(known))}.")
