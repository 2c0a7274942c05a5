from __future__ import annotations

import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from training.backtest.axes import Axes
from training.backtest.meanings import MEANINGS
from training.backtest.report import render_report
from training.backtest.store_backtest import Backtest, measure_predictions
from training.leaks.leak import Leak


def _backtest(won: list[int], order: str = "time") -> Backtest:
    """Two steps of equally many leads, in order of probability from high to low, a lead a day."""
    count = len(won)
    predictions = pd.DataFrame(
        {
            "step": [2 * place // count for place in range(count)],
            "lead_id": [f"l{place}" for place in range(count)],
            "as_of": pd.date_range("2026-01-01", periods=count, tz="UTC"),
            "probability": [(count - place) / (count + 1) for place in range(count)],
            "won": won,
        }
    )
    leaks = [Leak("lukkeårsag", "filled late", "'lukkeårsag <b>' kendes først bagefter.")]
    return Backtest(predictions, measure_predictions(predictions), leaks, "by hand", 1.0, 3, order)


class _Page(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.asked: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.asked += [str(value) for name, value in attrs if name in ("src", "href", "srcset", "data", "action")]


def test_the_page_says_what_it_comes_to() -> None:
    page = render_report(_backtest([1, 1, 0, 1, 0, 0, 0, 1]), "kundeemner-æøå.csv")
    assert "<h1>kundeemner-æøå.csv</h1>" in page
    assert "Method: by hand." in page
    assert "8 leads were judged, 4 of them won (50.0 %)." in page
    assert "3 leads without an outcome" in page
    assert "The better half of the list holds 75 % of the wins" in page
    assert "Left out, because it tells the outcome: &#x27;lukkeårsag &lt;b&gt;&#x27; kendes først bagefter." in page
    assert "2026-01-01" in page


def test_the_page_asks_nothing_of_the_network_and_runs_nothing() -> None:
    page = render_report(_backtest([1, 0, 1, 0]), "x")
    parsed = _Page(page)
    assert parsed.asked == []
    assert not {"script", "link", "img", "iframe"} & set(parsed.tags)
    assert not re.search(r"https?:|url\(|@import", page)
    assert parsed.tags.count("svg") == 6


def test_every_measure_has_its_meaning() -> None:
    backtest = _backtest([1, 0, 1, 0])
    assert set(MEANINGS) == set(backtest.measures)
    page = render_report(backtest, "x")
    assert all(meaning in page for meaning in MEANINGS.values())


@pytest.mark.parametrize("won", [[0, 0, 0, 0], [1, 1, 1, 1], [0, 1]])
def test_what_is_not_defined_breaks_no_chart(won: list[int]) -> None:
    page = render_report(_backtest(won), "x")
    assert not re.search(r"\bnan\b|\binf\b", page)


def test_folds_are_no_course_of_time() -> None:
    page = render_report(_backtest([1, 0, 1, 0], "none"), "x")
    assert "Fold by fold" in page
    assert "2026-01-01" not in page


def test_a_line_is_broken_where_nothing_is_defined() -> None:
    axes = Axes(192, 176, (0, 2), (0, 1))  # 100 across, 100 up
    assert axes.line([(0, 0), (1, float("nan")), (2, 1)], "k") == '<path class="k" d="M58.0,130.0M158.0,30.0"/>'
