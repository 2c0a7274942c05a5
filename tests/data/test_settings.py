"""Settings: read from the environment, and slips told."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import BadInput
from data.settings import read_settings


def test_defaults_are_in_the_home_folder() -> None:
    settings = read_settings({"CALLWORTH_HOME": "/cw", "CALLWORTH_DATABASE_URL": "", "OTHER": "x"})
    assert (settings.home, settings.database_url, settings.tracking_uri) == (Path("/cw"), None, None)
    assert settings.registry_uri == "sqlite:////cw/mlflow.db"
    assert (settings.artefacts, settings.reports) == (Path("/cw/artefacts"), Path("/cw/reports"))
    assert read_settings({}).home == Path("~/.callworth").expanduser().resolve()


def test_addresses_are_taken_over() -> None:
    settings = read_settings({"CALLWORTH_DATABASE_URL": "postgresql://h/d", "CALLWORTH_TRACKING_URI": "http://h:5000"})
    assert (settings.database_url, settings.registry_uri) == ("postgresql://h/d", "http://h:5000")


def test_an_unknown_variable_is_told() -> None:
    with pytest.raises(BadInput, match="CALLWORTH_HOEM is not known; known are CALLWORTH_DATABASE_URL, CALLWORTH_HOME"):
        read_settings({"CALLWORTH_HOEM": "/cw"})
