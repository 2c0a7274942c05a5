"""What is known of two companies besides their names: domain, country, region, industry, size and age."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from data.duplicates.evidence import Evidence, Flags

DOMAIN_BITS, OTHER_DOMAIN_BITS = 4.0, -4.0

FACTS = (
    ("country", 0.0, -6.0, None),
    ("region", 2.0, -3.0, "same region"),
    ("industry", 2.0, -3.0, "same industry"),
    ("founded_year", 4.0, -4.0, "founded in the same year"),
)
"""Columns with the bits where both are the same, those where they are not, and the reason in words."""

SIZE_BITS, OTHER_SIZE_BITS = 1.5, -2.5
SIZE_RATIO, FEW = 1.5, 2
"""Employees of one company, counted twice, differ by less than this ratio, or by so few."""


def weigh_facts(evidence: Evidence, first: pd.DataFrame, second: pd.DataFrame) -> None:
    """Add what the facts of each pair tell; what one of them lacks tells nothing."""
    told = zip(first["domain"].tolist(), second["domain"].tolist(), strict=True)
    slips = np.array([_count_slips(one, other) for one, other in told])
    known = _know(first, second, "domain")
    evidence.add(known & (slips == 0), DOMAIN_BITS, "domain alike")
    evidence.add(known & (slips > 1), OTHER_DOMAIN_BITS)
    for field, same_bits, other_bits, reason in FACTS:
        known, same = _know(first, second, field), _flag(_write(first[field]).eq(_write(second[field])))
        evidence.add(known & same, same_bits, reason)
        evidence.add(known & ~same, other_bits)
    known = _know(first, second, "employees")
    near = known & _is_same_size(first["employees"], second["employees"])
    evidence.add(near, SIZE_BITS)
    evidence.add(known & ~near, OTHER_SIZE_BITS)


def cut_domain(domain: str) -> str:
    """A domain without its last part and without hyphens.

    >>> cut_domain("holm-byg.dk"), cut_domain("holmbyg.com")
    ('holmbyg', 'holmbyg')
    """
    return domain.rpartition(".")[0].replace("-", "") or domain


def _count_slips(first: object, second: object) -> int:
    """How many letters two domains are apart, up to 2.

    One slip tells nothing: the domains of two companies whose names are a letter apart are so, too.
    """
    if not isinstance(first, str) or not isinstance(second, str):
        return 0
    return OSA.distance(cut_domain(first), cut_domain(second), score_cutoff=1)


def _is_same_size(first: pd.Series, second: pd.Series) -> Flags:
    one, other = (pd.to_numeric(side).to_numpy("float64", na_value=np.nan) for side in (first, second))
    return np.abs(one - other) <= np.maximum((SIZE_RATIO - 1) * np.minimum(one, other), FEW)


def _know(first: pd.DataFrame, second: pd.DataFrame, field: str) -> Flags:
    return (first[field].notna() & second[field].notna()).to_numpy(bool)


def _write(values: pd.Series) -> pd.Series:
    return values.astype("str").str.strip().str.casefold()


def _flag(values: pd.Series) -> Flags:
    return values.fillna(False).to_numpy(bool)
