"""Free attributes of a lead: whatever else the source knew, as features without further work."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

import duckdb

from data.personal import LIKELY, UNMISTAKABLE, Contents, looks_personal
from features.feature import Feature
from features.sources import LEADS, Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from data.frames import Tables

PREFIX = "attribute_"

_FOUND = """
WITH pairs AS (
    SELECT unnest(json_keys(attributes)) AS name, unnest(json_extract_string(attributes, '$.*')) AS value
    FROM leads WHERE attributes IS NOT NULL AND ($as_of IS NULL OR (
        occurred_at < $as_of AND known_at < $as_of AND (superseded_at IS NULL OR superseded_at >= $as_of)))
)
SELECT name,
       coalesce(bool_and(coalesce(isfinite(TRY_CAST(value AS DOUBLE)), false)) FILTER (value IS NOT NULL), false),
       count(nullif(value, '')), count(DISTINCT nullif(value, '')),
       count(*) FILTER (regexp_matches(value, $unmistakable)), count(*) FILTER (regexp_full_match(value, $likely))
FROM pairs GROUP BY name ORDER BY name
"""
_READ = ["attributes", "occurred_at", "known_at", "superseded_at"]


@dataclass(frozen=True)
class Attribute:
    """One name in ``leads.attributes``; its column is ``attribute_<name>``."""

    name: str
    kind: Literal["number", "category"]

    @property
    def column(self) -> str:
        """The feature's name."""
        return PREFIX + self.name


class _Found(NamedTuple):
    attribute: Attribute
    personal: bool


def find_attributes(tables: Tables, as_of: datetime | None = None) -> tuple[Attribute, ...]:
    """Find the free attributes of the leads, sorted by name; what looks personal is no feature and left out.

    An attribute is a number when it has a value somewhere and every value reads as a finite number; text and
    JSON numbers count alike. Otherwise it is a category. All leads are looked at, so find them once, when a model is
    trained, and pass them on when it is used.

    Args:
        tables: ``leads`` is read.
        as_of: only the versions visible then are looked at; all versions where None.

    >>> import pyarrow as pa
    >>> from data.frames import to_arrow
    >>> import pandas as pd
    >>> texts = ['{"beds": 4, "chain": "Nord", "e-mail": "a@b.dk"}', '{"beds": "12.5"}', None]
    >>> leads = to_arrow("leads", pd.DataFrame({"attributes": texts}))
    >>> [(found.name, found.kind) for found in find_attributes({"leads": leads})]
    [('beds', 'number'), ('chain', 'category')]
    """
    return tuple(found.attribute for found in _look_at(tables, as_of) if not found.personal)


def find_personal_attributes(tables: Tables, as_of: datetime | None = None) -> tuple[str, ...]:
    """The names of the free attributes that :func:`find_attributes` leaves out, because they look personal."""
    return tuple(found.attribute.name for found in _look_at(tables, as_of) if found.personal)


def _look_at(tables: Tables, as_of: datetime | None) -> list[_Found]:
    if "leads" not in tables or not tables["leads"].num_rows:
        return []
    given = {"as_of": as_of, "unmistakable": UNMISTAKABLE, "likely": LIKELY}
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.register("leads", tables["leads"].select(_READ))
        rows = connection.execute(_FOUND, given).fetchall()
    return [
        _Found(Attribute(name, "number" if is_number else "category"), looks_personal(name, Contents(*counts)))
        for name, is_number, *counts in rows
    ]


def declare_attributes(attributes: Sequence[Attribute]) -> tuple[Source, tuple[Feature, ...]]:
    """The source of leads with the attributes read from JSON, and a feature for each.

    The JSON is read once per version of a lead, not once per question.
    """
    if not attributes:
        return LEADS, ()
    paths = ", ".join(_quoted(_pointer(attribute.name)) for attribute in attributes)
    derived = (("attribute_values", f"json_extract_string(attributes, [{paths}])"),)
    source = replace(LEADS, derived=derived)
    features = (_declare(source, place, attribute) for place, attribute in enumerate(attributes, start=1))
    return source, tuple(features)


def _declare(source: Source, place: int, attribute: Attribute) -> Feature:
    value = f"attribute_values[{place}]"
    expression = f"TRY_CAST({value} AS DOUBLE)" if attribute.kind == "number" else value
    description = f"Free attribute {attribute.name} of the lead."
    return Feature(attribute.column, source, expression, attribute.kind, "as in the source", description)


def _pointer(name: str) -> str:
    # RFC 6901: in a JSON pointer ~ and / are written ~0 and ~1
    return "/" + name.replace("~", "~0").replace("/", "~1")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
