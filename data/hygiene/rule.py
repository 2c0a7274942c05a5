"""A rule of hygiene: which rows of a table need a hand, and what to do about them."""

from __future__ import annotations

from dataclasses import dataclass

GRACE_DAYS = 1
"""What fell due in the last day is still being worked on."""


@dataclass(frozen=True)
class Rule:
    """One kind of fault.

    Attributes:
        name: as it stands in the figures.
        table: the contract table, or ``quarantine``, whose rows it is about.
        says: what is wrong, for people.
        do: what to do about it, for people.
        query: SQL over the visible contract tables (``…_versions`` has every version), ``open_leads``,
            ``company_keys``, ``same_companies``, ``same_contacts``, ``near_companies``, ``near_contacts`` and
            ``refused``, with the parameter ``$as_of``; columns row_id (the table's key) and detail (a sentence about
            the row, or null).
    """

    name: str
    table: str
    says: str
    do: str
    query: str
