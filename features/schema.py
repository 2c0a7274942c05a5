"""The feature schema: which columns a model was trained on, in what order, and its category codes.

It is part of the model's artefact; whoever scores encodes with the schema of the model, never with one of
their own.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from data.errors import ArtefactRejected, BadInput
from features.registry import FEATURES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from features.attributes import Attribute

MIN_COUNT = 20


@dataclass(frozen=True)
class Column:
    """One column of the matrix.

    Attributes:
        name: the feature.
        kind: number or category.
        values: of a category, sorted; the code of a value is its place.
    """

    name: str
    kind: Literal["number", "category"]
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class FeatureSchema:
    """The columns of a model's matrix, in order."""

    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def categories(self) -> tuple[str, ...]:
        """Names of the columns that are categories, in order."""
        return tuple(column.name for column in self.columns if column.kind == "category")

    def to_json(self) -> str:
        """The schema as JSON text; equal schemas give equal text."""
        columns = [{"name": one.name, "kind": one.kind, "values": list(one.values)} for one in self.columns]
        return json.dumps({"columns": columns}, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> FeatureSchema:
        """Read a schema that :meth:`to_json` wrote.

        Raises:
            ArtefactRejected: the text is not one.

        >>> schema = FeatureSchema((Column("calls", "number"), Column("stage", "category", ("new", "won"))))
        >>> FeatureSchema.from_json(schema.to_json()) == schema
        True
        """
        try:
            columns = json.loads(text)["columns"]
            return cls(tuple(Column(one["name"], one["kind"], tuple(one["values"])) for one in columns))
        except (ValueError, KeyError, TypeError) as error:
            raise ArtefactRejected("the feature schema cannot be read; take it from the artefact.") from error


def fit_schema(frame: pd.DataFrame, attributes: Sequence[Attribute], *, min_count: int = MIN_COUNT) -> FeatureSchema:
    """Fix the columns of a frame and the codes of its categories.

    Args:
        frame: of :func:`features.compute_features`, training rows only; a column that was dropped from it is
            not in the schema.
        attributes: with which the frame was computed.
        min_count: a value in fewer rows gets no code. It is encoded as missing, as a value that turns up
            only after training is, so the model has learned from rare values how to treat unknown ones.

    Raises:
        BadInput: a column is neither a feature nor one of the attributes.
    """
    kinds = {name: feature.kind for name, feature in FEATURES.items()}
    kinds |= {attribute.column: attribute.kind for attribute in attributes}
    if unknown := [str(name) for name in frame.columns if name not in kinds]:
        raise BadInput(f"the frame has columns that are no features: {', '.join(unknown)}.")
    return FeatureSchema(
        tuple(
            Column(name, "category", _frequent_values(frame[name], min_count))
            if kinds[name] == "category"
            else Column(name, "number")
            for name in frame.columns
        )
    )


def _frequent_values(column: pd.Series[str], min_count: int) -> tuple[str, ...]:
    counts = column.value_counts()
    return tuple(sorted(counts.index[np.asarray(counts) >= min_count].astype(str)))
