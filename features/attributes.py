"""Free attributes of a lead: whatever else the source knew, as features without further work."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import duckdb

from features.feature import Feature
from features.sources import LEADS, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.frames import Tables

PREFIX = "attribute_"

_FOUND = """
WITH pairs AS (
    SELECT unnest(json_keys(attributes)) AS name, unnest(json_extract_string(attributes, '$.*')) AS value
    FROM leads WHERE attributes IS NOT NULL
)
SELECT name, coalesce(bool_and(coalesce(isfinite(TRY_CAST(value AS DOUBLE)), false))
                      FILTER (value IS NOT NULL), false)
FROM pairs GROUP BY name ORDER BY name
"""


@dataclass(frozen=True)
class Attribute:
    """One name in ``leads.attributes``; its column is ``attribute_<name>``."""

    name: str
    kind: Literal["number", "category"]

    @property
    def column(self) -> str:
        """The feature's name."""
        return PREFIX + self.name


def find_attributes(tables: Tables) -> tuple[Attribute, ...]:
    """Find the free attributes of the leads, sorted by name.

    An attribute is a number when it has a value somewhere and every value reads as a finite number; text and
    JSON numbers count alike. Otherwise it is a category. All versions of all leads are looked at, so find
    them once, when a model is trained, and pass them on when it is used.

    >>> import pyarrow as pa
    >>> leads = pa.table({"attributes": ['{"beds": 4, "chain": "Nord"}', '{"beds": "12.5"}', None]})
    >>> [(found.name, found.kind) for found in find_attributes({"leads": leads})]
    [('beds', 'number'), ('chain', 'category')]
    """
    if "leads" not in tables or not tables["leads"].num_rows:
        return ()
    with duckdb.connect() as connection:
        connection.register("leads", tables["leads"].select(["attributes"]))
        found = connection.execute(_FOUND).fetchall()
    return tuple(Attribute(name, "number" if is_number else "category") for name, is_number in found)


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
