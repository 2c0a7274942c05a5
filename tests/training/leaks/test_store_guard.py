from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from data.frames import to_arrow
from features import Attribute
from training import fitting
from training.leaks.store_guard import find_store_leaks
from training.model.close_model import MILESTONES

if TYPE_CHECKING:
    from data.frames import Tables
    from training.artefact import Artefact

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
CUT = datetime(2026, 6, 1, tzinfo=UTC)
COUNT = 600
OUTCOMES = np.array(["won", "lost", "open"])[np.arange(COUNT) % 3]


def _make(attributes: dict[str, dict[str, str]]) -> Tables:
    """Leads through a hundred days, in turn won after 20 days, lost after 20 days and open; attributes by outcome."""
    ids = pd.Series([f"l{number}" for number in range(COUNT)])
    created = pd.Series(pd.date_range(BEGIN, periods=COUNT, freq="4h"))
    said = [", ".join(f'"{name}": "{held[each]}"' for name, held in attributes.items()) for each in OUTCOMES]
    leads = pd.DataFrame({"lead_id": ids, "campaign_id": "k", "company_id": ids, "occurred_at": created})
    leads["attributes"] = ["{" + text + "}" for text in said]
    ended = pd.DataFrame({"lead_id": ids, "occurred_at": created + pd.Timedelta(days=20)})
    deals = ended[OUTCOMES == "won"].assign(amount_minor=1, currency="DKK")
    stages = ended[OUTCOMES == "lost"].assign(stage="lost")
    frames = {"leads": leads, "deals": deals.assign(deal_id=deals["lead_id"])}
    frames["lead_stages"] = stages.assign(lead_stage_id=stages["lead_id"])
    return {name: to_arrow(name, frame) for name, frame in frames.items()}


LEAKING = {
    "signed_by": {"won": "ann", "lost": "", "open": ""},
    "ended_by": {"won": "bo", "lost": "bo", "open": ""},
    "queue": {"won": "", "lost": "", "open": "north"},
    "colour": {"won": "red", "lost": "red", "open": "red"},
}


@pytest.fixture
def _plain_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that promises nothing: what is tested is what it may learn from."""
    model = SimpleNamespace(
        winning=None, timing=None, predict=lambda matrix, days=MILESTONES: np.zeros((len(matrix), len(days)))
    )
    monkeypatch.setattr(fitting, "fit_model", lambda *_, **__: model)


@pytest.mark.usefixtures("_plain_model")
def test_columns_that_tell_the_outcome_are_not_learned_from() -> None:
    artefact = fitting.fit_artefact(_make(LEAKING), CUT, keep=["queue"])
    leaks: dict[str, dict[str, Any]] = {leak["column"]: leak for leak in artefact.facts["leaks"]}
    assert {name: leak["kept"] for name, leak in leaks.items()} == {
        "signed_by": False,
        "ended_by": False,
        "queue": True,
    }
    assert leaks["signed_by"]["reason"].startswith("'signed_by' is filled for 100 % of won and 0 % of lost leads")
    assert leaks["ended_by"]["reason"].startswith("'ended_by' is filled for 100 % of closed and 0 % of open leads")
    assert leaks["queue"]["reason"].startswith("'queue' is filled for 0 % of closed and 100 % of open leads")
    assert [attribute.name for attribute in artefact.attributes] == ["colour", "queue"]
    assert not {"attribute_signed_by", "attribute_ended_by"} & {*artefact.schema.names}
    assert artefact.facts["keep"] == ["queue"]


@pytest.mark.usefixtures("_plain_model")
def test_what_is_filled_later_than_the_cut_is_not_seen() -> None:
    tables = _make({"signed_by": {"won": "", "lost": "", "open": ""}})
    later = _make(LEAKING)["leads"].to_pandas().assign(known_at=CUT)
    both = to_arrow("leads", pd.concat([tables["leads"].to_pandas(), later]))
    assert fitting.fit_artefact({**tables, "leads": both}, CUT).facts["leaks"] == []


def test_a_column_of_events_is_no_candidate() -> None:
    questions = pd.DataFrame({"lead_id": [f"l{number}" for number in range(COUNT)], "outcome": OUTCOMES})
    known = pd.DataFrame({"campaign": ["k"] * COUNT, "calls": OUTCOMES == "won", "employees": OUTCOMES == "won"})
    lives = pd.DataFrame({"lead_id": [], "created_at": [], "closed_at": []})
    leaks = find_store_leaks({}, questions, known, (), CUT, lives=lives)
    assert [leak.column for leak in leaks] == ["employees"]


def test_a_simulated_operation_has_no_leaks(artefact: Artefact) -> None:
    assert artefact.facts["leaks"] == []
    assert Attribute("web_visits", "number") in artefact.attributes
