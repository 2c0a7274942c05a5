"""One SQL query per source table, for any number of leads and as-of times.

Each query joins the rows of its table with ``questions`` (question, key, as_of), which its runner provides. A
source in local time joins ``local_questions``, which have a ``time_zone`` too, and ``scope``, the distinct
pairs (key, time_zone), so that an hour is worked out once per row and not once per question.

A join on the key with an inequality on as-of was measured against windows over a union of events and
questions, with an as-of before each of a million calls: it takes about half the time, and it stays exact for
rows that become known late or are superseded, where a running window does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from data.contract import CONTRACT
from features.feature import fields_read
from features.questions import MOMENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from features.feature import Feature
    from features.sources import Source

CLOCKS = ("occurred_at", "known_at", "superseded_at")


@dataclass(frozen=True)
class Query:
    """A compiled source.

    Attributes:
        source: what it reads.
        features: whose columns it gives, besides ``question`` and, of versions, the two clocks and the links.
        text: the SQL.
        columns: table name to the columns that must be provided; nothing else of a table is read.
        schema: Arrow schema of the result, under the features' own names and ``link_<field>``.
    """

    source: Source
    features: tuple[Feature, ...]
    text: str
    columns: dict[str, tuple[str, ...]]
    schema: Any


def compile_query(source: Source, features: Sequence[Feature]) -> Query:
    """Compile the features of one source into its query.

    Numbers come out as DOUBLE. A source of events gives one row per question that has visible rows. A source
    of versions gives one row per visible version, with its two clocks; the contract lets only one be visible
    at a time, and should there be more, the last one counts.

    Args:
        source: the table.
        features: of that table, in the order of the columns.
    """
    selected = [f"{_typed(feature)} AS feature_{place}" for place, feature in enumerate(features)]
    head, ending = ["question"], "\nGROUP BY question"
    if source.versions:
        head += ["occurred_at", "known_at", *source.links]
        ending = ""
    read = fields_read(source, *(feature.expression for feature in features)) | set(source.links)
    questions, join = ("local_questions", "key, time_zone") if source.local else ("questions", "key")
    text = (
        f"WITH visible AS (\n{_rows(source, read)}\n)\n"
        f"SELECT {', '.join([*head, *selected])}\n"
        "FROM (SELECT *, epoch_us(as_of) - epoch_us(occurred_at) AS age\n"
        f"      FROM {questions} JOIN visible USING ({join})\n"
        f"      WHERE begins_at < as_of AND as_of <= ends_at){ending}"
    )
    return Query(source, tuple(features), text, _columns(source, read), _result_schema(source, features))


def _rows(source: Source, read: set[str]) -> str:
    """Rows in scope, with the moments between which each is visible and its place among its lead's rows."""
    fields = sorted(read - set(CLOCKS))
    derived = [f"{expression} AS {name}" for name, expression in source.derived]
    owners = ["t"] if source.through is None else ["t", "p"]
    key = f"{owners[-1]}.{source.by}"
    begins = ", ".join(f"{owner}.occurred_at, {owner}.known_at" for owner in owners)
    ends = ", ".join(f"coalesce({owner}.superseded_at, 'infinity')" for owner in owners)
    parts = [
        f"{key} AS key",
        "t.occurred_at",
        *(f"t.{field}" for field in fields),
        f"greatest({begins}) AS begins_at",
        f"least({ends}) AS ends_at",
    ]
    joins = f"FROM {source.table} AS t"
    if source.through is not None:
        joins += f" JOIN {source.through} AS p ON p.{CONTRACT[source.through].key} = t.{_parent_key(source)}"
    partition = key
    if source.local:
        parts.append("scope.time_zone")
        joins += f" JOIN scope ON scope.key = {key}"
        partition += ", scope.time_zone"
    if source.versions:
        parts.append("t.known_at")
    else:
        order = f"t.occurred_at, t.known_at, t.{CONTRACT[source.table].key}"
        parts.append(f"(row_number() OVER (PARTITION BY {partition} ORDER BY {order}))::INTEGER AS position")
    rows = f"SELECT {', '.join(parts)}\n{joins}"
    return f"SELECT *, {', '.join(derived)} FROM (\n{rows})" if derived else rows


def _parent_key(source: Source) -> str:
    return next(field for field, table in CONTRACT[source.table].references() if table == source.through)


def _columns(source: Source, read: set[str]) -> dict[str, tuple[str, ...]]:
    needed = {*read, *CLOCKS, CONTRACT[source.table].key}
    if source.through is None:
        return {source.table: tuple(sorted({*needed, source.by}))}
    parent = {*CLOCKS, CONTRACT[source.through].key, source.by}
    return {
        source.table: tuple(sorted({*needed, _parent_key(source)})),
        source.through: tuple(sorted(parent)),
    }


def _typed(feature: Feature) -> str:
    kind = "VARCHAR" if feature.kind == "category" else "DOUBLE"
    return f"({feature.expression})::{kind}"


def _result_schema(source: Source, features: Sequence[Feature]) -> Any:
    found = [("question", pa.int64())]
    if source.versions:
        found += [("occurred_at", MOMENT), ("known_at", MOMENT)]
        found += [(f"link_{link}", pa.string()) for link in source.links]
    kinds = {"category": pa.string(), "number": pa.float64(), "count": pa.float64()}
    return pa.schema([*found, *((feature.name, kinds[feature.kind]) for feature in features)])
