from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from typer.testing import CliRunner

from callworth import learning
from callworth.app import app
from data.frames import to_arrow

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
