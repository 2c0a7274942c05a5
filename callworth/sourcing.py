"""Commands that bring data in: simulate, import, mapping, quarantine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callworth.completion import complete_mapping
from callworth.context import AsOf, Json, read_moment, use_store
from callworth.output import print_json, print_table, print_text, say, show_progress
from callworth.previewing import print_preview
from data import (
    export_quarantine,
    import_source,
    list_mappings,
    list_quarantine,
    list_resolved,
    load_mapping,
    read_mapping_text,
    release_quarantine,
    suggest_mapping,
)
from data.errors import AnswerNo, tell_unwritable

if TYPE_CHECKING:
    from data import ImportReport

IMPORTS_SHOWN = 5  # that rows left the quarantine by; --json has all


def add_commands(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("simulate")(simulate)
    app.command("import")(import_)
    mapping = typer.Typer(help="How an export becomes contract rows.", no_args_is_help=True)
    mapping.command("list")(mapping_list)
    mapping.command("show")(mapping_show)
    mapping.command("suggest")(mapping_suggest)
    app.add_typer(mapping, name="mapping")
    quarantine = typer.Typer(help="Rows that were refused, each with its reason.", no_args_is_help=True)
    quarantine.command("list")(quarantine_list)
    quarantine.command("export")(quarantine_export)
    quarantine.command("release")(quarantine_release)
    app.add_typer(quarantine, name="quarantine")


def simulate(
    out: Annotated[Path, typer.Argument(help="Folder for the CSV files; made if it is not there.")],
    leads: Annotated[int, typer.Option(help="How many leads.", min=1)] = 20_000,
    months: Annotated[int, typer.Option(help="How many months of history.", min=1)] = 30,
    end: Annotated[str | None, typer.Option(help="When the history ends, as 2026-05-01; now if not given.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same history.")] = 1,
    scenario: Annotated[str, typer.Option(help="Which world: steady, slow_drift, … or a TOML of yours.")] = "steady",
    as_json: Json = False,
) -> None:
    """A simulated history as contract CSVs, with the true probabilities beside it.

    Example: callworth simulate history --leads 5000 --months 24 --end 2026-05-01 --seed 7
    """
    from data.simulator import simulate as run_simulation
    from data.simulator import write_simulation

    with show_progress(f"simulating {leads:,} leads over {months} months"):
        simulation = run_simulation(
            leads=leads, months=months, end=read_moment(end, "--end"), seed=seed, scenario=scenario
        )
        with tell_unwritable(out):
            write_simulation(simulation, out)
    rows = {name: len(table) for name, table in simulation.tables.items()}
    if as_json:
        print_json({"folder": str(out), "tables": rows, "truth": len(simulation.truth)})
    else:
        print_table(f"Simulated: {out}", ["table", "rows"], [[name, f"{count:,}"] for name, count in rows.items()])
        say(f"Import it with: callworth import {out} --mapping contract")


def import_(
    source: Annotated[Path, typer.Argument(help="A file, or a folder of files.")],
    mapping: Annotated[
        str,
        typer.Option(
            help="A mapping that comes with callworth (mapping list), or a TOML file.", autocompletion=complete_mapping
        ),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would happen, change nothing.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Import nothing if any row breaks the contract.")] = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Export file or folder → store.

    Example: callworth import bank-full.csv --mapping uci-bank
    """
    how = load_mapping(mapping)
    with use_store() as store, show_progress(f"importing {source.name}") as update:
        report = import_source(
            store,
            source,
            how,
            arrived_at=read_moment(as_of),
            dry_run=dry_run,
            strict=strict,
            progress=lambda name, rows: update(f"importing {name}", rows, None),
        )
    if as_json:
        print_json(report.as_json() | {"dry_run": dry_run})
    else:
        _print_import(report, dry_run=dry_run)
    if strict and report.quarantined:
        raise AnswerNo(
            f"{report.quarantined:,} of {report.read:,} rows break the contract, so nothing was imported; the first: "
            f"{report.examples[0]}"
        )


