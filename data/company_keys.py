"""Keys of companies, written one way: the number in the company register, and the internet domain."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

import pandas as pd
from stdnum.dk import cvr

if TYPE_CHECKING:
    from collections.abc import Callable

NOT_A_LETTER_OR_DIGIT = re.compile(r"[\W_]+")
DANISH = re.compile(r"^\W*DK\W*\d", re.IGNORECASE)
BEFORE_DOMAIN = re.compile(r"^(?:[a-z]+://)?(?:www\.)?")
SHARED_DOMAINS = frozenset(
    {
        "gmail.com",
        "googlemail.com",
        "hotmail.com",
        "hotmail.dk",
        "live.com",
        "live.dk",
        "outlook.com",
        "outlook.dk",
        "msn.com",
        "yahoo.com",
        "yahoo.dk",
        "icloud.com",
        "me.com",
        "mail.dk",
        "mail.com",
        "gmx.de",
        "gmx.net",
        "web.de",
        "aol.com",
        "protonmail.com",
    }
)
"""Domains of mail providers: they say nothing about who a company is."""


def write_keys(companies: pd.DataFrame) -> pd.DataFrame:
    """The keys of companies.

    Args:
        companies: ``company_id``, ``client_id``, ``country``, ``registration_id``, ``domain``; text or missing.

    Returns:
        ``company_id``, ``client_id``, ``registration`` (with its country; missing where it cannot exist, because then
        it tells no company), ``domain`` (missing where it is shared by many) and ``registration_valid`` (missing where
        nobody can say).
    """
    number = _map(companies["registration_id"], normalise_registration)
    prefixed = companies["country"].isna() & companies["registration_id"].str.contains(DANISH, na=False)
    country = companies["country"].mask(prefixed, "DK").fillna("").astype("str")
    danish = number.where(country == "DK")
    valid = danish.map(cvr.is_valid, na_action="ignore").astype("boolean")
    return pd.DataFrame(
        {
            "company_id": companies["company_id"],
            "client_id": companies["client_id"],
            "registration": (country + " " + number).where(valid.fillna(True)),
            "domain": _map(companies["domain"], normalise_domain),
            "registration_valid": valid,
        }
    )


def normalise_keys(companies: pd.DataFrame) -> pd.DataFrame:
    """Companies with ``registration_id`` and ``domain`` written one way, so that equal ones are equal text."""
    return companies.assign(
        registration_id=_map(companies["registration_id"], normalise_registration),
        domain=_map(companies["domain"], write_domain),
    )


def normalise_registration(number: str) -> str | None:
    """A registration number without spaces, signs and a country before it.

    >>> normalise_registration("dk 12 34 56 78"), normalise_registration("HRB-98 765"), normalise_registration(" - ")
    ('12345678', 'HRB98765', None)
    """
    plain = NOT_A_LETTER_OR_DIGIT.sub("", number).upper()
    if plain.startswith("DK") and plain[2:].isdigit():
        plain = plain[2:]
    return plain or None


def normalise_domain(domain: str) -> str | None:
    """The domain of a company, as :func:`write_domain`; None where it is a mail provider's.

    >>> normalise_domain("https://www.Bageriet-Ærø.dk/om-os"), normalise_domain("gmail.com")
    ('bageriet-ærø.dk', None)
    """
    name = write_domain(domain)
    return None if name in SHARED_DOMAINS else name


def write_domain(domain: str) -> str | None:
    """A domain in small letters and as people read it, without address and ``www.``; None where nothing is left.

    >>> write_domain("xn--bageriet-r-l6a1t.dk/om-os"), write_domain(" WWW.GMAIL.com."), write_domain("https://")
    ('bageriet-ærø.dk', 'gmail.com', None)
    """
    name = BEFORE_DOMAIN.sub("", domain.strip().lower()).split("/")[0].split("@")[-1].rstrip(".")
    with suppress(UnicodeError):  # not a name that the net knows; it is still equal to itself
        name = name.encode("idna").decode("idna")  # one form for accents that are written in two ways, and for punycode
    return name or None


def _map(texts: pd.Series, write: Callable[[str], str | None]) -> pd.Series:
    known = {text: write(text) for text in texts.dropna().unique()}
    return texts.map(known).astype("str")
