"""Commands about records of the same company or person: list, merge, undo, log."""

from __future__ import annotations

from typing import Annotated

import pandas as pd
import typer

from callworth.context import AsOf, Json, read_moment, use_store
from callworth.output import EMPTY, print_json, print_table, say, show_progress
from data import duplicates, read_tables
from data.errors import BadInput
from data.visible import open_visible

PARTIES = {"company": "companies", "contact": "contacts"}


def add_commands(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Records of the same company or person.", no_args_is_help=True)
    group.command("list")(list_)
    group.command("log")(log)
    group.command("merge")(merge)
    group.command("undo")(undo)
    app.add_typer(group, name="duplicates")


def list_(
    limit: Annotated[int, typer.Option(help="How many pairs are shown, likeliest first; --json has all.", min=0)] = 20,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Pairs of records that are probably one, with the reasons; look at both before you merge them.

    Example: callworth duplicates list --limit 50
    """
    with use_store() as store, show_progress("comparing records"):
        tables = read_tables(store, tuple(PARTIES.values()))
        with open_visible(tables, PARTIES.values(), read_moment(as_of)) as connection:
            near = duplicates.find_near(*(connection.sql(f"SELECT * FROM {name}").df() for name in PARTIES.values()))
    pairs = pd.concat([near.companies.assign(party="company"), near.contacts.assign(party="contact")])
    pairs = pairs.sort_values("score", ascending=False, kind="stable")[["party", *near.companies.columns]]
    if as_json:
        print_json({"pairs": pairs.to_dict("records")})
        return
    shown = pairs.head(limit).assign(score=pairs["score"].head(limit).map("{:.2f}".format))
    print_table(
        "Probably one", list(pairs.columns), [[str(value) for value in row] for row in shown.to_numpy().tolist()]
    )
    if len(pairs) > limit:
        say(f"… and {len(pairs) - limit:,} more: callworth duplicates list --limit {len(pairs)}")


def log(
    limit: Annotated[int, typer.Option(help="How many are shown, the last ones first; --json has all.", min=0)] = 20,
    as_json: Json = False,
) -> None:
    """What was merged, by which key and when, and what was taken back.

    Example: callworth duplicates log --json
    """
    with use_store() as store:
        merges = duplicates.list_merges(store)
    if as_json:
        print_json({"merges": merges.to_dict("records")})
        return
    shown = merges.head(limit).astype("object").where(merges.head(limit).notna(), EMPTY)
    print_table("Merges", list(merges.columns), [[str(value) for value in row] for row in shown.to_numpy().tolist()])
    if len(merges) > limit:
        say(f"… and {len(merges) - limit:,} more: callworth duplicates log --limit {len(merges)}")


def merge(
    party: Annotated[str, typer.Argument(help="company or contact.", autocompletion=lambda: list(PARTIES))],
    kept: Annotated[str, typer.Argument(help="The record that stays.")],
    merged: Annotated[str, typer.Argument(help="The record that becomes part of it.")],
    as_json: Json = False,
) -> None:
    """Make two records one; what names the second names the first from now on.

    Example: callworth duplicates merge company k17 k408
    """
    if party not in PARTIES:
        raise BadInput(f"'{party}' is neither company nor contact.")
    with use_store() as store:
        number = duplicates.merge_by_hand(store, PARTIES[party], kept, merged, at=read_moment(None))
    if as_json:
        print_json({"merge_id": number, "kept": kept, "merged": merged})
    else:
        say(f"{merged} is part of {kept} now; callworth duplicates undo {number} takes it back.")


def undo(
    merge_id: Annotated[int, typer.Argument(help="The number of the merge, as the log has it.")], as_json: Json = False
) -> None:
    """Take a merge back; the two records are not merged by themselves again.

    Example: callworth duplicates undo 17
    """
    with use_store() as store:
        changed = duplicates.undo_merge(store, merge_id, at=read_moment(None))
    if as_json:
        print_json({"merge_id": merge_id, "fields": changed})
    else:
        say(f"merge {merge_id} is taken back: {changed} fields have their old values again.")
