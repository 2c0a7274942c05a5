"""The questions put to the features: which lead, as of when, and by which keys further tables are found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from data.errors import BadInput

MOMENT = pa.timestamp("us")
DEFAULT_TIME_ZONE = "Europe/Copenhagen"


@dataclass
class Questions:
    """Questions with the keys known so far; each source of versions adds its links.

    Attributes:
        as_of: one timestamp per question, UTC without zone.
        keys: key name to one text per question, null where the lead has none.
    """

    as_of: Any
    keys: dict[str, Any]

    def __len__(self) -> int:
        return len(self.as_of)

    def settle_time_zone(self) -> None:
        """Take the default time zone where a lead's client has none."""
        self.keys["time_zone"] = self.keys["time_zone"].fill_null(DEFAULT_TIME_ZONE)

    def relate(self, key: str, *, local: bool) -> dict[str, Any]:
        """The Arrow tables by which rows with that key find their questions.

        Args:
            key: one of :attr:`keys`; null matches no row.
            local: the rows also need the time zone; the same key in two time zones then counts as two.

        Returns:
            ``questions`` (question, key, as_of); if local, with ``time_zone``, and ``scope``, the distinct
            pairs (key, time_zone).
        """
        numbers = np.arange(len(self))
        questions = {"question": numbers, "key": self.keys[key], "as_of": self.as_of}
        if not local:
            return {"questions": pa.table(questions)}
        zones = self.keys["time_zone"]
        scope = pa.table({"key": self.keys[key], "time_zone": zones}).group_by(["key", "time_zone"]).aggregate([])
        return {"local_questions": pa.table({**questions, "time_zone": zones}), "scope": scope}


def read_questions(frame: pd.DataFrame) -> Questions:
    """Read the frame of questions.

    Args:
        frame: columns ``lead_id`` (text) and ``as_of`` (moments with a time zone); other columns are ignored.

    Raises:
        BadInput: a column or a value is missing, leads are not text, or the moments have no time zone.
    """
    for column in ("lead_id", "as_of"):
        if column not in frame:
            raise BadInput(f"the questions have no column {column}; give lead_id and as_of.")
        if frame[column].isna().any():
            raise BadInput(f"the questions have a row without {column}; remove it.")
    if not isinstance(frame["as_of"].dtype, pd.DatetimeTZDtype):
        raise BadInput("the column as_of of the questions has no time zone; give moments in UTC.")
    if len(frame) and not pd.api.types.is_string_dtype(frame["lead_id"]):
        raise BadInput("the column lead_id of the questions is not text; give the leads' keys.")
    moments = frame["as_of"].dt.tz_convert("UTC").dt.tz_localize(None).to_numpy("datetime64[us]")
    return Questions(pa.array(moments, MOMENT), {"lead_id": _texts(frame["lead_id"])})


def _texts(column: pd.Series[Any]) -> Any:
    texts = pa.array(column, pa.string())
    return texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
