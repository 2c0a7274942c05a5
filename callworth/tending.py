"""Commands that keep the data in order: hygiene."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callworth.context import AsOf, Json, read_moment, use_store
from callworth.output import format_whole, print_json, print_table, say, show_progress
from data import read_tables
from data.imports.quarantine import read_quarantine
from data.imports.spreadsheet import write_spreadsheet

if TYPE_CHECKING:
    import pandas as pd

    from data.hygiene import Round


def add_commands(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("hygiene")(hygiene)


def hygiene(
    limit: Annotated[int, typer.Option(help="How many findings are shown; --out and --json have all.", min=0)] = 20,
    out: Annotated[Path | None, typer.Option(help="Write all findings to a CSV file.")] = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """What is wrong in the data now, what to do about it, and what it costs to leave it; dearest first.

    Example: callworth hygiene --out today.csv
    """
    from data.hygiene import make_round

    moment = read_moment(as_of)
    with use_store() as store, show_progress("reading the store"):
        tables = read_tables(store)
        with store.transaction() as connection:
            refused = read_quarantine(connection)
        found = make_round(tables, moment, refused)
    if out is not None:
        write_spreadsheet(found.findings, out)
    if as_json:
        rules, findings = (frame.to_dict("records") for frame in (found.rules, found.findings))
        print_json({"as_of": moment, "rules": rules, "findings": findings})
        return
    _print_round(found, limit)
    if out is not None:
        say(f"{len(found.findings):,} findings written to {out}.")


def _print_round(found: Round, limit: int) -> None:
    if found.findings.empty:
        say("nothing needs a hand.")
        return
    rows = [[row.says, row.do, f"{row.rows:,}", f"{row.leads:,}", _price(row)] for row in found.rules.itertuples()]
    columns = ["what is wrong", "what to do", "rows", "open leads", "expected value"]
    print_table("Hygiene: what it costs to leave it", columns, rows)
    shown = found.findings.head(limit)
    if len(shown):
        cells = [[row.rule, row.table, row.row_id, row.detail or "", _price(row)] for row in shown.itertuples()]
        print_table("Dearest first", ["rule", "table", "row", "", "expected value"], cells)
    if more := len(found.findings) - len(shown):
        say(f"… and {more:,} more: callworth hygiene --out FILE")


def _price(row: pd.Series) -> str:
    amount = format_whole(row.expected_value_minor)
    return f"{amount} {row.currency}" if isinstance(row.currency, str) and row.leads else amount
