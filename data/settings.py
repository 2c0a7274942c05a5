"""The one settings object. Environment variables are read here and nowhere else."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "CALLWORTH_"
KNOWN = {"CALLWORTH_HOME", "CALLWORTH_DATABASE_URL", "CALLWORTH_TRACKING_URI"}


@dataclass(frozen=True)
class Settings:
    """Where callworth keeps its things.

    Attributes:
        home: folder of the embedded database, the registry and the reports.
        database_url: a PostgreSQL of yours, or None for the embedded one in ``home``.
        tracking_uri: an MLflow tracking server of yours, or None for SQLite in ``home``.
    """

    home: Path
    database_url: str | None = None
    tracking_uri: str | None = None

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
    """Read the settings from environment variables.

    Args:
        environment: the variables; the process's own by default.

    Raises:
        BadInput: a variable begins with ``CALLWORTH_`` and is not known, most often a slip of the keyboard.

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
    return Settings(
        home, variables.get("CALLWORTH_DATABASE_URL") or None, variables.get("CALLWORTH_TRACKING_URI") or None
    )
