"""What looks personal: by name, and by contents."""

from __future__ import annotations

import re

import duckdb
import pytest

from data.personal import LIKELY, UNMISTAKABLE, Contents, is_unmistakable, looks_personal

NOTHING = Contents(filled=1_000, distinct=3, unmistakable=0, likely=0)


@pytest.mark.parametrize(
    ("name", "contents", "personal"),
    [
        ("First Name", NOTHING, True),
        ("CPR", NOTHING, True),
        ("Bemærkninger", NOTHING, True),
        ("jens@firma.dk", NOTHING, True),
        ("erp", NOTHING, False),
        ("contact", NOTHING, False),  # cellular, telephone, unknown
        ("contact", Contents(1_000, 13, 0, 0), True),
        ("Kontaktperson", Contents(10, 2, 0, 0), True),
        ("E-mail", Contents(1_000, 900, 0, 0), True),
        ("region", Contents(1_000, 900, 0, 0), False),
        ("owner", Contents(1_000, 9, 11, 0), True),
        ("owner", Contents(1_000, 9, 10, 0), False),  # its values get no code: features.schema
        ("number", Contents(1_000, 1_000, 0, 501), True),
        ("revenue", Contents(1_000, 1_000, 0, 500), False),
        ("empty", Contents(0, 0, 0, 0), False),
    ],
)
def test_columns_that_say_who_a_person_is(name: str, contents: Contents, personal: bool) -> None:
    assert looks_personal(name, contents) is personal


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("jens.hansen@firma.dk", True),
        ("ring til jens@firma.dk i morgen", True),
        ("010170-1234", True),
        ("cpr 311299-0000.", True),
        ("320170-1234", False),  # no such day
        ("2026-05-01", False),
        ("@home", False),
        ("a @ b", False),
    ],
)
def test_unmistakable_texts(text: str, certain: bool) -> None:
    assert is_unmistakable(text) is certain
    assert duckdb.execute("SELECT regexp_matches(?, ?)", [text, UNMISTAKABLE]).fetchone() == (certain,)


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("33123456", True),
        ("33 12 34 56", True),
        ("20 12 34 56", True),
        ("4533123456", True),
        ("33123456.0", True),
        ("+45 33 12 34 56", True),
        ("+44 (0)20 7946 0018", True),
        ("0101701234", True),
        ("20260501", False),  # a date
        ("45000000", False),  # an amount
        ("12345678", False),
        ("1234567", False),
        ("9.5", False),
        ("2026-05-01", False),
    ],
)
def test_likely_texts(text: str, likely: bool) -> None:
    assert (re.fullmatch(LIKELY, text) is not None) is likely
    assert duckdb.execute("SELECT regexp_full_match(?, ?)", [text, LIKELY]).fetchone() == (likely,)
