"""One lead's view: where it stands, what it is worth and why, what was done, and whether it may be called now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

from data.gate import may_call
from data.scores import repeat_score
from serving.kept_leads import KeptLead, find_kept_lead, refresh_lead
from serving.known_leads import require_lead
from serving.messages import LeadScore, LeadView, PastCall, ScoreReason
from serving.past_scores import find_score, list_scores
from training import explain_scores

if TYPE_CHECKING:
    from datetime import datetime

    from serving.desk import Desk
    from training import Artefact

REASONS = 6
CALLS_SHOWN = 50


def view_lead(desk: Desk, lead_id: str, client_id: str | None, language: str = "en") -> LeadView:
    """Everything that a sales rep needs to know about a lead.

    Args:
        desk: the service's.
        lead_id: the lead.
        client_id: whose leads may be seen; None for all.
        language: of the reasons.

    Raises:
        NotFound: the lead is not known, or another client's.
    """
    at = desk.clock()
    with desk.store.transaction() as connection:
        require_lead(connection, lead_id, client_id)
    kept = _find_features(desk, lead_id, at) if desk.champion.loaded else None
    with desk.store.transaction() as connection:
        gate = may_call(connection, [lead_id], at).iloc[0]
        score = find_score(connection, lead_id, desk.judge) if kept else None
        facts = _read_facts(connection, lead_id)
        if score:
            repeat_score(connection, lead_id, score.as_of, score.model_version, question="rep", arrived_at=at)
        return LeadView(
            lead_id=lead_id,
            may_call=bool(gate["allowed"]),
            why_not=None if gate["allowed"] else f"{gate['reason']} ({gate['source']})",
            score=score and _bound(desk.champion.artefact, score, str(facts["campaign_id"])),
            reasons=_explain(desk.champion.artefact, kept, language) if kept else [],
            history=list_scores(connection, lead_id, desk.judge),
            calls=_list_calls(connection, lead_id),
            **facts,
        )


def _find_features(desk: Desk, lead_id: str, at: datetime) -> KeptLead | None:
    """The kept features, computed now where they have aged; None where the lead is closed."""
    artefact = desk.champion.artefact
    with desk.store.transaction() as connection:
        kept = find_kept_lead(connection, lead_id, artefact.version, at)
    if kept is None and refresh_lead(desk, lead_id, artefact, question="rep", at=at):
        with desk.store.transaction() as connection:
            kept = find_kept_lead(connection, lead_id, artefact.version, at)
    return kept


def _bound(artefact: Artefact, score: LeadScore, campaign_id: str) -> LeadScore:
    """The score with its interval, which is not logged: the version and the probability say it again exactly."""
    if score.model_version != artefact.version or artefact.intervals is None:
        return score
    low, high = artefact.bound(np.array([score.probability]), pd.Series([campaign_id]))
    return score.model_copy(update={"probability_low": float(low[0]), "probability_high": float(high[0])})


def _explain(artefact: Artefact, kept: KeptLead, language: str) -> list[ScoreReason]:
    if kept.model_version != artefact.version:  # another version was promoted in between
        return []
    (found,) = explain_scores(artefact, kept.row[None, :], most=REASONS, language=language)
    return [ScoreReason.of(reason) for reason in found]


def _list_calls(connection: sa.Connection, lead_id: str) -> list[PastCall]:
    rows = connection.execute(_CALLS, {"lead": lead_id, "most": CALLS_SHOWN}).mappings()
    return [PastCall(**row) for row in rows]


def _read_facts(connection: sa.Connection, lead_id: str) -> dict[str, Any]:
    return dict(connection.execute(_FACTS, {"lead": lead_id}).mappings().one())


_CALLS = sa.text("""
    SELECT occurred_at, agent_id, talk_seconds, disposition FROM calls
    WHERE lead_id = :lead AND superseded_at IS NULL ORDER BY occurred_at DESC, call_id LIMIT :most""")

_FACTS = sa.text("""
    SELECT l.campaign_id, m.name AS campaign_name, k.name AS company_name, p.title, c.currency,
           l.next_action, l.next_action_at,
           CASE WHEN EXISTS (SELECT FROM deals d WHERE d.lead_id = l.lead_id AND d.superseded_at IS NULL) THEN 'won'
                ELSE coalesce((SELECT s.stage FROM lead_stages s WHERE s.lead_id = l.lead_id AND s.superseded_at IS NULL
                               ORDER BY s.occurred_at DESC, s.known_at DESC, s.lead_stage_id DESC LIMIT 1), 'new')
           END AS stage
    FROM leads l
    JOIN campaigns m ON m.campaign_id = l.campaign_id AND m.superseded_at IS NULL
    JOIN clients c ON c.client_id = m.client_id AND c.superseded_at IS NULL
    LEFT JOIN companies k ON k.company_id = l.company_id AND k.superseded_at IS NULL
    LEFT JOIN contacts p ON p.contact_id = l.contact_id AND p.superseded_at IS NULL
    WHERE l.lead_id = :lead AND l.superseded_at IS NULL""")
