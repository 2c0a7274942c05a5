"""Contacts as they come in: number and address written one way and checked, the title read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.imports.values.emails import validate_emails
from data.imports.values.phones import validate_phones
from data.titles import read_levels

if TYPE_CHECKING:
    import pandas as pd


def complete_contacts(contacts: pd.DataFrame, country: str) -> pd.DataFrame:
    """Fill in what the source does not say of its contacts.

    Args:
        contacts: typed rows with all contract columns.
        country: of telephone numbers without a country code, ISO 3166.

    Returns:
        The rows with ``phone`` and ``phone_valid``, ``email`` and ``email_valid``; and where no ``decision_level`` is
        given and the title says one, with that, marked by ``decision_level_read``.
    """
    phone, phone_valid = validate_phones(contacts["phone"], contacts["phone_valid"], country)
    email, email_valid = validate_emails(contacts["email"], contacts["email_valid"])
    given = contacts["decision_level"]
    read = read_levels(contacts["title"]).where(given.isna())
    return contacts.assign(
        phone=phone,
        phone_valid=phone_valid,
        email=email,
        email_valid=email_valid,
        decision_level=given.fillna(read),
        decision_level_read=contacts["decision_level_read"].mask(read.notna(), True),
    )
