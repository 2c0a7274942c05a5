"""Keyed hashes of what names a person or a company: HMAC-SHA-256 (RFC 2104) with the secret of the installation."""

from __future__ import annotations

import hmac
import os
import secrets
from typing import TYPE_CHECKING

from stdnum.dk import cvr

from data.company_keys import normalise_registration
from data.errors import EnvironmentFault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd

SECRET_BYTES = 32
ENDING_DIGITS = 8
SECRET = "secret"  # noqa: S105 - the name of the file, and of the entry that says which one it was


def read_secret(home: Path) -> bytes:
    """The secret in the home folder, made when it is first asked for; only its owner can read it.

    Raises:
        EnvironmentFault: it can be neither read nor made.
    """
    path = home / SECRET
    try:
        home.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            secret = bytes.fromhex(path.read_text(encoding="ascii"))
            if len(secret) != SECRET_BYTES:
                raise ValueError("it is cut off") from None
            return secret
        with os.fdopen(handle, "w", encoding="ascii") as file:
            secret = secrets.token_bytes(SECRET_BYTES)
            file.write(secret.hex())
            return secret
    except (OSError, ValueError) as error:
        raise EnvironmentFault(f"the secret {path} cannot be read or made ({error}); restore it.") from error


def hash_phones(phones: pd.Series, secret: bytes) -> pd.Series:
    """Digests of numbers in E.164; missing where there is none."""
    return _hash("phone", phones, str.strip, secret)


def hash_emails(emails: pd.Series, secret: bytes) -> pd.Series:
    """Digests of e-mail addresses, capital letters alike."""
    return _hash("email", emails, lambda text: text.strip().lower(), secret)


def hash_registrations(numbers: pd.Series, countries: pd.Series, secret: bytes) -> pd.Series:
    """Digests of numbers in a country's company register, Denmark's where none is said; missing where there is none.

    A Danish number that cannot exist is none: a placeholder on a list would stop calls to all who have it.
    """
    known = {text: normalise_registration(text) for text in numbers.dropna().unique()}
    plain, country = numbers.map(known), countries.fillna("DK").astype("str")
    possible = plain.map(cvr.is_valid, na_action="ignore").astype("boolean").fillna(False) | (country != "DK")
    texts = country + " " + plain.astype("str")
    return _hash("registration", texts.where(plain.notna() & possible.astype(bool)), str.strip, secret)


def hash_ids(table: str, ids: pd.Series, secret: bytes) -> pd.Series:
    """Digests of ids of a table's rows."""
    return _hash(table, ids, str, secret)


def hash_endings(numbers: pd.Series, secret: bytes) -> pd.Series:
    """Digests of the last eight digits of telephone numbers, which are the same with and without a country code."""
    return _hash("ending", numbers, lambda text: "".join(filter(str.isdigit, text))[-ENDING_DIGITS:], secret)


def _hash(kind: str, texts: pd.Series, write: Callable[[str], str], secret: bytes) -> pd.Series:
    known = {text: _digest(kind, write(text), secret) for text in texts.dropna().unique()}
    return texts.map(known).astype("str")


def _digest(kind: str, text: str, secret: bytes) -> str | None:
    return hmac.digest(secret, f"{kind}:{text}".encode(), "sha256").hex() if text else None
