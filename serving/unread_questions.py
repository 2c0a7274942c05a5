"""Bodies that are no question: what is wrong with them and what is wanted, in plain words."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from data.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import ValidationError

logger = logging.getLogger(__name__)

FAULTS_TOLD = 5
ATTRIBUTES = "attributes"
OUR_OWN = "Value error, "
MOMENT = "must be a moment with its time zone, as 2026-06-17T08:12:30Z"

WANTED = {
    "missing": "is missing",
    "extra_forbidden": "is not known; correct its name or leave it out",
    "string_type": "must be text",
    "string_unicode": "must be text",
    "string_too_short": "must not be empty",
    "string_too_long": "must have {max_length} characters or fewer",
    "string_pattern_mismatch": "must not contain a zero byte",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "must be a smaller number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "finite_number": "must be a number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "list_type": "must be a list",
    "too_short": "must not be empty",
    "too_long": "must hold {max_length} or fewer",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "datetime_type": MOMENT,
    "datetime_parsing": MOMENT,
    "datetime_from_date_parsing": MOMENT,
    "datetime_object_invalid": MOMENT,
    "timezone_aware": MOMENT,
}
"""What pydantic calls a fault, and what was wanted instead."""


def explain_question(route: str, error: ValidationError) -> BadInput:
    """What is wrong with a body, as a refusal that quotes no value; the log is told the kinds of fault alone.

    Names of fields are not logged either, for a sender may have put anything where a name belongs.

    Args:
        route: what was asked.
        error: of the body.
    """
    faults = error.errors(include_url=False, include_input=False)
    logger.warning(
        "%s was asked with a body that is no question: %s", route, ", ".join(sorted({f["type"] for f in faults}))
    )
    said = list(dict.fromkeys(map(_say_fault, faults)))
    more = [f"{len(said) - FAULTS_TOLD} more"] if len(said) > FAULTS_TOLD else []
    return BadInput(f"{'; '.join(said[:FAULTS_TOLD] + more)}. The fields of {route} are described in /docs.json.")


def name_field(place: Sequence[str | int]) -> str:
    """The place of a field in a body, as programs write it.

    >>> name_field(("tables", "leads", 0, "lead_id"))
    'tables.leads[0].lead_id'
    """
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).removeprefix(".")


def _say_fault(fault: Any) -> str:
    if fault["type"] == "json_invalid":
        return f"the body is no JSON ({fault['ctx']['error']})"
    place = fault["loc"]
    if ATTRIBUTES in place[:-2]:  # pydantic goes on with each kind that it tried
        return f"field '{name_field(place[: place.index(ATTRIBUTES) + 2])}' must be text, a number, true, false or null"
    where = f"field '{name_field(place)}'" if place else "the body"
    wanted = WANTED.get(fault["type"], f"is wrong: {fault['msg'].removeprefix(OUR_OWN)}")
    return f"{where} {wanted.format_map(fault.get('ctx', {}))}"
