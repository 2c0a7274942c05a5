"""Commands that decide what is kept: forget, maintain, backup, restore."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callworth.context import Json, read_moment, use_store
from callworth.output import format_count, print_json, print_table, print_text, say, show_progress
from data import read_settings
from data.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.erasure import Erased, Person

SHOWN = 10
YES = ("y", "yes", "j", "ja")


def add_commands(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("forget")(forget)
    app.command("maintain")(maintain)
    app.command("backup")(backup)
    app.command("restore")(restore)


def forget(
    contact: Annotated[str, typer.Argument(help="Contact id, e-mail address or telephone number.")],
    client: Annotated[str | None, typer.Option(help="Only as this client knows the person.")] = None,
    all_clients: Annotated[bool, typer.Option("--all-clients", help="As every client knows the person.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before it is done.")] = False,
    as_json: Json = False,
) -> None:
    """Erase a person: their identity goes, the facts stay under random ids, and no import brings them back.

    It cannot be undone. Example: callworth forget anne@bager.dk --yes
    """
    from data.erasure import find_files, find_people, find_sharing, forget_people

    if client is not None and all_clients:
        raise BadInput("--client and --all-clients contradict each other; give one of them.")
    with use_store() as store:
        with store.transaction() as connection:
            people = find_people(connection, contact, client_id=client, all_clients=all_clients)
        if not yes and not _ask(people):
            raise BadInput("nothing was erased; answer y, or give --yes.")
        with store.transaction() as connection:
            sharing = find_sharing(connection, people)
            ids = [person.contact_id for person in people]
            erased = forget_people(connection, store.home, ids, at=read_moment(None))
    files = find_files(store.home, people)
    if as_json:
        print_json(asdict(erased) | {"sharing": sharing, "files": files})
        return
    _print_erased(erased)
    for file in files:
        say(f"Note: {file} still holds the person; delete it.")
    if sharing:
        say(
            f"Note: {format_count(len(sharing), 'contact')} with the same address or number stay; if one is the same"
            f" person, forget that one as well: {', '.join(sharing[:SHOWN])}."
        )


def maintain(as_json: Json = False) -> None:
    """The nightly round: deletes what is kept no longer, and clears off the disk what was erased.

    How long what is kept stands in settings.toml in the home folder; see docs/personal-data.md. Tables are locked while
    they are written anew. Example: callworth maintain --json
    """
    from data.maintenance import maintain_store

    settings = read_settings()
    with use_store(settings) as store, show_progress("looking after the store"):
        done = maintain_store(store, settings.retention, at=read_moment(None))
    if as_json:
        print_json(asdict(done))
        return
    rows = [[name, f"{count:,}"] for name, count in done.deleted.items()]
    print_table("Kept no longer", ["table", "rows deleted"], rows)
    print_text("What was erased is cleared off the disk." if done.cleared else "Nothing was erased since.")
    for sentence in done.left:
        say(f"Note: {sentence}")


def backup(
    folder: Annotated[Path, typer.Argument(help="Folder to write; one that is not there yet.")], as_json: Json = False
) -> None:
    """Store, registry and secret to a folder, while they are in use.

    Example: callworth backup /backup/callworth-$(date +%F)
    """
    from data.backup import write_backup

    settings = read_settings()
    with use_store(settings) as store, show_progress(f"writing {folder}"):
        written = write_backup(settings, store, folder, at=read_moment(None))
    if as_json:
        print_json(asdict(written))
        return
    print_text(f"{written.folder}: {format_count(written.files, 'file')}, {written.size / 1e6:,.1f} MB.")
    say("It holds personal data and the secret: keep it where few can read it, and no longer than you must.")
    for sentence in written.left:
        say(f"Note: {sentence}")


def restore(
    folder: Annotated[Path, typer.Argument(help="Folder that callworth backup wrote.")],
    replace: Annotated[bool, typer.Option("--replace", help="Even where something is there already.")] = False,
    as_json: Json = False,
) -> None:
    """A backup in the place of what is there, wholly or not at all; whoever was erased since is erased again.

    End the service first. Example: callworth restore /backup/callworth-2026-05-01 --replace
    """
    from data.backup import restore_backup

    with show_progress(f"restoring {folder}"):
        restored = restore_backup(read_settings(), folder, replace=replace, at=read_moment(None))
    if as_json:
        print_json(asdict(restored))
        return
    rows = [[name, f"{count:,}"] for name, count in restored.tables.items() if count]
    print_table(f"Restored: the state of {restored.made_at}", ["table", "rows"], rows)
    if restored.erased:
        say(f"{format_count(restored.erased, 'contact')} erased again.")
    for sentence in restored.left:
        say(f"Note: {sentence}.")


def _ask(people: Sequence[Person]) -> bool:
    """Ask on standard error; where nobody can answer, the answer is no."""
    for person in people:
        say(f"contact {person.contact_id} of client {person.client_id}, {format_count(person.leads, 'lead')}")
    say("Erase for good? [y/N]")
    return sys.stdin.readline().strip().lower() in YES


def _print_erased(erased: Erased) -> None:
    print_text(
        f"{format_count(erased.contacts, 'contact')} erased, with {format_count(erased.leads, 'lead')}"
        f" and {format_count(erased.quarantined, 'row')} of the quarantine."
    )
    say(
        "The next callworth maintain clears the disk. Not reached: source files, exports that you wrote, and backups;"
        " see docs/personal-data.md."
    )
