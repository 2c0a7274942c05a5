"""Groups that a domain had put together, taken apart when it turns out to belong to two registration numbers.

So it does not matter in which order files arrive: had they come at once, the domain would have been no key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import sqlalchemy as sa

from data.company_keys import SHARED_DOMAINS
from data.duplicates.arrivals import COMPANY, TOUCHED
from data.duplicates.keys import find_same_companies
from data.duplicates.merging import find_roots
from data.duplicates.undoing import take_back

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

LENT = ("registration_id", "country", "domain")


def divide_groups(connection: sa.Connection, home: Path, at: datetime) -> None:
    """Take merges back that do not follow from the keys any more; their records count as touched.

    A group in which somebody merged by hand is left as it is.

    Args:
        connection: in the import's transaction, with ``touched``.
        home: folder of the installation.
        at: now.
    """
    connection.exec_driver_sql(TOUCHED)
    roots = find_roots(connection, "companies", _find_doubtful(connection))
    for root in sorted(set(roots.values())):
        merges = connection.execute(_GROUP, {"root": root}).all()
        if merges and not any(merge.named == "by hand" for merge in merges) and _falls_apart(connection, root, merges):
            for merge in merges:
                take_back(connection, home, merge.merge_id, at, apart=False)
            members = [root, *(merge.merged for merge in merges)]
            connection.execute(_TOUCH, {"records": members})


def _find_doubtful(connection: sa.Connection) -> set[str]:
    """Merged companies whose domain was touched and stands at several numbers, merged or not."""
    merged = list(connection.execute(_MERGED).scalars())
    if not merged:
        return set()
    theirs = set(connection.execute(_DOMAINS_OF, {"records": merged}).scalars()) - SHARED_DOMAINS
    touched = theirs.intersection(connection.execute(_TOUCHED_DOMAINS).scalars()) if theirs else set()
    if not touched:
        return set()
    rows = pd.DataFrame(connection.execute(_AT_DOMAINS, {"domains": list(touched)}).all())
    numbers = rows.groupby(["client_id", "domain"])["registration_id"].transform("nunique")
    return set(rows.loc[numbers > 1, "company_id"]).intersection(merged)


def _falls_apart(connection: sa.Connection, root: str, merges: Sequence[Any]) -> bool:
    """Whether the group's own keys, without what merges lent, make more than one company of it."""
    members = [root, *(merge.merged for merge in merges)]
    rows = pd.DataFrame(connection.execute(_WITH_DOMAINS, {"members": members}).all(), columns=[*COMPANY, "lent"])
    own = rows.drop(columns="lent").astype({name: "str" for name in COMPANY if name != "occurred_at"})
    for field in LENT:
        own[field] = own[field].mask(rows["lent"].map(lambda fields, field=field: field in (fields or ())))
    same = find_same_companies(own)
    kept = same.set_index("merged")["kept"]
    return len({kept.get(member, member) for member in members}) > 1


_MERGED = sa.text("""
    SELECT kept FROM merges WHERE table_name = 'companies' AND undone_at IS NULL
    UNION SELECT merged FROM merges WHERE table_name = 'companies' AND undone_at IS NULL""")

_DOMAINS_OF = sa.text("""
    SELECT DISTINCT domain FROM companies
    WHERE superseded_at IS NULL AND domain IS NOT NULL AND company_id = ANY(CAST(:records AS text[]))""")

_TOUCHED_DOMAINS = sa.text("""
    SELECT DISTINCT domain FROM companies JOIN touched ON record_id = company_id AND party = 'companies'
    WHERE superseded_at IS NULL AND domain IS NOT NULL""")

_AT_DOMAINS = sa.text("""
    SELECT company_id, client_id, domain, registration_id FROM companies
    WHERE superseded_at IS NULL AND domain = ANY(CAST(:domains AS text[]))""")

_GROUP = sa.text("""
    WITH RECURSIVE below AS (
        SELECT merge_id, merged, named FROM merges
        WHERE table_name = 'companies' AND undone_at IS NULL AND kept = :root
        UNION SELECT m.merge_id, m.merged, m.named FROM merges m JOIN below b ON m.kept = b.merged
        WHERE m.table_name = 'companies' AND m.undone_at IS NULL)
    SELECT * FROM below ORDER BY merge_id DESC""")

_WITH_DOMAINS = sa.text("""
    SELECT c.company_id, c.client_id, c.country, c.registration_id, c.domain, c.occurred_at,
           (SELECT array_agg(v.field) FROM merge_changes v JOIN merges m USING (merge_id)
            WHERE v.table_name = 'companies' AND v.record_id = c.company_id AND m.undone_at IS NULL
              AND m.table_name = 'companies' AND m.kept = c.company_id AND v.field <> 'merged_into')
    FROM companies c
    WHERE c.superseded_at IS NULL
      AND (c.company_id = ANY(CAST(:members AS text[])) OR (c.client_id, c.domain) IN (
          SELECT o.client_id, o.domain FROM companies o
          WHERE o.superseded_at IS NULL AND o.company_id = ANY(CAST(:members AS text[]))))""")

_TOUCH = sa.text("INSERT INTO touched SELECT 'companies', key FROM unnest(CAST(:records AS text[])) AS k(key)")
