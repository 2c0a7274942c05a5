"""Companies and people once more under another id and without a key in common, so that only a person can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from benchmarks.misspelling import put_last_first
from benchmarks.party_names import draw_coined
from benchmarks.sound_history import add_rows

if TYPE_CHECKING:
    from benchmarks.planted_faults import Planted

LATER = pd.Timedelta(hours=2)


def plant_near(planted: Planted) -> None:
    """Plant near duplicates among those that no other fault has recorded twice."""
    plant_near_companies(planted)
    plant_near_contacts(planted)


def plant_near_companies(planted: Planted) -> None:
    """Companies with a name of their own, once more without number, at another domain and in capital letters."""
    companies = planted.frames["companies"]
    spoiled = planted.faults["duplicate_company"] | planted.faults["invalid_registration"]
    chosen = planted.draw(set(companies["company_id"]) - spoiled - {key.removesuffix("-again") for key in spoiled})
    theirs = companies["company_id"].isin(chosen)
    coined = [draw_coined(planted.generator, syllables=5) for _ in range(theirs.sum())]
    companies.loc[theirs, "name"] = pd.Series(coined, companies.index[theirs]) + " " + companies["name"][theirs]
    rows = companies[theirs]
    domain = rows["domain"].str.removesuffix(".dk") + ".com"
    twins = rows.assign(name=rows["name"].str.upper(), registration_id=None, domain=domain)
    planted.record("near_duplicate_company", _add_later(planted, "companies", twins))


def plant_near_contacts(planted: Planted) -> None:
    """People once more at the same company and with the same telephone, without e-mail and with the last name first."""
    contacts = planted.frames["contacts"]
    twice = planted.faults["duplicate_contact"]
    chosen = planted.draw(set(contacts["contact_id"]) - twice - {key.removesuffix("-again") for key in twice})
    rows = contacts[contacts["contact_id"].isin(chosen)]
    names = [put_last_first(planted.generator, name) for name in rows["name"]]
    planted.record("near_duplicate_contact", _add_later(planted, "contacts", rows.assign(name=names, email=None)))


def _add_later(planted: Planted, table: str, rows: pd.DataFrame) -> set[str]:
    keys, later = rows.iloc[:, 0] + "-near", rows["occurred_at"] + LATER
    twins = rows.assign(**{rows.columns[0]: keys}, occurred_at=later, known_at=later)
    add_rows(planted.frames, table, twins)
    return set(keys)
