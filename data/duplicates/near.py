"""Near duplicates: records that are probably one, proposed to people and never merged by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.duplicates.near_companies import propose_companies
from data.duplicates.near_contacts import propose_contacts

if TYPE_CHECKING:
    import pandas as pd

TEXTS = (
    *("company_id", "client_id", "country", "registration_id", "name", "domain", "region", "industry", "merged_into"),
    *("contact_id", "email", "phone"),
)


@dataclass(frozen=True, eq=False)
class Near:
    """Proposals, best first: frames of ``first`` (the id of the older record), ``second``, ``score`` and ``reasons``.

    Attributes:
        companies: pairs of companies.
        contacts: pairs of people.
    """

    companies: pd.DataFrame
    contacts: pd.DataFrame


def find_near(companies: pd.DataFrame, contacts: pd.DataFrame) -> Near:
    """Find companies and people that are probably recorded twice, within each client.

    What shares an exact key (a registration number, a domain of one company alone, an e-mail) is not near but the same,
    and not told here; companies with two registration numbers are two. Reasons are words without anything personal.

    Args:
        companies: visible rows of the contract, in any order.
        contacts: the same.
    """
    companies, contacts = (_read_texts(frame) for frame in (companies, contacts))
    near = propose_companies(companies, contacts[["company_id", "name", "phone"]])
    return Near(near, propose_contacts(contacts, companies, near))


def _read_texts(frame: pd.DataFrame) -> pd.DataFrame:
    """Text as text, also where a whole column is missing."""
    return frame.astype({name: "str" for name in TEXTS if name in frame})
