"""What an import says of itself: tables of counts and the sentences that explain them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from data.imports.report import ImportReport


@pytest.mark.parametrize(
    ("report", "notes"),
    [
        ({"read": 3, "accepted": 3}, []),
        ({"read": 0}, []),
        ({"read": 3, "unchanged": 3}, ["Nothing changed: the store has all these rows already."]),
        ({"read": 3, "unchanged": 3, "imported": False},
         ["Nothing would change: the store has all these rows already."]),
        ({"read": 3, "quarantined": 3, "imported": False},
         ["Nothing would change: all these rows break the contract."]),
        ({"read": 1_003, "unchanged": 1_001, "quarantined": 2},
         ["Nothing changed: the store has 1,001 of these rows already, and the others break the contract.",
          "2 rows are in quarantine, each with its reason: write them with callworth quarantine export FILE, mend them "
          "there, then callworth quarantine release FILE."]),
        ({"read": 2, "accepted": 1, "encodings": {"a.csv": "cp1252", "b.csv": "utf-8", "c.csv": "utf-8-sig"}},
         ["a.csv was read as cp1252 text."]),
        (
            {"read": 2, "accepted": 2, "late": 2},
            [
                "2 contract rows happened before scores that were given already; they count as known from now on, so "
                "that those scores can still be given again. Where the source knows when, map known_at."
            ],
        ),
        ({"read": 9, "accepted": 1, "unchanged": 8, "left_out": Counter({"a.csv": 1, "b.csv": 0, "c.csv": 2})},
         ["a.csv: 1 row is in no table, as `where` of the mapping says.",
          "c.csv: 2 rows are in no table, as `where` of the mapping says."]),
        ({"read": 9, "unchanged": 9, "left_out": Counter({"a.csv": 7})},
         ["Nothing changed: the store has 2 of these rows already, the mapping leaves 7 out, and 0 break the contract.",
          "a.csv: 7 rows are in no table, as `where` of the mapping says."]),
        ({"read": 1, "accepted": 1, "ignored": ["notes.csv", "old.xlsx"]},
         ["Not read, since the mapping names no such files: notes.csv, old.xlsx."]),
    ],
)  # fmt: skip
def test_what_the_counts_mean_is_said(report: dict[str, Any], notes: list[str]) -> None:
    told = ImportReport(**report)
    assert told.list_notes() == told.as_json()["notes"] == notes


def test_one_row_in_quarantine_is_one() -> None:
    (note,) = ImportReport(read=2, accepted=1, quarantined=1).list_notes()
    assert note.startswith("1 row is in quarantine")
