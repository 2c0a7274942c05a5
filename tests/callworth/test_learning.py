from __future__ import annotations

import json
from contextlib import nullcontext
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from typer.testing import CliRunner

from callworth import learning
from callworth.app import app
from data.frames import to_arrow
from data.grading import Grading
from data.settings import Settings
from training.explanation.scale import Scale

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store of one lead, whose size was a number in January and is a word since February."""
    versions = pd.DataFrame(
        {
            "lead_id": "l",
            "campaign_id": "k",
            "company_id": "c",
            "attributes": ['{"size": 4, "email": "bo@firma.dk"}', '{"size": "small", "later": 1}'],
            "occurred_at": pd.Timestamp("2026-01-01", tz="UTC"),
            "known_at": pd.to_datetime(["2026-01-01", "2026-02-01"], utc=True),
            "superseded_at": pd.to_datetime(["2026-02-01", None], utc=True),
        }
    )
    monkeypatch.setattr(learning, "use_store", nullcontext)
    monkeypatch.setattr(learning, "read_tables", lambda _: {"leads": to_arrow("leads", versions)})


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("month", "attributes"), [("01", {"attribute_size"}), ("02", {"attribute_size", "attribute_later"})]
)
def test_the_feature_matrix_has_the_attributes_known_at_as_of(tmp_path: Path, month: str, attributes: set[str]) -> None:
    out = tmp_path / "features.parquet"
    result = CliRunner().invoke(app, ["features", "--out", str(out), "--as-of", f"2026-{month}-20T00:00Z"])
    assert result.exit_code == 0, result.output
    frame = pd.read_parquet(out)
    assert {name for name in frame.columns if name.startswith("attribute_")} == attributes
    assert pd.api.types.is_numeric_dtype(frame["attribute_size"]) == (month == "01")
    assert ("because it looks personal: email." in result.stderr) == (month == "01")


def test_scores_are_written_with_their_grades(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    thresholds = [share / 100 for share in range(1, 100)]
    artefact = SimpleNamespace(version="7", scale=Scale(tuple(thresholds)))
    scores = pd.DataFrame(
        {
            "lead_id": ["l1", "l2", "l3"],
            "as_of": pd.Timestamp("2026-06-01", tz="UTC"),
            "probability": [0.905, 0.505, 0.005],
            "score": [90, 50, 1],
        }
    )
    monkeypatch.setattr(learning, "use_store", lambda _: nullcontext(SimpleNamespace(transaction=nullcontext)))
    monkeypatch.setattr(learning, "read_settings", lambda: Settings(tmp_path, grading=Grading(a=90, b=50, c=2)))
    monkeypatch.setattr("training.load_champion", lambda _: artefact)
    monkeypatch.setattr("serving.fill_queue", lambda *_, **__: scores)
    monkeypatch.setattr("serving.graded_scores.find_last_probabilities", lambda *_: {"l1": 0.105, "l3": 0.015})
    result = CliRunner().invoke(app, ["score", "--out", str(tmp_path / "scores.csv"), "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["grades"] == {"A": 1, "B": 1, "C": 0, "D": 1}
    written = pd.read_csv(tmp_path / "scores.csv", keep_default_na=False)
    assert written[["lead_id", "score", "grade", "trend"]].to_numpy().tolist() == [
        ["l1", 90, "A", "up"],
        ["l2", 50, "B", ""],
        ["l3", 1, "D", "steady"],
    ]
