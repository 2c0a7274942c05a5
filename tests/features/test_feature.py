"""Declaring features."""

from __future__ import annotations

import pytest

from features.feature import Feature, feature, fields_read
from features.sources import CALLS, CONTACTS


def test_a_function_becomes_a_feature_named_as_its_column():
    @feature(CALLS, unit="calls", kind="count")
    def calls_by_hand() -> str:
        """Calls logged by hand."""
        return "count_if(logged_by = 'hand')"

    assert calls_by_hand == Feature(
        "calls_by_hand",
        CALLS,
        "count_if(logged_by = 'hand')",
        "count",
        "calls",
        "Calls logged by hand.",
    )
    assert calls_by_hand.words == "calls by hand"


def test_personal_field_is_refused():
    with pytest.raises(ValueError, match="email"):

        @feature(CONTACTS, unit="domain", kind="category")
        def mail_domain() -> str:
            """Domain of the e-mail address."""
            return "split_part(email, '@', 2)"


def test_description_is_required():
    with pytest.raises(ValueError, match="docstring"):

        @feature(CALLS, unit="calls")
        def silent() -> str:
            return "count(*)"


@pytest.mark.parametrize(
    ("expression", "read"),
    [
        ("sum(talk_seconds)", {"talk_seconds"}),
        ("count_if(connected)", {"disposition"}),  # derived from it
        ("count_if(disposition = 'talk_seconds')", {"disposition"}),  # in quotes: a value
        ("count_if(logged_by = 'it''s agent_id')", {"logged_by"}),
        ("min(age)", set()),
    ],
)
def test_fields_read(expression, read):
    assert fields_read(CALLS, expression) == read
