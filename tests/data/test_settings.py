"""Settings: read from the environment, and slips told."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import BadInput
from data.settings import Retention, read_settings


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


def test_periods_are_read_from_the_home_folder(tmp_path: Path) -> None:
    environment = {"CALLWORTH_HOME": str(tmp_path)}
    assert read_settings(environment).retention == Retention(quarantine=180)
    (tmp_path / "settings.toml").write_text("[retention]\nquarantine = 30\ncalls = 1095\n", encoding="utf-8")
    assert read_settings(environment).retention == Retention(quarantine=30, calls=1095)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[retentoin]\n", r"settings\.toml: retentoin is not known; known are grades, retention\."),
        ("[retention]\nclients = 3\n", r"retention\.clients is not known; known are retention\.calls, .*contacts, "),
        ("[retention]\ncalls = 0\n", r"retention\.calls = 0 is not a number of days; write a whole one from 1 on\."),
        ("[retention]\ncalls = true\n", r"retention\.calls = True is not a number of days"),
        ("retention = 3\n", "retention is not a table"),
        ("[retention\n", r"settings\.toml cannot be read .*; correct it\."),
    ],
)
def test_a_file_that_says_what_is_not_known_is_told(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=says):
        read_settings({"CALLWORTH_HOME": str(tmp_path)})
