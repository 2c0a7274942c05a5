"""Which records are the same: those of one client that share a registration number, a domain or an e-mail address."""

from __future__ import annotations

from itertools import combinations, starmap

import numpy as np
import pandas as pd

from data.company_keys import write_keys

SHARED_MAILBOXES = frozenset(
    {
        *("admin", "contact", "hello", "hr", "info", "invoice", "job", "mail", "office", "post", "sales", "service"),
        *("bogholderi", "faktura", "hej", "kontakt", "kontor", "reception", "salg", "support"),
    }
)
"""Mailboxes that several people read: there, the name has to be the same as well."""

LEAST_DIGITS = 4
"""A registration number has at least so many, not all the same: a dash or "N/A" in their place is none."""

PAIRS = ["kept", "merged", "named"]


def find_same_companies(companies: pd.DataFrame) -> pd.DataFrame:
    """Companies that are one, by registration number or by domain.

    A number that cannot exist or a word in its place is no key, and neither is a domain of a mail provider or one that
    belongs to companies with different numbers, as in a group.

    Args:
        companies: ``company_id``, ``client_id``, ``country``, ``registration_id``, ``domain`` and ``occurred_at``; all
            companies that have one of the domains, or its number.

    Returns:
        ``kept`` (the oldest of those that are one), ``merged`` (another of them) and ``named`` (the key).

    >>> rows = [("a", "n", "DK", "10150817", None), ("b", "n", None, "DK 10 15 08 17", "bager.dk")]
    >>> frame = pd.DataFrame(rows, columns=["company_id", "client_id", "country", "registration_id", "domain"])
    >>> find_same_companies(frame.assign(occurred_at=pd.Timestamp("2026-01-01", tz="UTC"))).to_numpy().tolist()
    [['a', 'b', 'registration number']]
    """
    keys = write_keys(companies).set_axis(companies.index)
    number = keys["registration"].mask(keys["registration_valid"].eq(False).fillna(False).astype(bool))
    number = number.where(number.map(_is_number, na_action="ignore").fillna(False).astype(bool))
    domain = keys["domain"].where(keys["domain"].str.contains(".", regex=False, na=False))
    owners = number.groupby([keys["client_id"], domain]).transform("nunique")
    about = companies[["client_id", "occurred_at"]].assign(record=companies["company_id"])
    return _find_pairs(
        pd.concat(
            [
                about.assign(named="registration number", value=number),
                about.assign(named="domain", value=domain.where(owners <= 1)),
            ]
        )
    )


def find_same_contacts(contacts: pd.DataFrame) -> pd.DataFrame:
    """Contacts that are one, by e-mail address; by address and name where several people have the address.

    Args:
        contacts: ``contact_id``, ``client_id``, ``email``, ``name`` and ``occurred_at``; all that have the address.

    Returns:
        As :func:`find_same_companies`.
    """
    address, name = _fold(contacts["email"]), _fold(contacts["name"])
    address = address.where(address.str.contains("@", regex=False, na=False))
    mailbox = address.map(lambda text: text.split("@")[0], na_action="ignore")
    shared = mailbox.isin(SHARED_MAILBOXES) | _is_shared(contacts["client_id"], address, name)
    value = address.where(~shared, address + " " + name)
    about = contacts[["client_id", "occurred_at"]].assign(record=contacts["contact_id"])
    return _find_pairs(about.assign(named="e-mail", value=value))


def _is_shared(client: pd.Series, address: pd.Series, name: pd.Series) -> pd.Series:
    """Which addresses stand at different names."""
    named = pd.DataFrame({"client": client, "address": address, "name": name}).dropna().drop_duplicates()
    named = named[named.duplicated(["client", "address"], keep=False)]
    groups = named.groupby(["client", "address"])["name"]
    shared = {key for key, names in groups if any(starmap(_differ, combinations(names, 2)))}
    return pd.Series([pair in shared for pair in zip(client, address, strict=True)], index=address.index, dtype="bool")


def _differ(name: str, other: str) -> bool:
    """Whether names are those of two people: neither has all words of the other, and they begin otherwise."""
    words, others = name.split(), other.split()
    return not (set(words) <= set(others) or set(others) <= set(words) or words[0] == others[0])


def _is_number(registration: str) -> bool:
    digits = [sign for sign in registration if sign.isdigit()]
    return len(digits) >= LEAST_DIGITS and len(set(digits)) > 1


def _fold(texts: pd.Series) -> pd.Series:
    """Texts with capital letters and spaces alike; missing where nothing is left."""
    known = {text: " ".join(text.casefold().split()) or None for text in texts.dropna().unique()}
    return texts.map(known).astype("str")


def _find_pairs(keyed: pd.DataFrame) -> pd.DataFrame:
    """Records that hang together by equal values, each with the oldest of them."""
    from scipy.sparse import coo_array  # loaded when it is needed: every command imports this room
    from scipy.sparse.csgraph import connected_components

    keyed = keyed.dropna(subset="value")
    keyed = keyed[keyed.duplicated(["client_id", "named", "value"], keep=False)]
    records = keyed.sort_values(["occurred_at", "record"]).drop_duplicates("record")["record"].to_numpy()
    place = pd.Index(records).get_indexer(keyed["record"])
    value = keyed.groupby(["client_id", "named", "value"]).ngroup().to_numpy()
    links = coo_array((np.ones(len(keyed)), (place, value)), shape=(len(records), len(keyed)))
    _, group = connected_components(links @ links.T, directed=False) if len(keyed) else (0, np.empty(0, int))
    named = keyed.sort_values("named", ascending=False).drop_duplicates("record").set_index("record")["named"]
    pairs = pd.DataFrame({"kept": pd.Series(records).groupby(group).transform("first"), "merged": records}, dtype="str")
    pairs = pairs.assign(named=named.reindex(records).to_numpy())
    return pairs[pairs["kept"] != pairs["merged"]].reset_index(drop=True)[PAIRS]
