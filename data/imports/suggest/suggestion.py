"""A suggested mapping: the roles of an export's columns found, written as TOML, with what is assumed and asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.imports.suggest.document import write_document
from data.imports.suggest.dropping import find_drops
from data.imports.suggest.export import look_at
from data.imports.suggest.questions import ask_questions
from data.imports.suggest.roles import find_roles
from data.imports.suggest.shortcomings import list_abilities, list_shortcomings
from data.imports.suggest.tables import list_tables

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Suggestion:
    """A mapping to begin with.

    Attributes:
        toml: the mapping's text. Where nothing is asked it loads, and imports the very file; what is asked stands in
            it as a choice, and it is refused until one is left.
        asks: questions that the file does not answer, each with what to write.
        notes: sentences on what was assumed, on what can be computed from this file, and on what cannot and why.
    """

    toml: str
    asks: tuple[str, ...]
    notes: tuple[str, ...]


def suggest_mapping(path: Path) -> Suggestion:
    """Suggest a mapping for an export with one row per lead.

    Args:
        path: a file with a header row. Dates and numbers are judged by all of its rows, the rest by the first ones.

    Raises:
        SourceError: the file cannot be read or has no rows.
    """
    export = look_at(path)
    find_roles(export)
    find_drops(export)
    tables = list_tables(export)
    asks, decimals = ask_questions(export)
    if decimals:
        tables["source"]["decimals"] = decimals
    found = set(export.roles), bool(export.won), bool(export.lost)
    notes = [*export.notes, *list_abilities(*found), *list_shortcomings(*found)]
    return Suggestion(write_document(tables), tuple(asks), tuple(notes))
