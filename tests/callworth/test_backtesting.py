from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from callworth.app import app
from callworth.backtesting import require_columns
from data.errors import BadInput, TooLittleData
from data.frames import to_arrow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MAPPING = """
[source]
time_zone = "UTC"
order = "none"

[tables.clients]
client_id = { value = "c" }
name = { value = "Client" }
currency = { value = "DKK" }
time_zone = { value = "UTC" }
occurred_at = { value = "2025-01-01" }

[tables.companies]
company_id = "company"
client_id = { value = "c" }
occurred_at = { value = "2025-01-01" }

[tables.campaigns]
campaign_id = { value = "k" }
client_id = { value = "c" }
name = { value = "Campaign" }
occurred_at = { value = "2025-01-01" }

[tables.leads]
lead_id = "lead"
campaign_id = { value = "k" }
company_id = "company"
occurred_at = { value = "2025-06-01" }

[tables.deals]
where = { column = "won", values = ["yes"] }
deal_id = "lead"
lead_id = "lead"
amount_minor = { value = 100 }
currency = { value = "DKK" }
occurred_at = { value = "2025-07-01" }

[tables.lead_stages]
where = { column = "won", values = ["no"] }
lead_stage_id = "lead"
lead_id = "lead"
stage = { value = "lost" }
occurred_at = { value = "2025-07-01" }
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[[int], list[str]]:
    """Writes a flat file of leads, two to a company, and its mapping; gives the arguments of the command."""

    def make(count: int) -> list[str]:
        rows = (f"l{n},c{n // 2},{'yes' if n % 3 else 'no'},{n},p{n}@firma.dk" for n in range(count))
        source, mapping = tmp_path / "leads.csv", tmp_path / "leads.toml"
        source.write_text("\n".join(["lead,company,won,size,reg", *rows]) + "\n", encoding="utf-8")
        mapping.write_text(MAPPING, encoding="utf-8")
        return ["backtest", str(source), "--mapping", str(mapping)]

    return make


def test_the_table_has_every_measure_and_says_what_was_left_out(write: Callable[[int], list[str]]) -> None:
    result = CliRunner().invoke(app, write(200))
    assert result.exit_code == 0
    assert {"auc", "top_decile_lift", "calibration_ratio"} <= set(result.stdout.split())
    assert "because it looks personal: reg." in result.stderr


def test_every_prediction_is_written_and_gives_the_measures_again_and_a_page_shows_them(
    write: Callable[[int], list[str]], tmp_path: Path
) -> None:
    path, report = tmp_path / "predictions.parquet", tmp_path / "rapport-æøå.html"
    arguments = [*write(200), "--predictions", str(path), "--report", str(report), "--json"]
    measures = json.loads(CliRunner().invoke(app, arguments).stdout)
    written = pd.read_parquet(path)
    assert list(written) == ["step", "lead_id", "as_of", "probability", "won"]
    assert sorted(written["lead_id"]) == sorted(f"l{number}" for number in range(200))
    assert written["step"].nunique() == 5
    assert written["won"].sum() == measures["wins"] == 133  # all but every third
    assert np.square(written["probability"] - written["won"]).mean() == pytest.approx(measures["brier"])
    page = report.read_text(encoding="utf-8")
    assert "<h1>leads.csv</h1>" in page
    assert "200 leads were judged, 133 of them won" in page


def test_cadences_are_compared_without_and_with_a_delay(write: Callable[[int], list[str]], tmp_path: Path) -> None:
    arguments = [*write(400), "--cadence", "--step", "80", "--label-delay", "80"]
    (tmp_path / "leads.toml").write_text(MAPPING.replace('"none"', '"rows"'), encoding="utf-8")
    result = CliRunner().invoke(app, [*arguments, "--json"])
    compared = json.loads(result.stdout)
    named = [(each["cadence"], each["delay"], each["trainings"]) for each in compared["cadences"]]
    assert named == [
        ("every 80 rows", "", 2),
        ("never", "", 1),
        ("every 80 rows", "80 rows", 2),
        ("never", "80 rows", 1),
    ]
    assert compared["trainings"] == 3  # up to rows 160, 240 and 320
    assert compared["recommendation"].startswith("With outcomes known 80 rows late, ")


def test_a_tiny_file_is_too_little(write: Callable[[int], list[str]]) -> None:
    result = CliRunner().invoke(app, write(6))
    assert isinstance(result.exception, TooLittleData)
    assert "there is too little data for a model" in str(result.exception)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["leads.csv", "--as-of", "2026-01-01"], "leave --as-of out"),
        (["--step", "30d"], "takes no --step;"),
        (["--mapping", "uci-bank", "--drop", "x"], "takes no --mapping and no --drop;"),
        (["leads.csv", "--predictions", "x.txt"], "neither .parquet nor .csv"),
        (["leads.csv", "--report", "x.htm"], "does not end with .html"),
        (["leads.csv", "--report", "there/is/none.html"], "there is no folder"),
        (["--cadence"], "--cadence compares on a file"),
        (["leads.csv", "--cadence", "--report", "x.html"], "leave out --predictions, --report"),
        (["leads.csv", "--window", ""], "--window ''"),
        (["leads.csv", "--start", "yesterday"], "--start 'yesterday'"),
    ],
)
def test_options_that_would_be_ignored_or_cannot_be_read_are_refused(arguments: list[str], says: str) -> None:
    result = CliRunner().invoke(app, ["backtest", *arguments])
    assert isinstance(result.exception, BadInput)
    assert says in str(result.exception)


def test_a_column_kept_by_name_must_be_one_of_the_store() -> None:
    leads = pd.DataFrame({"lead_id": ["a"], "attributes": ['{"closed_reason": "price"}'], "company_id": "c"})
    tables = {"leads": to_arrow("leads", leads.assign(campaign_id="k", occurred_at=pd.Timestamp(0, tz="UTC")))}
    assert require_columns(tables, ["closed_reason", "employees"]) == ["closed_reason", "employees"]
    assert require_columns(tables, None) == []
    with pytest.raises(BadInput, match=r"--keep names 'Closed reasn'.*did you mean 'closed_reason'\?"):
        require_columns(tables, ["Closed reasn"])
    with pytest.raises(BadInput, match="'xyz', and the store's leads have no such column; it has closed_reason, ind"):
        require_columns(tables, ["xyz"])
