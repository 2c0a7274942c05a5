"""Which records are the same: those of one client that share a registration number, a domain or an e-mail address."""

from __future__ import annotations

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

PAIRS = ["kept", "merged", "named"]


def find_same_companies(companies: pd.DataFrame) -> pd.DataFrame:
    """Companies that are one, by registration number or by domain.

    A number that cannot exist is no key, and neither is a domain of a mail provider or one that belongs to companies
    with different numbers, as in a group.

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
    owners = number.groupby([keys["client_id"], keys["domain"]]).transform("nunique")
    about = companies[["client_id", "occurred_at"]].assign(record=companies["company_id"])
    return _find_pairs(
        pd.concat(
            [
                about.assign(named="registration number", value=number),
                about.assign(named="domain", value=keys["domain"].where(owners <= 1)),
            ]
        )
    )


def find_same_contacts(contacts: pd.DataFrame) -> pd.DataFrame:
    """Contacts that are one, by e-mail address.

    Args:
        contacts: ``contact_id``, ``client_id``, ``email``, ``name`` and ``occurred_at``; all that have the address.

    Returns:
        As :func:`find_same_companies`.
    """
    address, name = _fold(contacts["email"]), _fold(contacts["name"])
    mailbox = address.map(lambda text: text.split("@")[0], na_action="ignore")
    value = address.where(~mailbox.isin(SHARED_MAILBOXES), address + " " + name)
    about = contacts[["client_id", "occurred_at"]].assign(record=contacts["contact_id"])
    return _find_pairs(about.assign(named="e-mail", value=value))


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
