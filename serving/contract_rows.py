"""Contract rows as they are sent to the service: a pydantic model per table, made from the contract."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import pandas as pd
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, create_model

from data.contract import CONTRACT, Kind
from data.frames import to_arrow
from serving.openapi import NullableSchema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data import contract
    from data.frames import Tables

WHOLE_MOST = 2**63 - 1
TEXT_MOST = 2_000
ID_MOST = 200
EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)

NO_ZERO_BYTE = r"^[^\x00]*$"  # PostgreSQL's text cannot hold one


def check_moment(moment: datetime) -> datetime:
    """Refuse a moment outside 1900 to 2200, and bring the rest to UTC.

    Raises:
        ValueError: it is outside.
    """
    if not EARLIEST <= moment < LATEST:
        raise ValueError("give a moment between 1900 and 2200")
    return moment.astimezone(UTC)


def check_code(codes: Sequence[str], code: str) -> str:
    """Refuse what is not in a coded list.

    Raises:
        ValueError: it is not.
    """
    if code not in codes:
        raise ValueError(f"use one of {', '.join(codes)}")
    return code


Id = Annotated[str, StringConstraints(min_length=1, max_length=ID_MOST, pattern=NO_ZERO_BYTE)]
Moment = Annotated[AwareDatetime, AfterValidator(check_moment)]
Attribute = str | int | float | bool | None


class Message(BaseModel):
    """What is sent and answered: no field that is not known, and no value quoted in an error."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, allow_inf_nan=False)

    @classmethod
    def model_json_schema(cls, *arguments: Any, **named: Any) -> dict[str, Any]:
        """The JSON schema in the dialect of OpenAPI 3.0."""
        return super().model_json_schema(*arguments, **{"schema_generator": NullableSchema, **named})


def annotate_field(field: contract.Field) -> Any:
    """The type of a contract field with its limits, as pydantic takes it."""
    described = Field(description=field.means)
    if field.kind in (Kind.INTEGER, Kind.MONEY):
        least, most = field.minimum, field.maximum
        limits = Field(
            ge=-WHOLE_MOST if least is None else int(least), le=WHOLE_MOST if most is None else int(most), strict=True
        )
        return Annotated[int, limits, described]
    if field.kind is Kind.NUMBER:
        return Annotated[float, Field(ge=field.minimum, le=field.maximum, allow_inf_nan=False), described]
    if field.kind is Kind.CODE:
        listed = Field(description=field.means, json_schema_extra={"enum": list(field.codes)})
        return Annotated[str, AfterValidator(partial(check_code, field.codes)), listed]
    text = Annotated[str, StringConstraints(max_length=TEXT_MOST, pattern=NO_ZERO_BYTE)]
    kinds = {Kind.KEY: Id, Kind.FLAG: bool, Kind.MOMENT: Moment, Kind.ATTRIBUTES: dict[str, Attribute]}
    return Annotated[kinds.get(field.kind, text), described]


def make_row_model(name: str) -> type[Message]:
    """The model of one row of a contract table: ``known_at`` may be left out and is then ``occurred_at``."""
    table = CONTRACT[name]
    fields: dict[str, Any] = {}
    for field in table.columns:
        kind = annotate_field(field)
        needed = field.required and field.name != "known_at"
        fields[field.name] = (kind, ...) if needed else (kind | None, None)
    fields["superseded_at"] = (Moment | None, None)
    title = "".join(word.capitalize() for word in name.split("_")) + "Row"
    return create_model(title, __base__=Message, __doc__=f"{table.grain.capitalize()}.", **fields)


ROW_MODELS = {name: make_row_model(name) for name in CONTRACT if name != "scores"}

RowsByTable = create_model(
    "RowsByTable",
    __base__=Message,
    __doc__="Contract rows by table; a table that is left out has no rows.",
    **{name: (list[model], Field(default_factory=list)) for name, model in ROW_MODELS.items()},  # type: ignore[call-overload,valid-type]
)


def rows_to_tables(rows: Message) -> Tables:
    """The given rows as the Arrow tables that features are computed from.

    Args:
        rows: a ``RowsByTable``.
    """
    given = ((name, getattr(rows, name)) for name in ROW_MODELS)
    return {name: to_arrow(name, _frame(found)) for name, found in given if found}


def _frame(rows: list[Message]) -> pd.DataFrame:
    records = [row.model_dump() for row in rows]
    for record in records:
        record["known_at"] = record["known_at"] or record["occurred_at"]
        if record.get("attributes") is not None:
            record["attributes"] = json.dumps(record["attributes"], ensure_ascii=False)
    return pd.DataFrame(records, dtype="object")
