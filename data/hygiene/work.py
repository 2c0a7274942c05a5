"""Rules about the work on leads: duplicates, next actions, meetings, opportunities and outcomes."""

from __future__ import annotations

from data.hygiene.rule import GRACE_DAYS, Rule

UNMOVED_DAYS = 45
"""An opportunity without any change for so long has been forgotten, or is lost."""

UNANSWERED_DAYS = 5
"""Sales says within so many days whether it takes a lead that it was handed."""

HANDED_OVER = "('qualified', 'meeting', 'opportunity')"

DUPLICATE_LEAD = Rule(
    "duplicate_lead",
    "leads",
    "a person is worked twice in one campaign",
    "close one of the two",
    """
        SELECT lead_id AS row_id, 'same person as ' || first AS detail
        FROM (SELECT lead_id, first_value(lead_id) OVER same AS first FROM open_leads WHERE contact_id IS NOT NULL
              WINDOW same AS (PARTITION BY campaign_id, contact_id ORDER BY occurred_at, lead_id))
        WHERE lead_id <> first""",
)

OVERDUE_ACTION = Rule(
    "overdue_next_action",
    "leads",
    "the next action of an open lead is overdue",
    "do it, or agree on another",
    f"""
        SELECT lead_id AS row_id, 'due ' || strftime(next_action_at, '%Y-%m-%d') AS detail FROM open_leads
        WHERE next_action_at < $as_of - INTERVAL {GRACE_DAYS} DAY""",
)

MISSING_ACTION = Rule(
    "missing_next_action",
    "leads",
    "a lead was handed over without a next action",
    "agree on one with the contact",
    f"""
        SELECT lead_id AS row_id, stage AS detail FROM open_leads
        WHERE stage IN {HANDED_OVER} AND trim(coalesce(next_action, '')) = ''""",
)

MISSING_CONSENT = Rule(
    "missing_consent",
    "leads",
    "a lead was handed over without the contact's consent",
    "ask for it and register it",
    f"""
        WITH said AS (
            SELECT contact_id, consent FROM consents QUALIFY row_number() OVER (
                PARTITION BY contact_id ORDER BY occurred_at DESC, consent <> 'given' DESC) = 1)
        SELECT l.lead_id AS row_id, l.stage AS detail FROM open_leads l
        WHERE l.stage IN {HANDED_OVER}
          AND NOT EXISTS (SELECT 1 FROM said WHERE said.contact_id = l.contact_id AND consent = 'given')""",
)

_HANDOVERS = f"""
    SELECT l.lead_id, l.stage, max(s.occurred_at) AS handed_at, max(a.occurred_at) AS answered_at,
           max_by(a.answer, a.occurred_at) AS answer, max_by(a.reason, a.occurred_at) AS reason
    FROM open_leads l JOIN lead_stages s ON s.lead_id = l.lead_id AND s.stage = 'qualified'
    LEFT JOIN handover_answers a ON a.lead_id = l.lead_id
    WHERE l.stage IN {HANDED_OVER} GROUP BY l.lead_id, l.stage"""
"""SQL: open leads that were handed over, the last time and what sales said last."""

UNANSWERED_HANDOVER = Rule(
    "unanswered_handover",
    "leads",
    "sales has not said whether it takes a lead",
    "ask sales to accept or reject it",
    f"""
        SELECT lead_id AS row_id, 'handed over ' || strftime(handed_at, '%Y-%m-%d') AS detail FROM ({_HANDOVERS})
        WHERE stage <> 'opportunity' AND handed_at < $as_of - INTERVAL {UNANSWERED_DAYS} DAY
          AND (answered_at IS NULL OR answered_at < handed_at)""",
)

REJECTED_HANDOVER = Rule(
    "rejected_handover",
    "leads",
    "sales rejected a lead that is still worked as qualified",
    "mend what sales named and hand it over again, or close it",
    f"""
        SELECT lead_id AS row_id, 'rejected: ' || reason AS detail FROM ({_HANDOVERS})
        WHERE answer = 'rejected' AND answered_at >= handed_at""",
)

MEETING_WITHOUT_OUTCOME = Rule(
    "meeting_without_outcome",
    "meetings",
    "a meeting is over and nobody said what became of it",
    "say held, no-show or cancelled",
    f"""
        SELECT m.meeting_id AS row_id, 'was to be held ' || strftime(m.starts_at, '%Y-%m-%d') AS detail
        FROM meetings m LEFT JOIN meeting_outcomes o USING (meeting_id)
        WHERE o.meeting_id IS NULL AND m.starts_at < $as_of - INTERVAL {GRACE_DAYS} DAY""",
)

UNMOVED_OPPORTUNITY = Rule(
    "unmoved_opportunity",
    "opportunities",
    "neither amount nor stage of an open opportunity has moved for long",
    "ask sales where it stands, or close it",
    f"""
        WITH last AS (
            SELECT opportunity_id, max(occurred_at) AS moved_at, max_by(stage, occurred_at) AS reached
            FROM opportunity_stages GROUP BY opportunity_id)
        SELECT o.opportunity_id AS row_id,
               'last change ' || strftime(coalesce(moved_at, o.occurred_at), '%Y-%m-%d') AS detail
        FROM opportunities o LEFT JOIN last USING (opportunity_id) JOIN open_leads USING (lead_id)
        WHERE coalesce(reached, '') NOT IN ('won', 'lost')
          AND coalesce(moved_at, o.occurred_at) < $as_of - INTERVAL {UNMOVED_DAYS} DAY""",
)

CONFLICTING_OUTCOME = Rule(
    "conflicting_outcome",
    "leads",
    "stages and deals of a lead contradict each other",
    "correct the one that is wrong",
    """
        SELECT l.lead_id AS row_id, 'stage won, and there is no deal' AS detail FROM open_leads l
        WHERE l.stage = 'won'
        UNION ALL
        SELECT l.lead_id, 'opportunity ' || min(s.opportunity_id) || ' is won, and there is no deal'
        FROM open_leads l JOIN opportunities o USING (lead_id)
        JOIN opportunity_stages s ON s.opportunity_id = o.opportunity_id AND s.stage = 'won'
        WHERE l.stage IS DISTINCT FROM 'won' GROUP BY l.lead_id""",
)

RULES = (
    DUPLICATE_LEAD,
    OVERDUE_ACTION,
    MISSING_ACTION,
    MISSING_CONSENT,
    UNANSWERED_HANDOVER,
    REJECTED_HANDOVER,
    MEETING_WITHOUT_OUTCOME,
    UNMOVED_OPPORTUNITY,
    CONFLICTING_OUTCOME,
)
