"""Computing features: the compiled queries, run on one DuckDB connection that may be kept."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.errors import BadInput
from features.answers import Answer, place_answer
from features.attributes import declare_attributes, find_attributes
from features.compiling import Query, compile_query
from features.feeds import Feed, feed_schemas, narrow_table
from features.questions import read_questions
from features.registry import FEATURES
from features.sources import LEADS, SOURCES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    import pandas as pd

    from data.frames import Tables
    from features.attributes import Attribute
    from features.questions import Questions

FEW = 1_000
"""Up to so many questions, longer tables are narrowed to the leads asked about before DuckDB reads them, and
results are fetched as numpy arrays, because an Arrow reader takes longer to set up."""


def compute_features(
    tables: Tables, questions: pd.DataFrame, attributes: Sequence[Attribute] | None = None
) -> pd.DataFrame:
    """Compute every feature of some leads, each as of a moment.

    A row depends on that lead's visible rows alone: those with ``occurred_at`` and ``known_at`` before as-of
    that were not superseded before it. It does not depend on the other questions, on the order of rows or on
    threads, so it can be computed in partitions and rebuilt bit for bit.

    Args:
        tables: contract tables; one that is missing has no rows.
        questions: columns ``lead_id`` (text) and ``as_of`` (moment with time zone); any number per lead, in
            any order.
        attributes: the free attributes to read, as :func:`features.find_attributes` gives them; None
            finds them.

    Returns:
        One row per question in the same order, RangeIndex; columns are those of the registry, then
        ``attribute_<name>``. Numbers are float64 with NaN for missing, and 0 for counts where nothing
        happened; categories are text with missing values.

    Raises:
        BadInput: a lead is not visible at its as-of, or the questions are not as they must be.
    """
    with FeatureComputer() as computer:
        return computer.compute(tables, questions, attributes)


class FeatureComputer:
    """Computes features on a connection that stays open, for a process that is asked again and again.

    The queries are those of :func:`compute_features`, prepared once; after the first call a lead costs a few
    milliseconds. Calls from several threads wait for each other.

    Args:
        threads: for DuckDB; the machine's cores when None. One thread is best for single leads.
    """

    def __init__(self, threads: int | None = None) -> None:
        self._connection = duckdb.connect()
        self._connection.execute("SET TimeZone = 'UTC'")
        if threads is not None:
            self._connection.execute(f"SET threads = {threads:d}")
        self._schemas = feed_schemas()
        self._feeds: dict[str, Feed] = {}
        self._prepared: dict[str, str] = {}
        self._lock = threading.Lock()

    def compute(
        self, tables: Tables, questions: pd.DataFrame, attributes: Sequence[Attribute] | None = None
    ) -> pd.DataFrame:
        """Compute every feature of some leads, each as of a moment: see :func:`compute_features`."""
        found = tuple(find_attributes(tables) if attributes is None else attributes)
        asked = read_questions(questions)
        with self._lock:
            return self._compute(tables, asked, found)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def __enter__(self) -> FeatureComputer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _compute(self, tables: Tables, asked: Questions, attributes: tuple[Attribute, ...]) -> pd.DataFrame:
        columns: dict[str, Any] = {}
        for query in compile_all(attributes):
            answer = place_answer(query, self._ask(query, tables, asked), len(asked))
            if query.source.table == "leads":
                _refuse_invisible(answer, asked)
            for link in query.source.links:
                asked.keys[link] = answer.texts(f"link_{link}")
            if "time_zone" in query.source.links:
                asked.settle_time_zone()
            columns.update({feature.name: answer.column(feature) for feature in query.features})
        names = [*FEATURES, *(attribute.column for attribute in attributes)]
        frame: pd.DataFrame = pa.table({name: columns[name] for name in names}).to_pandas()
        return frame

    def _ask(self, query: Query, tables: Tables, asked: Questions) -> Any:
        """The query's result as an Arrow table, or None where there are no rows to ask."""
        if any(name not in tables or not tables[name].num_rows for name in query.columns):
            return None
        given = asked.relate(query.source.by, local=query.source.local)
        few = len(asked) <= FEW
        for name in query.columns:
            table = tables[name]
            if few and table.num_rows > FEW and query.source.by in table.column_names:
                table = table.filter(pc.is_in(table[query.source.by], asked.keys[query.source.by]))
            given[name] = narrow_table(name, table, self._schemas[name])
        for name, table in given.items():
            self._feed(name, table)
        try:
            return self._run(query, few=few)
        finally:
            for name in given:
                self._feeds[name].clear()

    def _feed(self, name: str, table: Any) -> None:
        if name not in self._feeds:
            self._feeds[name] = Feed(table.schema)
            self._connection.register(name, self._feeds[name])
        self._feeds[name].table = table

    def _run(self, query: Query, *, few: bool) -> Any:
        if query.text not in self._prepared:
            self._prepared[query.text] = f"query_{len(self._prepared)}"
            self._connection.execute(f"PREPARE {self._prepared[query.text]} AS {query.text}")
        statement = f"EXECUTE {self._prepared[query.text]}"
        if few:
            found = self._connection.execute(statement).fetchnumpy().values()
            columns = [pa.array(column, field.type) for column, field in zip(found, query.schema, strict=True)]
            return pa.table(columns, schema=query.schema)
        return self._connection.sql(statement).to_arrow_table().rename_columns(query.schema.names)


@lru_cache(maxsize=16)
def compile_all(attributes: tuple[Attribute, ...]) -> tuple[Query, ...]:
    """Compile every source, each after those whose links it needs."""
    leads, declared = declare_attributes(attributes)
    queries = []
    for source in SOURCES:
        features = [feature for feature in FEATURES.values() if feature.source is source]
        if source is LEADS:
            queries.append(compile_query(leads, [*features, *declared]))
        else:
            queries.append(compile_query(source, features))
    return tuple(queries)


def _refuse_invisible(answer: Answer, asked: Questions) -> None:
    hidden = np.flatnonzero(answer.rows < 0)
    if len(hidden):
        lead, moment = asked.keys["lead_id"][hidden[0]], asked.as_of[hidden[0]]
        raise BadInput(
            f"the lead {lead} is not visible at {moment} UTC; ask about it after it was created and became known."
        )
