"""The command backtest: of the store, or of a flat file without touching the store."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callworth.cadence_table import find_left_out, print_cadences
from callworth.completion import complete_mapping
from callworth.context import LOCAL_TIME, AsOf, Json, read_moment, use_store
from callworth.frames import require_frame_path, write_frame
from callworth.output import format_number, format_share, print_json, print_table, say, show_progress
from callworth.pages import require_page_path, write_page
from data import change_columns, load_mapping, read_flat, read_tables
from data.errors import BadInput
from data.imports.names import find_near, list_names

if TYPE_CHECKING:
    from datetime import datetime

    from data import FlatRows, Tables
    from training import Backtest, CadenceComparison, Plan

SHOWN_MEASURES = (
    *("auc", "auc_within", "alift", "pr_auc", "top_decile_lift"),
    *("log_loss", "brier", "ece", "calibration_ratio"),
)
CADENCE_HELP = (
    "Compare how often to retrain instead: daily to never, or by rows; with --label-delay, with and without it."
)
MOST_HELP = "Leave out cadences that train more often than this."
KEEP_HELP = "Learn from a column that the mapping drops, or that the leak guard refuses; may be given again."
START_HELP = f"First row or date to judge: 24713 or 2010-01-01; {LOCAL_TIME}."


def backtest(
    source: Annotated[Path | None, typer.Argument(help="A flat file; the store if not given.")] = None,
    mapping: Annotated[str | None, typer.Option(help="How the file is read.", autocompletion=complete_mapping)] = None,
    window: Annotated[str | None, typer.Option(help="Learn from so much before each step: 20000 rows or 365d.")] = None,
    step: Annotated[str | None, typer.Option(help="Judge on so much at a time: 500 rows or 30d.")] = None,
    start: Annotated[str | None, typer.Option(help=START_HELP)] = None,
    label_delay: Annotated[str, typer.Option(help="Rows or days until an outcome may be learned from.")] = "0",
    drop: Annotated[list[str] | None, typer.Option(help="Leave a column out; may be given again.")] = None,
    keep: Annotated[list[str] | None, typer.Option(help=KEEP_HELP)] = None,
    predictions: Annotated[Path | None, typer.Option(help="Write every prediction: .parquet or .csv.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write a page with charts: .html, readable offline.")] = None,
    cadence: Annotated[bool, typer.Option("--cadence", help=CADENCE_HELP)] = False,
    most_trainings: Annotated[int, typer.Option(min=2, help=MOST_HELP)] = 200,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Rolling-origin evaluation, of the store or of a file without touching the store.

    --as-of is about the store; the other options, but for --keep, --predictions and --report, are about a file.

    Example: callworth backtest bank-additional-full.csv --mapping uci-bank-additional --window 20000 --step 500
    """
    from training import backtest_rows, backtest_store, render_report

    plan = _read_plan(window, step, start, label_delay)
    if predictions is not None:
        require_frame_path(predictions)
    if report is not None:
        require_page_path(report)
    if cadence:
        if source is None or predictions or report or as_of:
            raise BadInput("--cadence compares on a file; name one, and leave out --predictions, --report and --as-of.")
        flat = _read_file(source, mapping, drop or [], keep or [])
        compared = _compare_cadences(flat, plan, most_trainings, keep or [])
        print_json(compared.as_json()) if as_json else print_cadences(compared)
        return
    if source is None:
        _refuse_file_options(plan, mapping, drop)
    elif as_of is not None:
        raise BadInput(f"--as-of cuts the store, and '{source}' is judged whole; leave --as-of out.")
    with show_progress("backtest") as update:
        tell = partial(update, "backtest")
        if source is None:
            result = backtest_store(_read_store(keep), read_moment(as_of), keep=keep or (), progress=tell)
        else:
            flat = _read_file(source, mapping, drop or [], keep or [])
            result = backtest_rows(flat.tables, flat.rows["lead_id"], flat.order, plan, keep=keep or (), progress=tell)
    if predictions is not None:
        write_frame(result.predictions, predictions)
    if report is not None:
        write_page(render_report(result, source.name if source else "the store"), report)
    print_json(result.as_json()) if as_json else _print_backtest(result)


def _compare_cadences(flat: FlatRows, plan: Plan, most: int, keep: list[str]) -> CadenceComparison:
    from training import compare_cadences

    with show_progress("cadence") as update:
        tell, ids = partial(update, "cadence"), flat.rows["lead_id"]
        compared = compare_cadences(flat.tables, ids, flat.order, plan, most_trainings=most, keep=keep, progress=tell)
    if flat.order == "time" and (names := find_left_out(compared)):
        say(f"Left out, because they train more than {most} models: {', '.join(names)}; see --most-trainings.")
    return compared


def tell_left_out(tables: Tables, as_of: datetime | None = None) -> None:
    """Say which free attributes are no features, because they look personal."""
    from features import find_personal_attributes

    if names := find_personal_attributes(tables, as_of):
        say(f"Left out, because it looks personal: {', '.join(names)}.")


def require_columns(tables: Tables, keep: list[str] | None) -> list[str]:
    """The columns that ``--keep`` names.

    Raises:
        BadInput: the store has no such column of its leads.
    """
    from features import find_attributes
    from training import list_candidates

    known = list_candidates(find_attributes(tables))
    for name in keep or ():
        if name not in known:
            near = find_near(name, known)
            hint = f"did you mean '{near}'?" if near else f"it has {list_names(known)}."
            raise BadInput(f"--keep names '{name}', and the store's leads have no such column; {hint}")
    return keep or []


def _read_store(keep: list[str] | None) -> Tables:
    with use_store() as store:
        tables = read_tables(store)
    require_columns(tables, keep)
    return tables


def _read_file(source: Path, mapping: str | None, drop: list[str], keep: list[str]) -> FlatRows:
    if mapping is None:
        raise BadInput("a file needs --mapping; see callworth mapping list, or callworth mapping suggest.")
    flat = read_flat(source, change_columns(load_mapping(mapping), drop=drop, keep=keep))
    for example in flat.examples:
        say(example)
    tell_left_out(flat.tables)
    return flat


def _read_plan(window: str | None, step: str | None, start: str | None, label_delay: str) -> Plan:
    from training.backtest.plan import Plan, parse_extent

    return Plan(
        parse_extent(window, "--window") if window is not None else None,
        parse_extent(step, "--step") if step is not None else None,
        _read_start(start) if start is not None else None,
        parse_extent(label_delay, "--label-delay"),
    )


def _read_start(text: str) -> int | datetime:
    return int(text) if text.isascii() and text.isdecimal() else read_moment(text, "--start")


def _refuse_file_options(plan: Plan, mapping: str | None, drop: list[str] | None) -> None:
    given = {"--mapping": mapping, "--drop": drop}
    names = [*plan.options(), *(name for name, value in given.items() if value)]
    if names:
        raise BadInput(f"the store's backtest takes no {' and no '.join(names)}; name a file, or leave it out.")


def _print_backtest(result: Backtest) -> None:
    measures = result.measures
    say(result.method)
    rows = [[name, format_number(measures[name], 3)] for name in SHOWN_MEASURES]
    title = f"{measures['n']:,} predictions, {measures['wins']:,} won ({format_share(measures['base_rate'])})"
    print_table(title, ["measure", "value"], rows)
    for leak in result.leaks:
        say(leak.to_line())
