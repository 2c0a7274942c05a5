"""Suppression: whom nobody may call, kept so that a later import does not bring them back.

Numbers, addresses and companies are kept as keyed hashes, because a telephone number can be guessed from a plain one.
``add_entries`` keeps those of a list, and ``mark_suppressed`` marks the contract rows of those who are on one.
"""

from data.suppression.digests import (
    hash_emails,
    hash_endings,
    hash_ids,
    hash_phones,
    hash_registrations,
    read_secret,
)
from data.suppression.entries import EVERYBODY, FORGOTTEN, LISTS, add_entries, find_secret
from data.suppression.marking import find_owners, mark_suppressed
from data.suppression.national_lists import NATIONAL, NationalList

__all__ = [
    "EVERYBODY",
    "FORGOTTEN",
    "LISTS",
    "NATIONAL",
    "NationalList",
    "add_entries",
    "find_owners",
    "find_secret",
    "hash_emails",
    "hash_endings",
    "hash_ids",
    "hash_phones",
    "hash_registrations",
    "mark_suppressed",
    "read_secret",
]