def mapping_list(as_json: Json = False) -> None:
    """The mappings that come with callworth.

    Example: callworth mapping list
    """
    mappings = {name: load_mapping(name).description for name in list_mappings()}
    if as_json:
        print_json(mappings)
    else:
        print_table("Mappings", ["name", "what it reads"], [list(pair) for pair in mappings.items()])


def mapping_show(
    name: Annotated[str, typer.Argument(help="A mapping that comes with callworth; mapping list names them.")],
    as_json: Json = False,
) -> None:
    """A mapping that comes with callworth, to be copied and changed.

    Example: callworth mapping show hubspot > ours.toml
    """
    text = read_mapping_text(name)
    if as_json:
        print_json({"name": name, "mapping": text})
    else:
        print_text(text.rstrip("\n"))


def mapping_suggest(
    file: Annotated[Path, typer.Argument(help="An export with a header line.")], as_json: Json = False
) -> None:
    """A first mapping for an unknown export, and what cannot be computed from it and why.

    Example: callworth mapping suggest leads.csv > leads.toml
    """
    suggestion = suggest_mapping(file)
    if as_json:
        print_json({"mapping": suggestion.toml, "asks": list(suggestion.asks), "notes": list(suggestion.notes)})
        return
    print_text(suggestion.toml)
    for question in suggestion.asks:
        say(f"Decide: {question}")
    for note in suggestion.notes:
        say(f"Note: {note}")


def quarantine_list(as_json: Json = False) -> None:
    """Refused rows that wait, by reason; and which imports brought others again, mended, so that they wait no more.

    Example: callworth quarantine list
    """
    with use_store() as store, store.transaction() as connection:
        rows, resolved = list_quarantine(connection), list_resolved(connection)
    if as_json:
        print_json({"rules": rows.to_dict("records"), "resolved": resolved.to_dict("records")})
        return
    cells = [[str(value) for value in row] for row in rows.itertuples(index=False)]
    print_table("Quarantine", list(rows.columns), cells)
    for left in resolved.head(IMPORTS_SHOWN).to_dict("records"):
        say(f"{left['rows']:,} left by themselves: resolved by import {left['import_id']} of {left['file']}.")


def quarantine_export(file: Annotated[Path, typer.Argument(help="CSV file to write.")], as_json: Json = False) -> None:
    """Refused rows to a CSV file, to be mended there.

    Example: callworth quarantine export mend.csv
    """
    with use_store() as store, store.transaction() as connection:
        count = export_quarantine(connection, file)
    if as_json:
        print_json({"file": str(file), "rows": count})
    else:
        say(f"{count} rows written to {file}; mend them there, then: callworth quarantine release {file}")


def quarantine_release(
    file: Annotated[Path, typer.Argument(help="The exported CSV file, mended.")],
    mapping: Annotated[
        str | None,
        typer.Option(help="Of the rows, where it is a TOML file of yours.", autocompletion=complete_mapping),
    ] = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Mended rows → store.

    Example: callworth quarantine release mend.csv
    """
    how = load_mapping(mapping) if mapping else None
    with use_store() as store:
        report = release_quarantine(store, file, how, arrived_at=read_moment(as_of))
    if as_json:
        print_json(report.as_json())
    else:
        _print_import(report)


def _print_import(report: ImportReport, *, dry_run: bool = False) -> None:
    counts = [[f"{report.read:,}", f"{report.accepted:,}", f"{report.unchanged:,}", f"{report.quarantined:,}"]]
    taken_back = "Would import (dry run)" if dry_run else "Not imported (strict)"
    title = "Imported" if report.imported else taken_back
    print_table(f"{title}: rows of the source", ["read", "accepted", "unchanged", "quarantined"], counts)
    print_preview(report)
    tables = [[name, f"{count:,}"] for name, count in report.tables.items()]
    if tables and not report.preview:
        added = "added" if report.imported else "that it would add"
        print_table(f"Contract rows {added}", ["table", "rows"], tables)
    for example in report.examples:
        say(example)
    if report.quarantined > len(report.examples):
        say(f"… and {report.quarantined - len(report.examples):,} more.")
    for note in report.list_notes():
        say(f"Note: {note}")
