"""Leads are handed over with all that it needs, and sales answers."""

from __future__ import annotations

import pandas as pd


def test_a_qualified_lead_has_title_consent_and_next_action(history):
    tables = history.tables
    stages = tables["lead_stages"].query("stage == 'qualified'")
    leads = stages.merge(tables["leads"], on="lead_id", suffixes=("", "_created"))
    people = leads.merge(tables["contacts"], on="contact_id", suffixes=("", "_contact"))
    assert len(people) == len(stages) > 300
    assert people["title"].notna().all()
    assert people["next_action"].notna().all()
    said = people.merge(tables["consents"], on="contact_id", suffixes=("", "_said"))
    before = said[said["occurred_at_said"] <= said["occurred_at"]].sort_values("occurred_at_said")
    last = before.groupby("lead_id")["consent"].last()
    assert (last.reindex(people["lead_id"]) == "given").all()


def test_sales_answers_each_handover_once_and_rejects_some_with_a_reason(history):
    stages, answers = history.tables["lead_stages"], history.tables["handover_answers"]
    handed = stages[stages["stage"] == "qualified"].set_index("lead_id")["occurred_at"]
    assert set(answers["lead_id"]) <= set(handed.index)
    assert answers["lead_id"].is_unique
    taken = (answers["occurred_at"].to_numpy() - handed.loc[answers["lead_id"]].to_numpy()) / pd.Timedelta(days=1)
    assert taken.min() > 0
    assert taken.max() <= 5
    rejected = answers["answer"] == "rejected"
    assert 0.01 < rejected.mean() < 0.3
    assert answers.loc[rejected, "reason"].notna().all()
    assert answers.loc[~rejected, "reason"].isna().all()
    lost = set(stages.loc[stages["stage"] == "lost", "lead_id"])
    assert not set(answers.loc[rejected, "lead_id"]) - lost
