from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.callworth.conftest import CommandLine

AS_OF = "2010-06-15T10:00+01:00"


@pytest.mark.soak  # a minute; its import is asserted by row in tests/data/mappings, the whole way by the demo's tests
def test_bank_full_goes_the_whole_way(run: CommandLine, shared_data: Callable[[str], Path]) -> None:
    imported = run("import", shared_data("bank-full.csv"), "--mapping", "uci-bank", "--json")
    assert imported.json["accepted"] == 45_211
    trained = run("train", "--as-of", "2010-05-31T20:00+01:00", "--json")
    assert trained.status == 0, trained.err
    assert trained.json["promoted"]
    scored = run("score", "--as-of", AS_OF, "--json")
    assert scored.json["scored"] >= 5
    listed = run("call-list", "--campaign", "term-deposit", "--limit", 5, "--as-of", AS_OF, "--json").json["leads"]
    assert len(listed) == 5
    report = run("roi", "--by", "campaign", "--to", AS_OF, "--json").json
    assert report["currency"] == "EUR"
    assert report["total"]["deals"] > 3_000
    assert any("no call data" in note for note in report["notes"])
    checked = run("check", "--month", "2010-06", "--as-of", "2010-07-01", "--json")
    assert checked.status == 0, checked.err
    assert checked.json["verdict"] in {"healthy", "watch", "retrain"}


def test_the_additional_file_is_backtested_by_rows(run: CommandLine, shared_data: Callable[[str], Path]) -> None:
    plan = ("--window", 20_000, "--step", 4_000, "--start", 24_713)
    source = shared_data("bank-additional-full.csv")
    result = run("backtest", source, "--mapping", "uci-bank-additional", *plan, "--json").json
    assert result["n"] == 16_475
    assert result["auc"] > 0.7
    assert result["leaks"] == []


def test_duration_is_found_out_when_it_is_kept(run: CommandLine, shared_data: Callable[[str], Path]) -> None:
    source = shared_data("bank-full.csv")
    plan = ("--window", "365d", "--step", "365d", "--start", "2009-06-01", "--keep", "duration")
    result = run("backtest", source, "--mapping", "uci-bank", *plan, "--json").json
    assert "duration" in [leak["column"] for leak in result["leaks"]]


def test_b2b_sales_has_no_order_and_is_cross_validated(run: CommandLine, shared_data: Callable[[str], Path]) -> None:
    result = run("backtest", shared_data("b2b_sales.csv"), "--mapping", "b2b-sales", "--json").json
    assert "cross-validation" in result["method"]
    assert result["auc"] == pytest.approx(0.8, abs=0.15)
    assert result["n"] == 448
