"""The feature schema: which columns a model was trained on, in what order, and its category codes.

It is part of the model's artefact; whoever scores encodes with the schema of the model, never with one of
their own.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from data.errors import ArtefactRejected, BadInput
from data.personal import is_unmistakable
from features.registry import FEATURES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from features.attributes import Attribute

MIN_LEADS = 20
OTHER = "(other)"


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

    def decode(self, value: float) -> float | str | None:
        """The raw value of an entry of the matrix; None for a category that is missing or has no code.

        >>> Column("stage", "category", ("new", "won")).decode(1.0)
        'won'
        """
        if self.kind == "number":
            return value
        return None if np.isnan(value) else self.values[int(value)]


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


def fit_schema(
    frame: pd.DataFrame,
    attributes: Sequence[Attribute],
    leads: pd.Series[str] | None = None,
    *,
    min_leads: int = MIN_LEADS,
    coded: Mapping[str, Sequence[str]] | None = None,
) -> FeatureSchema:
    """Fix the columns of a frame and the codes of its categories.

    Args:
        frame: of :func:`features.compute_features`, training rows only; a column that was dropped from it is
            not in the schema.
        attributes: with which the frame was computed.
        leads: the lead of each row, in the same order; where None, each row is a lead of its own.
        min_leads: a value of fewer leads gets no code, however often these were asked about: it may say who
            they are. It is encoded as missing, as a value that turns up only after training is, so the model
            has learned from rare values how to treat unknown ones.
        coded: values of a column that get a code however rare they are, because they say nothing about a person.

    Raises:
        BadInput: a column is neither a feature nor one of the attributes.
    """
    kinds = {name: feature.kind for name, feature in FEATURES.items()}
    kinds |= {attribute.column: attribute.kind for attribute in attributes}
    if unknown := [str(name) for name in frame.columns if name not in kinds]:
        raise BadInput(f"the frame has columns that are no features: {', '.join(unknown)}.")
    lead = np.arange(len(frame)) if leads is None else pd.factorize(leads)[0]
    return FeatureSchema(
        tuple(
            Column(name, "category", _coded_values(frame[name], lead, min_leads, (coded or {}).get(name, ())))
            if kinds[name] == "category"
            else Column(name, "number")
            for name in frame.columns
        )
    )


def hide_rare_values(frame: pd.DataFrame, schema: FeatureSchema) -> pd.DataFrame:
    """The schema's columns of a frame, with categories that have no code as ``(other)``; missing ones stay missing.

    A rare value may say who a person is, and a model does not read it; so it is neither kept, compared nor shown.
    """
    return pd.DataFrame({column.name: _hide(frame[column.name], column) for column in schema.columns})


def _hide(values: pd.Series[Any], column: Column) -> pd.Series[Any]:
    if column.kind == "number":
        return values
    return values.where(values.isin(column.values) | values.isna(), OTHER)


def _coded_values(
    column: pd.Series[str], lead: NDArray[np.int_], min_leads: int, always: Sequence[str]
) -> tuple[str, ...]:
    place, values = pd.factorize(column)
    asked = pd.DataFrame({"place": place, "lead": lead})[place >= 0].drop_duplicates()
    leads = np.bincount(asked["place"], minlength=len(values))
    frequent = (str(value) for value in values[leads >= min_leads])
    return tuple(sorted({value for value in frequent if not is_unmistakable(value)} | set(always)))
