"""Commands that keep the data in order: hygiene, suppress."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from callworth.context import AsOf, Json, read_moment, use_store
from callworth.output import EMPTY, format_whole, print_json, print_table, say, show_progress
from data import read_tables
from data.imports.formats import write_spreadsheet
from data.imports.quarantine import read_quarantine

if TYPE_CHECKING:
    from collections.abc import Hashable

    from data.hygiene import Round


SHOWN = ("rule", "table", "row_id", "detail")


def add_commands(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("hygiene")(hygiene)
    app.command("suppress")(suppress)


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


def suppress(
    file: Annotated[Path, typer.Argument(help="CSV with a column of numbers, e-mail addresses or CVR numbers.")],
    name: Annotated[str, typer.Option("--list", help="robinson, protected, internal, or another country's, as tps.")],
    client: Annotated[str | None, typer.Option(help="Whose list it is; of all clients if not given.")] = None,
    as_json: Json = False,
) -> None:
    """Who may not be called: marks them in the store, and whenever an import brings them again.

    The list is kept as keyed hashes. Example: callworth suppress robinson.csv --list robinson
    """
    from data.imports.suppression_lists import suppress_file

    with use_store() as store, show_progress(f"reading {file.name}"):
        result = suppress_file(store, file, name, client_id=client, at=read_moment(None))
    if as_json:
        print_json(asdict(result))
        return
    print_table(
        f"List {name}",
        ["read", "added", "unreadable", "contacts marked", "companies marked"],
        [[f"{count:,}" for count in asdict(result).values()]],
    )
    if result.unreadable:
        say("Unreadable rows have no number, address or company that can exist; correct them and give the file again.")


def _print_round(found: Round, limit: int) -> None:
    if found.findings.empty:
        say("nothing needs a hand.")
        return
    rules = found.rules.to_dict("records")
    rows = [[rule["says"], rule["do"], f"{rule['rows']:,}", f"{rule['leads']:,}", _price(rule)] for rule in rules]
    columns = ["what is wrong", "what to do", "rows", "open leads", "expected value"]
    print_table("Hygiene: what it costs to leave it", columns, rows)
    shown = found.findings.head(limit).fillna({"detail": ""}).to_dict("records")
    if shown:
        cells = [[*(str(row[name] or "") for name in SHOWN), _price(row)] for row in shown]
        print_table("Dearest first", ["rule", "table", "row", "", "expected value"], cells)
    if more := len(found.findings) - len(shown):
        say(f"… and {more:,} more: callworth hygiene --out FILE")


def _price(found: dict[Hashable, Any]) -> str:
    amount = format_whole(found["expected_value_minor"])
    return amount if amount == EMPTY else f"{amount} {found['currency']}"
