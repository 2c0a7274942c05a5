"""A lead is handed over as if the record that its contact becomes had been there first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from data.duplicates import list_merges, undo_merge
from tests.data.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.imports import ImportReport
    from data.store import Store

    Rows = dict[str, list[dict[str, Any]]]

FEBRUARY, MARCH, APRIL = "2025-02-01T08:00:00Z", "2025-03-01T08:00:00Z", "2025-04-01T08:00:00Z"
PLACE: Rows = {"companies": [{"company_id": "a"}], "campaigns": [{}]}
ASKED = {"contact_id": "p", "email": "bo@bager.dk", "name": "Bo Bøgh"}
TWIN = {"contact_id": "q", "email": "BO@bager.dk", "title": "Direktør", "occurred_at": FEBRUARY}
GIVEN = {"consent_id": "s", "contact_id": "q", "consent": "given", "occurred_at": FEBRUARY}
LEAD = {"leads": [{"lead_id": "l", "next_action": "send tilbud"}]}
HANDED = {"lead_stages": [{"lead_stage_id": "t", "lead_id": "l", "stage": "qualified", "occurred_at": MARCH}]}
WITHDRAWN = {"consent_id": "w", "contact_id": "p", "consent": "withdrawn", "occurred_at": "2025-02-10T08:00:00Z"}


def count(report: ImportReport) -> tuple[int, int]:
    assert report.read == report.accepted + report.unchanged + report.quarantined
    return report.quarantined, report.merged["contacts"]


def test_what_stands_at_the_twin_counts(import_rows: Callable[..., ImportReport]) -> None:
    together: Rows = PLACE | LEAD | HANDED | {"contacts": [ASKED, TWIN], "consents": [GIVEN]}
    assert count(import_rows(**together)) == (0, 1)


def test_the_twin_may_have_come_before(import_rows: Callable[..., ImportReport]) -> None:
    import_rows(**PLACE, contacts=[TWIN], consents=[GIVEN])
    assert count(import_rows(**LEAD, **HANDED, contacts=[ASKED])) == (0, 1)


@pytest.mark.parametrize(
    ("twin", "consents", "missing"),
    [
        (TWIN | {"title": ""}, [GIVEN], "the contact has no title; "),
        (TWIN, [GIVEN | {"consent": "refused"}], "the contact's consent is not given; "),
        (TWIN, [GIVEN, WITHDRAWN], "the contact's consent is not given; "),  # the later word of the two
        (TWIN | {"email": "bo@kager.dk"}, [GIVEN], "the contact has no title, the contact's consent is not given; "),
        (TWIN | {"email": ""}, [GIVEN], "the contact has no title, the contact's consent is not given; "),
    ],
)
def test_what_they_lack_together_refuses(
    import_rows: Callable[..., ImportReport], twin: dict[str, Any], consents: list[dict[str, Any]], missing: str
) -> None:
    report = import_rows(**PLACE, **LEAD, **HANDED, contacts=[ASKED, twin], consents=consents)
    assert report.quarantined == 1
    assert missing in report.examples[0]


def test_a_twin_that_withdrew_speaks_for_both(import_rows: Callable[..., ImportReport]) -> None:
    own = {"contacts": [ASKED | {"title": "Chef"}, TWIN], "consents": [GIVEN | {"contact_id": "p"}]}
    withdrawn = {"consents": [*own["consents"], WITHDRAWN | {"contact_id": "q"}]}
    assert count(import_rows(**PLACE, **LEAD, **HANDED, **(own | withdrawn))) == (1, 1)


def test_one_of_another_client_or_a_mailbox_of_several_is_no_twin(import_rows: Callable[..., ImportReport]) -> None:
    other = {"client_id": "m", "name": "Other", "currency": "DKK", "time_zone": "Europe/Copenhagen"}
    companies = [{"company_id": "a"}, {"company_id": "b", "client_id": "m"}]
    contacts = [ASKED, TWIN | {"company_id": "b"}]
    report = import_rows(
        **LEAD, **HANDED, campaigns=[{}], clients=[{}, other], companies=companies, contacts=contacts, consents=[GIVEN]
    )
    assert count(report) == (1, 0)
    box = {"email": "info@bager.dk"}
    contacts = [ASKED | box, TWIN | box | {"name": "Ida Holm", "contact_id": "r"}]
    assert count(import_rows(**LEAD, **HANDED, contacts=contacts, consents=[GIVEN | {"contact_id": "r"}])) == (1, 0)


def test_those_taken_apart_are_no_twins(store: Store, import_rows: Callable[..., ImportReport]) -> None:
    import_rows(**PLACE, contacts=[ASKED, TWIN], consents=[GIVEN])
    (number,) = list_merges(store)["merge_id"]
    undo_merge(store, int(number), at=NOW)
    assert count(import_rows(**LEAD, **HANDED)) == (1, 0)


def test_a_lead_of_a_record_that_was_merged_has_what_the_kept_one_has(
    import_rows: Callable[..., ImportReport],
) -> None:
    import_rows(**PLACE, contacts=[ASKED, TWIN], consents=[GIVEN])
    stated = {"leads": [LEAD["leads"][0] | {"contact_id": "q", "known_at": FEBRUARY}]}  # from before the merge
    assert count(import_rows(**stated, **HANDED)) == (0, 0)
