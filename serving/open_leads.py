"""The open leads of a campaign at a moment, and whether each may be called then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from data.gate import decide_calls

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from data.gate import Decision

BATCH = 512


def see_at(alias: str) -> str:
    """The SQL condition that a row had happened and was known before ``:at``, and had not been replaced by then."""
    return (
        f"{alias}.occurred_at < :at AND {alias}.known_at < :at"
        f" AND ({alias}.superseded_at IS NULL OR {alias}.superseded_at >= :at)"
    )


def list_open_leads(connection: sa.Connection, campaign_id: str, at: datetime) -> Sequence[str]:
    """All leads of a campaign that are neither won nor lost: those called least often first, then the oldest."""
    return connection.execute(_OPEN, {"campaign": campaign_id, "at": at}).scalars().all()


def decide_leads(connection: sa.Connection, leads: Sequence[str], at: datetime) -> Iterator[Decision]:
    """The gate's decision about each lead at a moment; asked in batches, as far as needed."""
    for start in range(0, len(leads), BATCH):
        yield from decide_calls(connection, leads[start : start + BATCH], at)


_OPEN = sa.text(f"""
    SELECT l.lead_id
    FROM leads l LEFT JOIN calls c ON c.lead_id = l.lead_id AND {see_at("c")}
    WHERE l.campaign_id = :campaign AND {see_at("l")}
      AND NOT EXISTS (SELECT FROM deals d WHERE d.lead_id = l.lead_id AND {see_at("d")})
      AND NOT EXISTS (SELECT FROM lead_stages s
                      WHERE s.lead_id = l.lead_id AND s.stage IN ('won', 'lost') AND {see_at("s")})
    GROUP BY l.lead_id, l.occurred_at
    ORDER BY count(c.call_id), l.occurred_at, l.lead_id""")
