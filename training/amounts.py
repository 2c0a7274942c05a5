"""The expected amount of a deal, for leads whose opportunity does not state one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.visible import open_visible

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

    from data.frames import Tables

PRIOR_DEALS = 5.0
STATED_AMOUNT, USUAL_AMOUNT = "opportunity_amount_minor", "usual_deal_amount_minor"
"""Features that say what a deal is worth."""
READ = ("campaigns", "clients", "deals", "leads")

BOOKED = """
    WITH booked AS (
        SELECT campaign_id, currency, sum(amount_minor)::BIGINT AS total, count(*) AS deals
        FROM deals JOIN leads USING (lead_id) GROUP BY campaign_id, currency),
    usual AS (
        SELECT campaign_id, deal_amount_minor AS usual, currency FROM campaigns LEFT JOIN clients USING (client_id)),
    most AS (
        SELECT campaign_id, arg_max(currency, (deals, currency)) AS currency FROM booked GROUP BY campaign_id),
    worked AS (
        SELECT campaign_id, usual, coalesce(usual.currency, most.currency) AS currency
        FROM usual FULL JOIN most USING (campaign_id))
    SELECT campaign_id, currency, usual, coalesce(total, 0) AS total, coalesce(deals, 0) AS deals
    FROM worked LEFT JOIN booked USING (campaign_id, currency) ORDER BY campaign_id"""
"""Campaigns with the deals in their client's currency, or where that is not known in the one of most deals."""


@dataclass(frozen=True)
class Amounts:
    """Expected amounts in minor units, each in the currency of its campaign's client.

    Attributes:
        by_campaign: mean of a campaign's deals, drawn as by five deals towards its usual amount, or where it has none
            towards the mean deal in the same currency.
    """

    by_campaign: dict[str, int]

    def expect(self, campaign: pd.Series, stated: pd.Series, usual: pd.Series) -> pd.Series:
        """The amount of each lead: what its opportunity states, else what its campaign lets expect.

        Args:
            campaign: campaign ids (n,).
            stated: amounts stated by sales, missing where none (n,).
            usual: the campaign's usual amount, missing where none (n,); it counts for campaigns that are newer than the
                amounts, since other campaigns' deals may be in another currency.

        Returns:
            Whole minor units (n,), missing where nothing is known.
        """
        expected = campaign.map(self.by_campaign).astype("Float64").fillna(usual.astype("Float64"))
        return stated.astype("Float64").fillna(expected).round().astype("Int64")


def fit_amounts(tables: Tables, cut: datetime) -> Amounts:
    """Learn the amounts from the rows visible at ``cut``, each currency from its own deals alone."""
    with open_visible(tables, READ, cut) as connection:
        rows = connection.execute(BOOKED).df()
    by_currency = rows.groupby("currency", dropna=False)
    sums = by_currency[["total", "deals"]].transform("sum")
    mean_deal = (sums["total"] / sums["deals"]).fillna(by_currency["usual"].transform("mean"))
    prior = rows["usual"].fillna(mean_deal)
    expected = ((rows["total"] + PRIOR_DEALS * prior) / (rows["deals"] + PRIOR_DEALS)).dropna().round().astype(int)
    return Amounts(dict(zip(rows.loc[expected.index, "campaign_id"], map(int, expected), strict=True)))
