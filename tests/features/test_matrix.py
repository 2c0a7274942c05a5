"""Encoding a frame, and the hash of a row."""

from __future__ import annotations

import hashlib
import struct

import numpy as np
import pandas as pd
import pytest

from data.errors import BadInput
from features import FeatureSchema, encode_matrix, hash_row
from features.schema import Column

SCHEMA = FeatureSchema(
    (
        Column("calls", "number"),
        Column("stage", "category", ("contacted", "new")),
        Column("consent", "category"),
    )
)
NAN = float("nan")


@pytest.mark.parametrize("dtype", ["str", "object"])
def test_codes_and_missing(dtype):
    frame = pd.DataFrame(
        {
            "consent": pd.Series(["given", None, None, None], dtype=dtype),
            "stage": pd.Series(["new", "contacted", "won", None], dtype=dtype),
            "calls": [3.0, 0.5, NAN, 0.0],
            "more": 1,
        }
    )
    matrix = encode_matrix(frame, SCHEMA)
    expected = [[3.0, 1, NAN], [0.5, 0, NAN], [NAN, NAN, NAN], [0.0, NAN, NAN]]
    np.testing.assert_array_equal(matrix, expected)
    assert matrix.dtype == np.float64
    assert matrix.flags.c_contiguous


def test_no_rows():
    frame = pd.DataFrame({"calls": [], "stage": [], "consent": []})
    assert encode_matrix(frame, SCHEMA).shape == (0, 3)


def test_missing_column_is_named():
    with pytest.raises(BadInput, match="stage"):
        encode_matrix(pd.DataFrame({"calls": [1.0], "consent": ["given"]}), SCHEMA)


def test_hash_is_that_of_the_little_endian_bytes():
    expected = hashlib.sha256(struct.pack("<3d", 1.5, 0.0, -2.0)).hexdigest()
    assert hash_row(np.array([1.5, -0.0, -2.0])) == expected


def test_hash_sees_every_number_and_its_place():
    rows = [[0.0, 1.0], [1.0, 0.0], [NAN, 0.0], [np.nextafter(0.0, 1.0), 1.0]]
    assert len({hash_row(np.array(row)) for row in rows}) == 4


def test_hash_of_a_row_of_a_matrix_does_not_depend_on_its_layout():
    matrix = np.asfortranarray([[1.0, 2.0], [3.0, 4.0]])
    assert hash_row(matrix[1]) == hash_row(np.array([3.0, 4.0]))
