"""E-mail addresses: one spelling, and whether they can exist."""

from __future__ import annotations

import pandas as pd
import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given, settings
from hypothesis import strategies as st

from data.imports.values.emails import validate_emails


def validate(*emails: str | None, says: bool | None = None) -> tuple[list[object], list[object]]:
    texts = pd.Series(emails, dtype="str")
    normal, valid = validate_emails(texts, pd.Series(says, index=texts.index))
    return normal.tolist(), [None if value is pd.NA else bool(value) for value in valid]


@pytest.mark.parametrize(
    ("email", "normal", "valid"),
    [
        ("anne.krogh@bager.dk", "anne.krogh@bager.dk", True),
        ("Anne@BAGER.DK", "Anne@bager.dk", True),  # the name before @ may know capital letters
        (" anne@bæger.dk", "anne@bæger.dk", True),
        ("anne@xn--bger-voa.dk", "anne@bæger.dk", True),
        ("åse@bager.dk", "åse@bager.dk", True),
        ("anne@bager", "anne@bager", False),
        ("anne@@bager.dk", "anne@@bager.dk", False),
        ("anne..k@bager.dk", "anne..k@bager.dk", False),
        ("anne@bager,dk", "anne@bager,dk", False),
        ("ikke oplyst", "ikke oplyst", False),
        ("anne@firma.test", "anne@firma.test", False),
        ("anne@firma.local", "anne@firma.local", False),
    ],
)
def test_addresses_are_normalised_or_found_wrong(email: str, normal: str, valid: bool) -> None:
    assert validate(email) == ([normal], [valid])


def test_without_an_address_nothing_is_said() -> None:
    normal, valid = validate(None, "a@b.dk")
    assert pd.isna(normal[0])
    assert valid == [None, True]


def test_what_the_source_calls_wrong_stays_wrong_and_what_cannot_exist_is_not_made_right() -> None:
    assert validate("a@b.dk", says=False)[1] == [False]
    assert validate("a@", says=True)[1] == [False]


LETTERS = st.text("aB9.@-_%+æ", min_size=1, max_size=12)


@given(LETTERS, LETTERS, st.sampled_from(["dk", "com", "test", "x1", "DK", "local", "example", "dk."]))
@settings(max_examples=300, deadline=None)
def test_the_short_way_agrees_with_the_library(local: str, domain: str, top: str) -> None:
    email = f"{local}@{domain}.{top}"
    try:
        found = validate_email(email, check_deliverability=False)
        expected = (found.normalized, True)
    except EmailNotValidError:
        expected = (email, False)
    normal, valid = validate(email)
    assert (normal[0], valid[0]) == expected
