"""E-mail addresses: written one way, and whether such an address can exist. Nobody is asked for it on the net."""

from __future__ import annotations

from typing import TYPE_CHECKING

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

if TYPE_CHECKING:
    import pandas as pd

PLAIN = r"[A-Za-z0-9_%+-]{1,30}(?:\.[A-Za-z0-9_%+-]{1,30})?@(?:[a-z0-9][a-z0-9]{1,30}\.){1,3}[a-z]{2,10}"
"""Addresses that need no closer look: they are valid, and written as they shall be, unless they are :data:`SPECIAL`."""

SPECIAL = rf"[.@](?:{'|'.join(name.replace('.', '[.]') for name in SPECIAL_USE_DOMAIN_NAMES)})$"
"""Domains set aside for special use (RFC 6761)."""


def validate_emails(emails: pd.Series, valid: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Normalise addresses and fill in whether they are valid, where the source does not say.

    Args:
        emails: text, any spelling; missing where there is none.
        valid: what the source says; an address that it calls wrong stays so.

    Returns:
        The addresses with their domain in small letters and as people read it, not in the net's form (punycode), those
        that cannot exist as they were; and their validity, missing without an address.

    >>> import pandas as pd
    >>> addresses, good = validate_emails(pd.Series(["Anne@BÆGER.dk ", "anne(at)baeger.dk"]), pd.Series([None, None]))
    >>> addresses.tolist(), good.tolist()
    (['Anne@bæger.dk', 'anne(at)baeger.dk'], [True, False])
    """
    unlike = ~emails.str.fullmatch(PLAIN, na=True) | emails.str.contains(SPECIAL, na=False)
    known = {email: _normalise(email) for email in emails[unlike].unique()}
    normal = emails.mask(unlike, emails.map({email: found or email for email, found in known.items()}))
    possible = (~emails.isin([email for email, found in known.items() if found is None])).astype("boolean")
    possible = possible.mask(emails.isna())
    said = valid.astype("boolean")
    return normal, (said & possible.fillna(True)).fillna(possible)


def _normalise(email: str) -> str | None:
    try:
        found = validate_email(email.strip(), check_deliverability=False)
    except EmailNotValidError:
        return None
    return found.normalized
