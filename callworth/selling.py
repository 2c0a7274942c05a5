"""Commands of the people who sell and pay: call-list and roi."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from callworth.context import AsOf, Json, read_moment, use_store
from callworth.output import (
    format_number,
    format_probability,
    format_share,
    format_whole,
    print_json,
    print_table,
    say,
    show_progress,
)
from data import read_settings, read_tables
from data.errors import NotBuilt

if TYPE_CHECKING:
    from roi import RoiReport

SHOWN: dict[str, tuple[str, Any]] = {
    "calls": ("calls", lambda value: format_number(value, 0)),
    "contact_rate": ("contact rate", format_share),
    "qualified_leads": ("qualified leads", lambda value: format_number(value, 0)),
    "meetings_held": ("meetings held", lambda value: format_number(value, 0)),
    "deals": ("deals", lambda value: format_number(value, 0)),
    "revenue_minor": ("revenue", format_whole),
    "weighted_pipeline_minor": ("weighted pipeline", format_whole),
    "cost_minor": ("cost", format_whole),
    "cpl_minor": ("CPL", format_whole),
    "cpa_minor": ("CPA", format_whole),
    "roi_closed": ("ROI closed", format_number),
    "roi_with_pipeline": ("ROI with pipeline", format_number),
}


def add_commands(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("call-list")(call_list)
    app.command("roi")(roi)


def call_list(
    campaign: Annotated[str, typer.Option(help="The campaign's id.")],
    limit: Annotated[int, typer.Option(help="How many leads.", min=1)] = 20,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """The next leads to call, best expected value first, and only those who may be called.

    Example: callworth call-list --campaign k1 --limit 10
    """
    from serving.listing import list_calls

    moment = read_moment(as_of)
    with use_store() as store:
        calls = list_calls(store, campaign, limit, moment)
    if as_json:
        asked = {"campaign": campaign, "as_of": moment}
        print_json(asked | {"leads": calls.leads, "refused": calls.refused, "notes": calls.notes})
        return
    if calls.leads:
        print_calls(campaign, calls.leads)
    for note in calls.notes:
        say(note)


def print_calls(campaign: str, leads: list[dict[str, Any]]) -> None:
    """A call list as a table."""
    rows = [
        [
            str(place),
            lead["lead_id"],
            format_probability(lead["probability"]),
            format_whole(lead["expected_value_minor"]),
        ]
        for place, lead in enumerate(leads, start=1)
    ]
    columns = ["", "lead", "close probability", "expected value"]
    print_table(f"Next calls of campaign {campaign}", columns, rows)


def roi(
    by: Annotated[str, typer.Option(help="campaign, segment, agent, month, client or list.")] = "campaign",
    start: Annotated[str | None, typer.Option("--from", help="First day; from the beginning if not given.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="First day that is not counted; now if not given.")] = None,
    basis: Annotated[
        str, typer.Option(help="period: what happened then; cohort: what came of leads from then.")
    ] = "period",
    attribution: Annotated[str, typer.Option(help="How credit is shared with other channels.")] = "phone",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """ROI table: cost, revenue and weighted pipeline; ROI with closed deals alone, and with the pipeline.

    Example: callworth roi --by campaign --from 2026-01-01 --to 2026-05-01
    """
    from roi.window import check_window

    if attribution != "phone":
        raise NotBuilt(f"attribution '{attribution}' is not built yet; only 'phone' (the whole deal) is.")
    settings = read_settings()
    first = read_moment(start, "--from") if start else None
    last = read_moment(end, "--to") if end else read_moment(as_of)
    check_window(by, first, last, basis)  # before anything is loaded
    from callworth.probabilities import gather_probabilities
    from roi import build_roi

    with use_store(settings) as store, show_progress("reading the store"):
        tables = read_tables(store)
        probabilities, notes = gather_probabilities(settings, tables, last)
        report = build_roi(tables, probabilities, by=by, start=first, end=last, basis=basis)
    if as_json:
        print_json(report.as_json() | {"probabilities": notes})
        return
    print_roi(report)
    for note in [*report.notes, *notes]:
        say(note)


def print_roi(report: RoiReport) -> None:
    """An ROI report as a table, the total last."""
    groups = [*report.rows.to_dict("records"), report.total.to_dict()]
    rows = [[str(group["label"]), *(show(group[name]) for name, (_, show) in SHOWN.items())] for group in groups]
    by = report.window.by
    print_table(f"ROI by {by}, amounts in {report.currency}", [by, *(title for title, _ in SHOWN.values())], rows)
