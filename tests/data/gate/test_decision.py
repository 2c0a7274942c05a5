"""May we call? One test per rule, at the edges, and a refused lead is never allowed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import chain, combinations
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from data.gate import RULES, may_call

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.store import Store
    from data.store.merging import Merge

NOW = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)  # a Tuesday, 11:00 in Copenhagen
BEFORE = "2025-06-01T08:00:00Z"

REFUSALS: dict[str, dict[str, list[dict[str, Any]]]] = {
    "closed": {"deals": [{"occurred_at": BEFORE}]},
    "campaign_ended": {"campaigns": [{"ends_at": "2025-06-03T09:00:00Z"}]},
    "consent_refused": {"consents": [{"consent": "refused", "occurred_at": BEFORE}]},
    "do_not_call": {"contacts": [{"do_not_call": "true"}]},
    "advertising_protected": {"companies": [{"advertising_protected": "true"}]},
    "robinson": {"contacts": [{"robinson": "true"}], "companies": [{"sole_proprietor": "true"}]},
    "invalid_number": {"contacts": [{"phone_valid": "false"}]},
    "consent_missing": {"campaigns": [{"calls_without_consent": "false"}]},
    "tps": {"contacts": [{"national_list": "tps"}]},
    "ctps": {"contacts": [{"national_list": "ctps"}]},
    "bloctel": {"contacts": [{"national_list": "bloctel"}]},
    "reservasjonsregisteret": {"contacts": [{"national_list": "reservasjonsregisteret"}]},
    "nix": {"contacts": [{"national_list": "nix"}]},
    "consent_required_at": {"companies": [{"country": "AT"}]},
    "consent_required_de": {"companies": [{"country": "DE"}], "campaigns": [{"calls_without_consent": ""}]},
    "consent_required_nl": {"companies": [{"country": "NL", "sole_proprietor": "true"}]},
    "consent_unclear": {"campaigns": [{"calls_without_consent": ""}]},
    "attempts_used": {"calls": [{"call_id": f"x{i}", "occurred_at": BEFORE} for i in range(14)]},
    "resting": {"calls": [{"occurred_at": "2025-06-03T05:30:00Z"}]},
}
"""What makes each rule refuse, on its own; the rest of the rules is about no row (unknown lead, hours)."""


def ask(store: Store, lead: str = "l", at: datetime = NOW) -> str | None:
    with store.transaction() as connection:
        (answer,) = may_call(connection, [lead], at).to_dict("records")
    assert answer["allowed"] == pd.isna(answer["rule"]) == pd.isna(answer["reason"])
    return None if answer["allowed"] else answer["rule"]


def test_a_lead_without_a_reason_against_it_may_be_called(store: Store, world: Callable[..., Merge]) -> None:
    world()
    assert ask(store) is None


@pytest.mark.parametrize("rule", REFUSALS)
def test_each_rule_refuses(store: Store, world: Callable[..., Merge], rule: str) -> None:
    world(NOW - timedelta(days=1), **REFUSALS[rule])
    assert ask(store) == rule


def test_every_rule_is_tested() -> None:
    assert {rule.name for rule in RULES} == {*REFUSALS, "unknown_lead", "outside_hours", "public_holiday"}


def speak_of_the_same(first: str, second: str) -> bool:
    fields = [{(t, f) for t, rows in REFUSALS[rule].items() for f in rows[0]} for rule in (first, second)]
    return bool(fields[0] & fields[1] - {("calls", "occurred_at"), ("consents", "occurred_at")})


ALIKE = ("tps", "bloctel", "reservasjonsregisteret", "nix", "consent_required_de", "consent_required_nl")
"""Made by the same functions as ctps and consent_required_at, which stand for them in pairs."""

PAIRS = [pair for pair in combinations(REFUSALS, 2) if not set(pair) & set(ALIKE) and not speak_of_the_same(*pair)]


@pytest.mark.parametrize(("first", "second"), PAIRS, ids=[f"{a} and {b}" for a, b in PAIRS])
def test_a_lead_refused_by_a_rule_is_never_allowed(
    store: Store, world: Callable[..., Merge], first: str, second: str
) -> None:
    rows: dict[str, list[dict[str, Any]]] = {}
    for name, some in chain(REFUSALS[first].items(), REFUSALS[second].items()):
        if name in ("calls", "consents", "deals"):
            rows.setdefault(name, []).extend(some)
        else:  # one version of the row that says both
            rows[name] = [(rows.get(name) or [{}])[0] | some[0]]
    world(NOW - timedelta(days=1), **rows)
    assert ask(store) in (first, second)


def test_an_unknown_lead_is_refused(store: Store) -> None:
    assert ask(store, "nobody") == "unknown_lead"


@pytest.mark.parametrize(
    ("at", "allowed"),
    [
        ("2025-06-03T05:59:59Z", False),  # 07:59:59 in Copenhagen, summer time
        ("2025-06-03T06:00:00Z", True),
        ("2025-06-03T15:59:59Z", True),
        ("2025-06-03T16:00:00Z", False),
        ("2025-01-07T06:59:00Z", False),  # winter time: an hour later in UTC
        ("2025-01-07T07:00:00Z", True),
        ("2025-06-06T10:00:00Z", True),  # Friday
        ("2025-06-07T10:00:00Z", False),  # Saturday
        ("2025-06-08T10:00:00Z", False),
    ],
)
def test_calling_hours_are_local(store: Store, world: Callable[..., Merge], at: str, allowed: bool) -> None:
    world()
    assert ask(store, at=datetime.fromisoformat(at)) == (None if allowed else "outside_hours")


def test_hours_follow_the_client_s_zone(store: Store, world: Callable[..., Merge]) -> None:
    world(NOW - timedelta(days=1), clients=[{"time_zone": "America/New_York"}])
    assert ask(store, at=datetime(2025, 6, 3, 9, 0, tzinfo=UTC)) == "outside_hours"
    assert ask(store, at=datetime(2025, 6, 3, 14, 0, tzinfo=UTC)) is None


def test_hours_and_holidays_are_those_where_the_number_rings(store: Store, world: Callable[..., Merge]) -> None:
    world(NOW - timedelta(days=1), contacts=[{"phone": "+12125550123"}])
    assert ask(store, at=datetime(2025, 6, 3, 9, 0, tzinfo=UTC)) == "outside_hours"
    assert ask(store, at=datetime(2025, 6, 3, 14, 0, tzinfo=UTC)) is None
    assert ask(store, at=datetime(2025, 7, 4, 14, 0, tzinfo=UTC)) == "public_holiday"


def test_a_refusal_says_until_when_where_it_ends_by_itself(store: Store, world: Callable[..., Merge]) -> None:
    world(calls=[{"occurred_at": "2025-06-03T07:00:00Z"}], leads=[{"lead_id": "m", "contact_id": ""}])
    with store.transaction() as connection:
        day = may_call(connection, ["l", "m"], NOW)
        night = may_call(connection, ["l"], datetime(2025, 6, 3, 20, 0, tzinfo=UTC))
    assert day["until"].tolist() == [pd.Timestamp("2025-06-03T11:00Z"), pd.NaT]
    assert night["until"].tolist() == [pd.Timestamp("2025-06-04T06:00Z")]


def test_the_last_word_on_consent_counts(store: Store, world: Callable[..., Merge]) -> None:
    words = [("given", 1), ("withdrawn", 2), ("given", 3)]
    world(
        consents=[{"consent_id": w + str(d), "consent": w, "occurred_at": f"2025-05-0{d}T00:00:00Z"} for w, d in words],
    )
    days = [datetime(2025, 5, d, 10, tzinfo=UTC) for d in (2, 1)]
    assert [ask(store, at=at) for at in (*days, NOW)] == ["consent_refused", None, None]


def test_of_two_words_at_one_moment_the_refusal_counts(store: Store, world: Callable[..., Merge]) -> None:
    words = [("a", "given"), ("b", "refused"), ("c", "given")]
    world(consents=[{"consent_id": key, "consent": word, "occurred_at": BEFORE} for key, word in words])
    assert ask(store) == "consent_refused"


def test_a_campaign_is_called_until_it_ends(store: Store, world: Callable[..., Merge]) -> None:
    world(NOW - timedelta(days=1), campaigns=[{"ends_at": "2025-06-03T09:00:01Z"}])
    assert ask(store) is None
    assert ask(store, at=NOW + timedelta(seconds=1)) == "campaign_ended"


def test_robinson_stops_sole_proprietors_alone(store: Store, world: Callable[..., Merge]) -> None:
    world(NOW - timedelta(days=1), contacts=[{"robinson": "true"}])
    assert ask(store) is None


def test_do_not_call_counts_for_all_leads_of_the_contact(store: Store, world: Callable[..., Merge]) -> None:
    world(leads=[{"lead_id": "m"}], calls=[{"lead_id": "m", "disposition": "do_not_call", "occurred_at": BEFORE}])
    assert ask(store, "l") == ask(store, "m") == "do_not_call"


def test_a_number_proved_dead_is_dead_until_there_is_another(store: Store, world: Callable[..., Merge]) -> None:
    world(leads=[{"lead_id": "m"}], calls=[{"lead_id": "m", "disposition": "invalid_number", "occurred_at": BEFORE}])
    assert ask(store, "l") == "invalid_number"
    world(NOW - timedelta(hours=2), contacts=[{"title": "CEO", "phone_valid": "true"}])
    assert ask(store, "l") == "invalid_number"
    world(NOW - timedelta(hours=1), contacts=[{"phone": "+4533123456", "phone_valid": "true"}])
    assert ask(store, "l") is None


def test_a_dead_number_is_dead_also_where_its_contact_arrives_after_the_call(
    store: Store, world: Callable[..., Merge]
) -> None:
    world(
        NOW - timedelta(hours=1),
        contacts=[{"contact_id": "q", "known_at": "2025-06-03T08:00:00Z"}],
        leads=[{"lead_id": "m", "contact_id": "q"}],
        calls=[{"lead_id": "m", "disposition": "invalid_number", "occurred_at": BEFORE}],
    )
    assert ask(store, "m") == "invalid_number"


def test_attempts_count_from_the_last_connect(store: Store, world: Callable[..., Merge]) -> None:
    calls = [{"call_id": f"x{i}", "occurred_at": f"2025-05-{i + 1:02d}T10:00:00Z"} for i in range(14)]
    calls[9]["disposition"] = "callback"
    world(calls=calls)
    assert ask(store) is None
    world(NOW - timedelta(days=1), campaigns=[{"attempt_limit": "4"}])
    assert ask(store) == "attempts_used"


def test_rest_ends_to_the_second(store: Store, world: Callable[..., Merge]) -> None:
    world(calls=[{"occurred_at": "2025-06-03T07:00:00Z"}])
    assert ask(store, at=datetime(2025, 6, 3, 10, 59, 59, tzinfo=UTC)) == "resting"
    assert ask(store, at=datetime(2025, 6, 3, 11, 0, 0, tzinfo=UTC)) is None


def test_what_is_not_known_yet_does_not_count(store: Store, world: Callable[..., Merge]) -> None:
    world(
        consents=[{"consent": "refused", "occurred_at": BEFORE, "known_at": "2025-06-03T10:00:00Z"}],
        deals=[{"occurred_at": "2025-06-03T09:00:00Z"}],
    )
    assert ask(store) is None
    assert ask(store, at=NOW + timedelta(seconds=1)) == "closed"


def test_answers_come_in_the_order_asked(store: Store, world: Callable[..., Merge]) -> None:
    world(NOW - timedelta(days=1), leads=[{"lead_id": "m", "contact_id": ""}])
    with store.transaction() as connection:
        answers = may_call(connection, ["nobody", "m", "l", "m"], NOW)
        empty = may_call(connection, [], NOW)
    assert answers["lead_id"].tolist() == ["nobody", "m", "l", "m"]
    assert answers["allowed"].tolist() == [False, False, True, False]
    assert answers["rule"].tolist()[:2] == ["unknown_lead", "invalid_number"]
    assert list(empty.columns) == list(answers.columns)
    assert len(empty) == 0


UNSAID, ALLOWS, ASKS = "", "true", "false"


@pytest.mark.parametrize(
    ("country", "sole", "campaign", "rule"),
    [
        ("DK", False, UNSAID, None),
        ("DK", True, UNSAID, None),
        ("DK", False, ASKS, "consent_missing"),
        ("GB", False, UNSAID, None),
        ("NL", False, UNSAID, None),
        ("NL", True, UNSAID, "consent_required_nl"),
        ("NL", True, ALLOWS, "consent_required_nl"),
        ("DE", False, UNSAID, "consent_required_de"),
        ("DE", False, ALLOWS, None),
        ("DE", False, ASKS, "consent_missing"),
        ("AT", False, ALLOWS, "consent_required_at"),
        ("AT", False, ASKS, "consent_required_at"),
        ("JP", False, UNSAID, "consent_unclear"),
        ("JP", False, ALLOWS, None),
        ("", False, UNSAID, "consent_unclear"),
    ],
)
def test_the_country_decides_where_the_campaign_does_not(
    store: Store, world: Callable[..., Merge], country: str, sole: bool, campaign: str, rule: str | None
) -> None:
    companies = [{"country": country, "sole_proprietor": str(sole).lower()}]
    world(NOW - timedelta(days=1), companies=companies, campaigns=[{"calls_without_consent": campaign}])
    assert ask(store) == rule
    world(NOW - timedelta(hours=1), consents=[{"consent": "given", "occurred_at": BEFORE}])
    assert ask(store) is None


@pytest.mark.parametrize(
    ("company", "phone", "client", "rule"),
    [
        ("DK", "+4312345678", "AT", None),  # the company's own country
        ("", "+4312345678", "DK", "consent_required_at"),  # else where its number is from
        ("", "+81312345678", "DK", "consent_unclear"),
        ("", "", "AT", "consent_required_at"),  # else the client's
    ],
)
def test_whose_country_counts(
    store: Store, world: Callable[..., Merge], company: str, phone: str, client: str, rule: str | None
) -> None:
    world(
        NOW - timedelta(days=1),
        companies=[{"country": company}],
        contacts=[{"phone": phone, "phone_valid": "true"}],
        clients=[{"country": client, "time_zone": "Europe/Copenhagen"}],
        campaigns=[{"calls_without_consent": ""}],
    )
    assert ask(store) == rule


def test_who_consented_is_called_although_a_national_list_has_the_number(
    store: Store, world: Callable[..., Merge]
) -> None:
    world(NOW - timedelta(days=1), contacts=[{"national_list": "ctps"}])
    assert ask(store) == "ctps"
    world(NOW - timedelta(hours=1), consents=[{"consent": "given", "occurred_at": BEFORE}])
    assert ask(store) is None
