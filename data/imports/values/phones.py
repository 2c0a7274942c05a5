"""Telephone numbers: written one way (E.164), and whether such a number can exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import phonenumbers

if TYPE_CHECKING:
    import pandas as pd


def validate_phones(phones: pd.Series, valid: pd.Series, country: str) -> tuple[pd.Series, pd.Series]:
    """Normalise numbers and fill in whether they are valid, where the source does not say.

    Args:
        phones: text, any spelling; missing where there is none.
        valid: what the source says; a number it calls dead stays dead.
        country: of numbers without a country code, ISO 3166.

    Returns:
        The numbers in E.164 where they can exist, else as they were; and their validity, missing without a number.

    >>> import pandas as pd
    >>> numbers, good = validate_phones(pd.Series(["33 12 34 56", "123"]), pd.Series([None, None]), "DK")
    >>> numbers.tolist(), good.tolist()
    (['+4533123456', '123'], [True, False])
    """
    parsed = {phone: _parse(phone, country) for phone in phones.dropna().unique()}
    normal = phones.map({phone: found or phone for phone, found in parsed.items()}).astype("str")
    possible = phones.map({phone: found is not None for phone, found in parsed.items()}).astype("boolean")
    said = valid.astype("boolean")
    return normal, (said & possible.fillna(True)).fillna(possible)


def _parse(phone: str, country: str) -> str | None:
    try:
        number = phonenumbers.parse(phone, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
