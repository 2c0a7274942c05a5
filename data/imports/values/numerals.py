"""Numbers as people write them, with a decimal point or a decimal comma."""

from __future__ import annotations

import re

PLAIN_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
ENGLISH_NUMBER = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?", re.ASCII)
DANISH_NUMBER = re.compile(r"[+-]?([1-9]\d{0,2}([. \u00a0]\d{3})+|\d+)?(,\d+)?", re.ASCII)
SPACES = re.compile(r"[ \u00a0]")


def normalise_number(text: str, decimal: str) -> str | None:
    """Write a number with a decimal point and nothing between thousands; None where it is no number.

    With a decimal comma, points and spaces part thousands and nothing else: "12.5" is refused there, because it is
    no more likely 12½ than 125, and so is "0.125", which no thousands begin. With a decimal point, commas do the same.

    >>> normalise_number("1.234.567,50", ","), normalise_number("12.5", ","), normalise_number("12.5", ".")
    ('1234567.50', None, '12.5')
    >>> normalise_number("12,500.75", "."), normalise_number("12,5", ".")
    ('12500.75', None)
    """
    if decimal == ".":
        if PLAIN_NUMBER.fullmatch(text):
            return text
        return text.replace(",", "") if ENGLISH_NUMBER.fullmatch(text) else None
    if not text or not text[-1].isdigit() or not DANISH_NUMBER.fullmatch(text):
        return None
    return SPACES.sub("", text).replace(".", "").replace(",", ".")
