"""How some texts must be written so that the rest can rely on them: currencies, countries, time zones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd


@dataclass(frozen=True)
class Form:
    """A way to write a text.

    Attributes:
        means: what it is, for a sentence that begins "it is not".
        holds: for texts, whether each is written so.
    """

    means: str
    holds: Callable[[pd.Series], pd.Series]


@cache
def list_time_zones() -> frozenset[str]:
    """The IANA names that this machine knows."""
    return frozenset(available_timezones())


FORMS = {
    "country": Form("an ISO 3166 code of two capital letters", lambda text: text.str.fullmatch("[A-Z]{2}")),
    "currency": Form("an ISO 4217 code of three capital letters", lambda text: text.str.fullmatch("[A-Z]{3}")),
    "time_zone": Form("an IANA time zone, as Europe/Copenhagen", lambda text: text.isin(list_time_zones())),
}
