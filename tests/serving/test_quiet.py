from __future__ import annotations

import logging
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest

from serving.quiet import VALUE_LOGGERS, silence_values

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME, PHONE = "Bjørn Åkesen", "+4521105121"


@pytest.fixture
def logged() -> Iterator[StringIO]:
    """Everything that any logger says, as text."""
    text = StringIO()
    handler = logging.StreamHandler(text)
    loggers = [logging.getLogger(), *(logging.getLogger(name) for name in ("bentoml", *VALUE_LOGGERS))]
    levels = [(logger, logger.level) for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    yield text
    for logger, level in levels:
        logger.removeHandler(handler)
        logger.setLevel(level)


@pytest.mark.parametrize("path", ["/score", "/next_lead", "/report_call", "/report_handover", "/lead"])
@pytest.mark.parametrize(
    "body",
    [
        {"lead_id": {"name": NAME, "phone": PHONE}, NAME: PHONE},
        {"lead_ids": [NAME], "tables": {"contacts": [{"name": NAME, "phone": PHONE, PHONE: 1}]}},
        {"agent_id": NAME, "campaign_id": PHONE, "call_id": PHONE, "disposition": NAME, "talk_seconds": PHONE},
        [NAME, PHONE],
    ],
)
def test_a_bad_body_leaves_no_personal_data_in_any_log(
    visitor: Any, bearer: dict[str, str], logged: StringIO, path: str, body: Any
) -> None:
    answer = visitor.post(path, json=body, headers=bearer)
    assert 400 <= answer.status_code < 500
    logging.getLogger("somewhere").warning("the handler hears")
    assert "the handler hears" in logged.getvalue()
    assert NAME not in logged.getvalue()
    assert NAME.encode("unicode_escape").decode() not in logged.getvalue()
    assert PHONE not in logged.getvalue()


@pytest.mark.parametrize("name", VALUE_LOGGERS)
def test_an_exception_is_logged_by_type_and_place(logged: StringIO, name: str) -> None:
    silence_values()
    silence_values()
    logger = logging.getLogger(name)
    try:
        raise ValueError(PHONE)
    except ValueError:
        logger.exception("it failed")
    assert "builtins.ValueError" in logged.getvalue()
    assert "test_an_exception_is_logged_by_type_and_place" in logged.getvalue()
    assert PHONE not in logged.getvalue().replace(f"raise ValueError({PHONE})", "")
    assert len([found for found in logger.filters if type(found).__name__ == "WithoutValues"]) == 1
