"""Reasons not to call: the rules, each with its source.

What is law and what is house policy is said beside each. This is no legal advice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.gate.countries import COUNTRIES, Unasked, list_codes
from data.suppression.national_lists import NATIONAL

if TYPE_CHECKING:
    from data.gate.countries import Country
    from data.suppression.national_lists import NationalList

RESTING = "resting"
HOUSE = "house policy"


@dataclass(frozen=True)
class Rule:
    """One reason not to call.

    Attributes:
        name: what a refusal carries.
        refuses: SQL condition over the facts of :data:`data.gate.decision.DECISION`; true where the call is refused.
            None where :func:`data.gate.hours.find_closure` decides.
        source: the law, or :data:`HOUSE`.
        says: the reason, for people.
    """

    name: str
    refuses: str | None
    source: str
    says: str


def _refuse_listed(national: NationalList) -> Rule:
    condition = f"national_list = '{national.name}' AND consent IS DISTINCT FROM 'given'"
    return Rule(national.name, condition, national.source, national.says)


_CONDITIONS = {
    Unasked.COMPANIES: "sole_proprietor",
    Unasked.PRESUMED: "calls_without_consent IS NULL",
    Unasked.FORBIDDEN: "TRUE",
}
"""What makes the law of a country stop a call to who gave no consent; the campaign's word does not always help."""

_REASONS = {
    Unasked.COMPANIES: "a sole proprietor in {name} is not called without consent, and none is registered",
    Unasked.PRESUMED: "{name} asks for consent that can be presumed at least, and nothing says so",
    Unasked.FORBIDDEN: "{name} forbids calls without prior consent, and none is registered",
}


def _require_consent(country: Country) -> Rule:
    condition = f"consent IS NULL AND law_country = '{country.code}' AND {_CONDITIONS[country.unasked]}"
    name = f"consent_required_{country.code.lower()}"
    return Rule(name, condition, country.source, _REASONS[country.unasked].format(name=country.name))


RULES = (
    Rule("unknown_lead", "NOT known", HOUSE, "the lead is not known"),
    Rule("closed", "closed", HOUSE, "the lead is won or lost"),
    Rule("campaign_ended", "asked_at >= campaign_ends_at", HOUSE, "the campaign has ended"),
    Rule(
        "consent_refused",
        "consent IN ('refused', 'withdrawn')",
        "GDPR art. 21(3)",
        "the contact refused or withdrew consent",
    ),
    Rule("do_not_call", "do_not_call", "GDPR art. 21(3)", "the contact asked not to be called"),
    Rule(
        "advertising_protected",
        "advertising_protected",
        "Danish CVR Act (CVR-loven) § 19",
        "the company is protected from advertising in the company register",
    ),
    Rule(
        "robinson",
        "robinson AND sole_proprietor",
        "Danish Marketing Practices Act (markedsføringsloven) § 10(4)",
        "a sole proprietor on the Robinson list",
    ),
    *(_refuse_listed(each) for each in NATIONAL),
    Rule("invalid_number", "NOT phone_valid", HOUSE, "there is no telephone number that works"),
    *(_require_consent(country) for country in COUNTRIES if country.unasked in _CONDITIONS),
    Rule(
        "consent_missing",
        "consent IS NULL AND NOT calls_without_consent",
        f"{HOUSE}: the campaign's rule",
        "no consent is registered, and the campaign asks for it",
    ),
    Rule(
        "consent_unclear",
        "consent IS NULL AND calls_without_consent IS NULL"
        f" AND coalesce(law_country, '') NOT IN ({list_codes(*Unasked)})",
        f"{HOUSE}: not without consent where the law is not known",
        "no consent is registered, and neither the campaign nor a country whose law is known does without",
    ),
    Rule("attempts_used", "attempts >= attempt_limit", HOUSE, "the campaign's attempts are used up"),
    Rule(RESTING, "rests_until > asked_at", HOUSE, "the last call was too short a time ago"),
    Rule(
        "outside_hours",
        None,
        HOUSE,
        "it is outside calling hours where the number rings",
    ),
    Rule("public_holiday", None, HOUSE, "it is a public holiday where the number rings"),
)
"""In the order in which a refusal is told: the first that holds."""
