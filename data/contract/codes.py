"""The coded lists of the contract: one spelling for each thing that is counted."""

from __future__ import annotations

DISPOSITIONS = (
    "no_answer",
    "busy",
    "voicemail",
    "invalid_number",
    "wrong_person",
    "gatekeeper",
    "callback",
    "information_sent",
    "interested",
    "meeting_booked",
    "not_interested",
    "do_not_call",
)
"""The result of a call."""

CONNECTS = ("callback", "information_sent", "interested", "meeting_booked", "not_interested", "do_not_call")
"""Dispositions of a call in which the contact was reached; connects ÷ calls is the contact rate."""

LEAD_STAGES = ("new", "contacted", "qualified", "meeting", "opportunity", "won", "lost")
"""Where a lead stands; ``won`` and ``lost`` end it."""

OPPORTUNITY_STAGES = ("discovery", "demo", "proposal", "negotiation", "won", "lost")
"""Where a sales case stands."""

LOST_REASONS = (
    "no_need",
    "no_budget",
    "no_authority",
    "timing",
    "competitor",
    "price",
    "unreachable",
    "consent_withdrawn",
    "other",
)

HANDOVER_ANSWERS = ("accepted", "rejected")
"""What sales says to a lead that it is handed."""

REJECTION_REASONS = (
    "no_need",
    "no_budget",
    "wrong_person",
    "bad_data",
    "not_reachable",
    "timing",
    "duplicate",
    "other",
)
"""Why sales rejects a lead that it is handed."""

DECISION_LEVELS = ("decision_maker", "influencer", "other")

CONSENTS = ("given", "refused", "withdrawn")

MEETING_OUTCOMES = ("held", "no_show", "cancelled")

COST_CATEGORIES = ("hours", "technology", "data", "project_management", "training", "other")

NATIONAL_LISTS = ("tps", "ctps", "bloctel", "reservasjonsregisteret", "nix")
"""Lists that other countries than Denmark keep of numbers not to be called; :mod:`data.suppression.national_lists`."""

CHANNELS = ("phone", "email", "event", "web", "inbound", "advertising", "partner")

CALL_LOGS = ("dialer", "hand")

SIGNALS = ("hiring", "funding", "relocation", "new_management", "tender", "expansion", "web_visit", "other")
"""Events at a company that make it worth a call now."""

QUESTIONS = ("list", "rep", "pipeline")
"""Who asked for a score: a call list about the lead to be called, a sales rep about one lead, or the pipeline, which
is all open leads at a moment."""
