"""Checks of contract rows, read off the contract: a pandera schema per table."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa

from data.contract import CONTRACT, Kind
from data.contract.forms import FORMS

if TYPE_CHECKING:
    from data.contract import Field

VIOLATION = ["index", "column", "check", "value"]
LONGEST_KEY = 500  # characters; PostgreSQL indexes no more than 2,700 bytes
NUMERIC = (Kind.INTEGER, Kind.MONEY, Kind.NUMBER)


@cache
def build_schema(table: str) -> pa.DataFrameSchema:
    """The pandera schema of a contract table: required fields, coded lists and limits."""
    columns = {field.name: pa.Column(checks=_checks(field), nullable=True) for field in CONTRACT[table].columns}
    return pa.DataFrameSchema(columns)


def find_violations(table: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Find the values that break the contract.

    Args:
        table: name of the contract table.
        rows: typed values, all columns of the table, a unique index.

    Returns:
        One row per violation: ``index`` (of ``rows``), ``column``, ``check`` (a name of :func:`explain`), ``value``.
    """
    found = [_find_needed(field, rows) for field in CONTRACT[table].fields if field.needed_if]
    try:
        build_schema(table).validate(rows, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases.rename(columns={"failure_case": "value"})
        found.insert(0, cases[VIOLATION])
    return pd.concat(found) if found else pd.DataFrame(columns=VIOLATION)


def _find_needed(field: Field, rows: pd.DataFrame) -> pd.DataFrame:
    other, value = field.needed_if or ("", "")
    lacking = rows.index[(rows[other] == value).fillna(False).astype(bool) & rows[field.name].isna()]
    return pd.DataFrame({"index": lacking, "column": field.name, "check": "needed", "value": None}, dtype="object")


def explain(table: str, column: str, check: str) -> tuple[str, str]:
    """What a violation means, and the remedy."""
    field = CONTRACT[table][column]
    if check == "required":
        return f"{field.name} ({field.means}) is required and empty", "fill it in at the source"
    if check == "needed":
        other, value = field.needed_if or ("", "")
        return f"{field.name} ({field.means}) is empty, and {other} is {value}", f"say it: {', '.join(field.codes)}"
    if check == "code":
        return f"it is not a known {field.name}", f"use one of {', '.join(field.codes)}"
    if check == "length":
        return f"{field.name} is longer than {LONGEST_KEY} characters", "give it a short one at the source"
    if check == "form":
        return f"it is not {FORMS[field.form or ''].means}", "correct it at the source, or map it to codes"
    limit = f"at least {field.minimum:g}" if check == "minimum" else f"at most {field.maximum:g}"
    return f"{field.name} must be {limit} {field.unit or ''}".rstrip(), "correct it at the source"


def _checks(field: Field) -> list[pa.Check]:
    checks = []
    if field.required:
        checks.append(pa.Check(lambda s: s.notna(), name="required", error="required", ignore_na=False))
    if field.kind is Kind.KEY:
        checks.append(pa.Check.str_length(max_value=LONGEST_KEY, error="length"))
    if field.form is not None:
        checks.append(pa.Check(FORMS[field.form].holds, name="form", error="form"))
    if field.codes:
        checks.append(pa.Check.isin(field.codes, error="code"))
    if field.kind in NUMERIC and field.minimum is not None:
        checks.append(pa.Check.ge(field.minimum, error="minimum"))
    if field.kind in NUMERIC and field.maximum is not None:
        checks.append(pa.Check.le(field.maximum, error="maximum"))
    return checks
