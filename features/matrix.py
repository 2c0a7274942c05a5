"""The matrix that a model reads: float64, with the schema's own category codes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.errors import BadInput

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from features.schema import Column, FeatureSchema


def encode_matrix(frame: pd.DataFrame, schema: FeatureSchema) -> NDArray[np.float64]:
    """Encode a frame of features as a model's matrix.

    Args:
        frame: n rows with at least the schema's columns, in any order.
        schema: of the model.

    Returns:
        Shape (n, columns of the schema), C-contiguous. Numbers as they are; categories as their code, a whole
        number from 0. A category that the schema does not know is NaN, as a missing one is.

    Raises:
        BadInput: the frame lacks a column.
    """
    if missing := [name for name in schema.names if name not in frame]:
        raise BadInput(f"the frame lacks the feature {', '.join(missing)}; compute it with these attributes.")
    matrix = np.empty((len(frame), len(schema.columns)))
    for place, column in enumerate(schema.columns):
        matrix[:, place] = _encode_column(frame[column.name], column)
    return matrix


def hash_row(row: NDArray[np.float64]) -> str:
    """SHA-256 of one row of the matrix, as 64 hexadecimal digits: the ``features_hash`` of the score log.

    Equal numbers give equal hashes on every machine: little-endian bytes, one NaN, one zero.

    >>> hash_row(np.array([0.0, np.nan])) == hash_row(np.array([-0.0, -np.nan]))
    True
    """
    same = np.where(np.isnan(row), np.nan, row) + 0.0
    return hashlib.sha256(same.astype("<f8").tobytes()).hexdigest()


def _encode_column(values: pd.Series[Any], column: Column) -> NDArray[np.float64]:
    if column.kind == "number":
        return np.asarray(values, dtype="float64")
    codes = pc.index_in(pa.array(values, pa.string(), from_pandas=True), pa.array(column.values, pa.string()))
    found: NDArray[np.float64] = codes.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return found
