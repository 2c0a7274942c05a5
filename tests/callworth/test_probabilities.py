"""Where the probabilities of a weighted pipeline come from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from callworth import probabilities
from data import Settings, to_arrow
from data.errors import ArtefactRejected

END = datetime(2026, 5, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def gather(scores: list[tuple[str, datetime, float]]) -> tuple[dict[str, float], list[str]]:
    leads = pd.DataFrame(
        {"lead_id": ["a", "b"], "campaign_id": "k", "company_id": "x", "occurred_at": [END - 9 * DAY] * 2}
    )
    log = pd.DataFrame(scores, columns=["lead_id", "occurred_at", "probability"])
    log = log.assign(score_id=[str(number) for number in range(len(log))], known_at=END + DAY)
    tables = {"leads": to_arrow("leads", leads), "scores": to_arrow("scores", log)}
    found, notes = probabilities.gather_probabilities(Settings(Path("/nowhere")), tables, END)
    return dict(zip(found["lead_id"], found["probability"], strict=True)), notes


def test_the_last_score_up_to_the_moment_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probabilities, "load_champion", lambda _: pytest.fail("nothing is missing"))
    scores = [("a", END - DAY, 0.1), ("a", END, 0.2), ("a", END + DAY, 0.9), ("b", END - DAY, 0.3)]
    assert gather(scores) == ({"a": 0.2, "b": 0.3}, [])


def test_without_a_model_the_missing_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Any) -> None:
        raise ArtefactRejected("none")

    monkeypatch.setattr(probabilities, "load_champion", refuse)
    found, (note,) = gather([("a", END, 0.2)])
    assert found == {"a": 0.2}
    assert note.startswith("1 open lead without a score, worth nothing in the weighted pipeline: there is no model")


def test_a_model_that_learned_from_later_outcomes_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    champion = SimpleNamespace(version="7", facts={"as_of": (END + DAY).isoformat()})
    monkeypatch.setattr(probabilities, "load_champion", lambda _: champion)
    found, (note,) = gather([("a", END, 0.2)])
    assert found == {"a": 0.2}
    assert note.endswith("model version 7 has learned from what came later.")
