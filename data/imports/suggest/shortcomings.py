"""What can and what cannot be computed from a flat export, and what is missing for it."""

from __future__ import annotations

NEVER = (
    "No calls: contact rate, talk time and attempts cannot be computed, and ROI says that there is no call data; add a"
    " file of calls ([tables.calls]).",
    "No meetings: show rate and booking rate cannot be computed; add [tables.meetings].",
    "No opportunities: weighted pipeline cannot be computed; add [tables.opportunities] with amount and probability.",
    "No costs: ROI, cost per lead and cost per acquisition cannot be computed; add [tables.costs].",
    "No touches in other channels: attribution cannot be computed, and the phone has all the credit; add"
    " [tables.touches].",
    "One row is a lead as it is now, not as it was: what changed on the way cannot be seen, so features count as known"
    " from the lead's date, and learning from what was known at the time needs known_at, or an import of each export"
    " as it comes.",
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
    "No consent: where the law of a lead's country asks for it (docs/may-call.md), the lead may not be called; of other"
    " countries only if its campaign says calls_without_consent = true, under [tables.campaigns]."
)


ABILITIES = {
    "created": "figures per month and a backtest in order of time",
    "amount": "income and deal size",
    "campaign": "a comparison of campaigns",
    "segment": "a comparison of segments",
    "industry": "rates by industry",
    "phone": "call lists, where consent allows calls",
}
"""Role of a column that is there: what it gives."""


def list_abilities(roles: set[str], has_won: bool, has_lost: bool) -> list[str]:
    """One sentence on what can be computed, if anything can; the arguments are those of :func:`list_shortcomings`.

    >>> list_abilities({"amount"}, True, True)
    ['Can be computed from this file: win rate and close probabilities; income and deal size; expected value.']
    """
    outcomes = ["win rate and close probabilities"] if has_won and has_lost else ["deals won"] if has_won else []
    found = outcomes + [words for role, words in ABILITIES.items() if role in roles]
    found += ["expected value"] if has_won and has_lost and "amount" in roles else []
    return [f"Can be computed from this file: {'; '.join(found)}."] if found else []


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
