"""The expected amount of a deal, for leads whose opportunity does not state one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import numpy as np

from data.frames import empty_table

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

    from data.frames import Tables

PRIOR_DEALS = 5.0


@dataclass(frozen=True)
class Amounts:
    """Expected amounts in minor units.

    Attributes:
        by_campaign: mean of a campaign's deals, drawn towards its usual amount as by five deals.
        overall: for campaigns without either; None where no amount is known at all.
    """

    by_campaign: dict[str, int]
    overall: int | None

    def expect(self, campaign: pd.Series, stated: pd.Series) -> pd.Series:
        """The amount of each lead: what its opportunity states, else what its campaign lets expect.

        Args:
            campaign: campaign ids (n,).
            stated: amounts stated by sales, missing where none (n,).

        Returns:
            Whole minor units (n,), missing where nothing is known.
        """
        expected = campaign.map(self.by_campaign).astype("Float64")
        if self.overall is not None:
            expected = expected.fillna(float(self.overall))
        return stated.astype("Float64").fillna(expected).round().astype("Int64")


def fit_amounts(tables: Tables, cut: datetime) -> Amounts:
    """Learn the amounts from the deals known at ``cut``."""
    query = """
        WITH known AS (
            SELECT l.campaign_id, d.amount_minor FROM deals d
            JOIN (SELECT lead_id, any_value(campaign_id) AS campaign_id FROM leads GROUP BY lead_id) l USING (lead_id)
            WHERE greatest(d.occurred_at, d.known_at) < $cut AND (d.superseded_at IS NULL OR d.superseded_at >= $cut)),
        sums AS (
            SELECT campaign_id, sum(amount_minor)::BIGINT AS total, count(*) AS deals FROM known GROUP BY campaign_id),
        usual AS (
            SELECT campaign_id, arg_max(deal_amount_minor, known_at) AS amount FROM campaigns
            WHERE greatest(occurred_at, known_at) < $cut GROUP BY campaign_id)
        SELECT campaign_id, coalesce(total, 0) AS total, coalesce(deals, 0) AS deals, amount
        FROM sums FULL JOIN usual USING (campaign_id) ORDER BY campaign_id"""
    with duckdb.connect() as connection:
        for name in ("leads", "deals", "campaigns"):
            connection.register(name, tables.get(name, empty_table(name)))
        rows = connection.execute(query, {"cut": cut}).df()
    deals = int(rows["deals"].sum())
    overall = rows["total"].sum() / deals if deals else rows["amount"].mean()
    prior = rows["amount"].fillna(overall)
    expected = ((rows["total"] + PRIOR_DEALS * prior) / (rows["deals"] + PRIOR_DEALS)).dropna().round().astype(int)
    by_campaign = dict(zip(rows.loc[expected.index, "campaign_id"], map(int, expected), strict=True))
    return Amounts(by_campaign, None if np.isnan(overall) else round(overall))
