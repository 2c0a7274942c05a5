"""The feature schema: columns, codes, JSON."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from data.errors import ArtefactRejected, BadInput
from features import Attribute, FeatureSchema, encode_matrix, fit_schema, hide_rare_values
from features.schema import Column

FRAME = pd.DataFrame(
    {
        "stage": ["new"] * 3 + ["contacted"] * 2 + ["lost"] + [None],
        "calls": [0.0] * 7,
        "attribute_chain": [None] * 7,
    }
)
CHAIN = (Attribute("chain", "category"),)


@pytest.mark.parametrize(
    ("min_leads", "values"),
    [(1, ("contacted", "lost", "new")), (2, ("contacted", "new")), (3, ("new",)), (20, ())],
)
def test_rare_values_get_no_code(min_leads, values):
    schema = fit_schema(FRAME, CHAIN, min_leads=min_leads)
    assert schema == FeatureSchema(
        (
            Column("stage", "category", values),
            Column("calls", "number"),
            Column("attribute_chain", "category"),
        )
    )
    assert schema.names == ("stage", "calls", "attribute_chain")
    assert schema.categories == ("stage", "attribute_chain")


def test_a_value_counts_once_per_lead():
    asked = ["a", "a", "a", "b", "c", "a", "d"]  # "new" is a's alone, "contacted" b's and c's
    schema = fit_schema(FRAME, CHAIN, pd.Series(asked), min_leads=2)
    assert schema.columns[0].values == ("contacted",)


def test_an_address_gets_no_code_however_frequent():
    frame = pd.DataFrame({"attribute_chain": ["Nord", "salg@firma.dk"] * 30})
    assert fit_schema(frame, CHAIN).columns[0].values == ("Nord",)


def test_what_has_no_code_is_hidden():
    schema = fit_schema(FRAME, CHAIN, min_leads=3)
    hidden = hide_rare_values(FRAME, schema)
    assert hidden["stage"].fillna("").tolist() == ["new"] * 3 + ["(other)"] * 3 + [""]
    assert hidden["calls"].equals(FRAME["calls"])
    assert hide_rare_values(hidden, schema).equals(hidden)
    assert list(hidden.columns) == list(schema.names)


def test_order_of_rows_does_not_matter():
    assert fit_schema(FRAME[::-1], CHAIN, min_leads=1) == fit_schema(FRAME, CHAIN, min_leads=1)


def test_column_that_is_no_feature_is_refused():
    with pytest.raises(BadInput, match="attribute_chain"):
        fit_schema(FRAME, ())


def test_json_round_trip():
    schema = FeatureSchema((Column("stage", "category", ("æ", 'a "b"')), Column("calls", "number")))
    assert FeatureSchema.from_json(schema.to_json()) == schema
    assert FeatureSchema.from_json(schema.to_json()).to_json() == schema.to_json()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"columns": [{"name": "x"}]}', '{"columns": 3}'])
def test_other_text_is_refused(text):
    with pytest.raises(ArtefactRejected):
        FeatureSchema.from_json(text)


@pytest.mark.parametrize(
    ("row", "values"),
    [((3.0, 1.0), [3.0, "won"]), ((0.0, 0.0), [0.0, "new"]), ((np.nan, np.nan), [np.nan, None])],
)
def test_a_row_is_decoded_into_what_it_was_encoded_from(row: tuple[float, ...], values: list[Any]) -> None:
    schema = FeatureSchema((Column("calls", "number"), Column("stage", "category", ("new", "won"))))
    decoded = [column.decode(value) for column, value in zip(schema.columns, row, strict=True)]
    frame = pd.DataFrame([decoded], columns=list(schema.names), dtype="object")
    pd.testing.assert_frame_equal(frame, pd.DataFrame([values], columns=list(schema.names), dtype="object"))
    np.testing.assert_array_equal(encode_matrix(frame, schema)[0], np.array(row))
