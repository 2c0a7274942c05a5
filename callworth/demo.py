"""The demo: a simulated operation is replayed, month by month, through every link of the chain."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import perf_counter
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pandas as pd

from callworth.context import use_store
from callworth.output import format_count, format_share, print_text, say, show_progress
from callworth.probabilities import gather_probabilities
from callworth.promotion import train_version
from callworth.selling import print_calls, print_roi
from data import Settings, import_source, load_mapping, log_scores, read_tables, renew_store
from data.simulator import simulate, write_simulation
from monitoring import check_month, write_report
from roi import build_roi
from serving import fill_queue
from serving.listing import list_calls
from training import ask_open_leads, score_questions

if TYPE_CHECKING:
    from collections.abc import Callable

    from data import Store, Tables
    from monitoring import Check
    from roi import RoiReport
    from training import Artefact

TRAINED_MONTHS_AGO = 4
SHOWN_CALLS = 10
OFFICE_HOUR = 10
SCENARIO = "steady"
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@dataclass(frozen=True)
class Demo:
    """What came out of a demo.

    Attributes:
        as_of: the end of the history.
        scored: open leads scored then.
        version: of the model.
        calls: the top of a call list.
        report: ROI by campaign, over the whole history.
        check: of the last month.
        seconds: the whole chain took.
    """

    as_of: datetime
    scored: int
    version: str
    calls: list[dict[str, Any]]
    report: RoiReport
    check: Check
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """The demo as ``demo --json`` prints it."""
        return {
            "as_of": self.as_of,
            "scored": self.scored,
            "version": self.version,
            "call_list": self.calls,
            "roi_closed": self.report.total["roi_closed"],
            "roi_with_pipeline": self.report.total["roi_with_pipeline"],
            "check": {"month": self.check.month, "verdict": self.check.verdict, "reasons": list(self.check.reasons)},
            "seconds": round(self.seconds, 1),
        }


def demo_settings(settings: Settings) -> Settings:
    """The demo's own folder, with its own database and registry, inside the home folder."""
    return Settings(settings.home / "demo")


def run_demo(settings: Settings, *, leads: int, months: int, seed: int, as_of: datetime) -> Demo:
    """Run the whole chain on a simulated operation.

    The model is trained at a month's end some months back, with what was known then; each later month's end it scores
    the open leads, and the scores are logged. Then the calls of today are listed, the month is checked and the ROI
    is told.

    Args:
        settings: of the demo; its folder is made anew.
        leads: how many to simulate.
        months: of history.
        seed: of the simulation.
        as_of: the end of the history; it is moved back to ten o'clock on a working day.

    Returns:
        What came out.
    """
    began = perf_counter()
    today = find_office_hour(as_of)
    with show_progress("starting") as update:
        tell: Callable[[str], None] = lambda words: update(words, 0, None)  # noqa: E731 - one word for many calls
        tell("making the demo's own database")
        _make_anew(settings)
        with use_store(settings) as store:
            tables = _bring_in(store, settings, tell, leads=leads, months=months, seed=seed, today=today)
            moments = month_ends(today, TRAINED_MONTHS_AGO)
            champion, _ = train_version(settings, tables, moments[0], seed, tell)
            tables = _replay(store, tables, champion, moments, tell)
            tell("today's call list")
            scores = fill_queue(store, champion, today, arrived_at=today)
            calls = list_calls(store, _busiest_campaign(scores), SHOWN_CALLS, today)
            tables = read_tables(store)
            tell("return on investment")
            report = _tell_roi(settings, tables, today)
            tell("monthly check")
            month = str(pd.Timestamp(moments[-1]).tz_localize(None).to_period("M"))
            check = check_month(tables, champion, month, today)
            write_report(check, settings.reports)
    return Demo(today, len(scores), champion.version, calls.leads, report, check, perf_counter() - began)


def find_office_hour(as_of: datetime) -> datetime:
    """The last moment up to ``as_of`` at which it was ten o'clock in Copenhagen on a working day.

    >>> from datetime import UTC
    >>> find_office_hour(datetime(2026, 11, 22, 12, tzinfo=UTC)).isoformat()  # a Sunday
    '2026-11-20T10:00:00+01:00'
    """
    local = as_of.astimezone(COPENHAGEN)
    at = local.replace(hour=OFFICE_HOUR, minute=0, second=0, microsecond=0)
    if at > local:
        at -= timedelta(days=1)
    while at.weekday() >= 5:
        at -= timedelta(days=1)
    return at


def month_ends(today: datetime, count: int) -> list[datetime]:
    """The last ``count`` ends of months before ``today``: midnights UTC on the first of the next."""
    first = pd.Timestamp(today).tz_convert("UTC").normalize().replace(day=1)
    return [(first - pd.DateOffset(months=back)).to_pydatetime() for back in range(count - 1, -1, -1)]


def _make_anew(settings: Settings) -> None:
    for name in ("mlflow.db", "artefacts", "reports", "history"):
        path = settings.home / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    renew_store(settings).close()


def _bring_in(
    store: Store,
    settings: Settings,
    tell: Callable[[str], None],
    *,
    leads: int,
    months: int,
    seed: int,
    today: datetime,
) -> Tables:
    tell(f"simulating {leads:,} leads over {months} months")
    folder = settings.home / "history"
    write_simulation(simulate(leads=leads, months=months, end=today, seed=seed, scenario=SCENARIO), folder)
    tell("importing them")
    import_source(store, folder, load_mapping("contract"), arrived_at=today)
    return read_tables(store)


def _replay(
    store: Store, tables: Tables, champion: Artefact, moments: list[datetime], tell: Callable[[str], None]
) -> Tables:
    for moment in moments:
        tell(f"scoring the open leads of {moment:%Y-%m-%d}")
        scored = score_questions(tables, ask_open_leads(tables, moment), champion)
        with store.transaction() as connection:
            log_scores(
                connection,
                scored.scores,
                question="pipeline",
                model_version=champion.version,
                arrived_at=moment,
            )
    return read_tables(store)


def _busiest_campaign(scores: pd.DataFrame) -> str:
    return str(scores["campaign_id"].value_counts().index[0])


def _tell_roi(settings: Settings, tables: Tables, today: datetime) -> RoiReport:
    probabilities, _ = gather_probabilities(settings, tables, today)
    return build_roi(tables, probabilities, by="campaign", start=None, end=today)


def print_demo(demo: Demo) -> None:
    """What came out of a demo, for people."""
    print_text(f"{format_count(demo.scored, 'open lead')} scored as of {demo.as_of:%Y-%m-%d %H:%M} (Copenhagen).")
    if demo.calls:
        print_calls(demo.calls[0]["campaign_id"], demo.calls)
    print_roi(demo.report)
    print_text(f"ROI on closed deals: {format_ratio(demo.report.total['roi_closed'])}")
    print_text(f"ROI with weighted pipeline: {format_ratio(demo.report.total['roi_with_pipeline'])}")
    print_text(f"Monthly check of {demo.check.month}: {demo.check.verdict}")
    for reason in demo.check.reasons:
        print_text(f"  {reason}")
    say(f"The whole chain took {demo.seconds:.1f} seconds.")


def format_ratio(ratio: float | None) -> str:
    """An ROI as people say it: kroner back per krone, and in per cent.

    >>> format_ratio(3.8)
    '3.80 (380.0 %)'
    """
    return "undefined, there are no costs" if ratio is None else f"{ratio:.2f} ({format_share(ratio)})"
