"""What cannot be computed from a flat export, and what is missing for it."""

from __future__ import annotations

NEVER = (
    "No calls: contact rate, talk time and attempts cannot be computed, and ROI says that there is no call data.",
    "No meetings and no opportunities: show rate and weighted pipeline cannot be computed.",
    "No costs: ROI, cost per lead and cost per acquisition cannot be computed; add [tables.costs].",
)
"""A flat row is one lead at one moment; these come with other files."""

WITHOUT = {
    "created": "No date of the leads: figures per month and a backtest in order of time cannot be computed; all leads"
    ' stand at 2000-01-01. If the rows are in order of time, write order = "rows", and if day and month are there,'
    " add [moments].",
    "amount": "No deal amount that is filled in wherever a lead was won: deals count with 0, so expected value and"
    " income cannot be computed.",
    "phone": "No telephone number: nobody may be called, so call lists stay empty.",
    "registration_id": "No CVR number: companies cannot be told apart for certain, so each row is its own company.",
    "campaign": "No campaign: all rows are one campaign, and campaigns cannot be compared.",
}
"""Role of a column that is not there: what that means."""

CONSENT = (
    "No consent: a lead may be called only where its campaign says calls_without_consent = true; add it under"
    " [tables.campaigns] if the law allows that for you."
)


def list_shortcomings(roles: set[str], has_won: bool, has_lost: bool) -> list[str]:
    """Sentences on what cannot be computed.

    Args:
        roles: what columns were found for.
        has_won: some values of the outcome column say won.
        has_lost: some say lost.
    """
    notes = [*NEVER, *(sentence for role, sentence in WITHOUT.items() if role not in roles)]
    if not has_won:
        notes.append("No outcome: nothing can be learned, so there are no close probabilities; add [tables.deals].")
    elif not has_lost:
        notes.append("No lost leads: all that are not won count as open; add [tables.lead_stages] with stage lost.")
    return [*notes, CONSENT]
