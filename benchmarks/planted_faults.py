"""Faults of every kind that a rule of hygiene defines, planted in a sound operation and written down.

Each kind spoils a share of the rows that it can happen to. Kinds that would hide or cause one another take different
rows; where one fault is another as well (a bad list has dead numbers), both are written down.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmarks.history import END
from benchmarks.planted_near import plant_near
from benchmarks.sound_history import HANDED_OVER, Frames, add_rows, clocks, find_cases, find_stages
from data.simulator.numbers import break_cvr_number

if TYPE_CHECKING:
    from collections.abc import Iterable

YESTERDAY = END - timedelta(days=1, hours=2)
LAST_WEEK = END - timedelta(days=7)
LONG_AGO = END - timedelta(days=60)
BAD_SHARE = 0.4
POOR_SHARE = 0.05
LEAST_CONTACTS = 100
"""Lists that are made bad are this long, so that chance does not explain it."""


@dataclass
class Planted:
    """What was planted.

    Attributes:
        frames: the contract tables, changed.
        share: of the rows that a fault can happen to.
        generator: of chance.
        faults: per kind, named as the rule that defines it, the ids of the rows.
    """

    frames: Frames
    share: float
    generator: np.random.Generator
    faults: dict[str, set[str]] = field(default_factory=dict)

    def draw(self, keys: Iterable[str]) -> list[str]:
        """Some of the keys: the share, and at least one."""
        among = sorted(set(keys))
        count = min(len(among), max(1, round(self.share * len(among))))
        return [str(key) for key in self.generator.choice(among, count, replace=False)]

    def record(self, rule: str, keys: Iterable[str]) -> None:
        """Write faults down."""
        self.faults.setdefault(rule, set()).update(keys)

    def put(self, table: str, keys: Iterable[str], **values: Any) -> None:
        """Set fields of the rows with these keys."""
        frame = self.frames[table]
        rows = frame.index[frame.iloc[:, 0].isin(set(keys))]
        for name, value in values.items():
            frame.loc[rows, name] = value


def plant_faults(frames: Frames, *, share: float, seed: int) -> Planted:
    """Plant a share of each kind of fault; the same seed plants the same."""
    planted = Planted({name: frame.copy() for name, frame in frames.items()}, share, np.random.default_rng(seed))
    for plant in PLANTERS:
        plant(planted)
    return planted


def plant_bad_lists(planted: Planted) -> None:
    """Lists many of whose numbers cannot exist."""
    leads = planted.frames["leads"]
    contacts = leads.groupby("list_id")["contact_id"].nunique()
    lists = planted.draw(contacts.index[contacts >= LEAST_CONTACTS])
    planted.record("bad_list", lists)
    people = leads.loc[leads["list_id"].isin(lists), "contact_id"].drop_duplicates()
    dead = people.sample(frac=BAD_SHARE, random_state=planted.generator)
    planted.put("contacts", dead, phone_valid=False)
    planted.record("dead_number", leads.loc[leads["contact_id"].isin(dead) & _open(planted), "contact_id"])


def plant_bad_supplier(planted: Planted) -> None:
    """A supplier more of whose numbers cannot exist than those of others, a few in each of its lists."""
    leads, lists = planted.frames["leads"], planted.frames["lists"]
    known = lists[lists["list_id"].isin(set(leads["list_id"]) - planted.faults["bad_list"])]
    supplier = planted.generator.choice(sorted(known["supplier"].dropna().unique()))
    theirs = leads[leads["list_id"].isin(known.loc[known["supplier"] == supplier, "list_id"])]
    people = theirs.drop_duplicates("contact_id").groupby("list_id")["contact_id"]
    dead = people.apply(lambda each: each.sample(frac=POOR_SHARE, random_state=planted.generator))
    planted.put("contacts", dead, phone_valid=False)
    planted.record("dead_number", leads.loc[leads["contact_id"].isin(dead) & _open(planted), "contact_id"])
    planted.record("bad_supplier", lists.loc[lists["supplier"] == supplier, "list_id"])


def plant_people(planted: Planted) -> None:
    """Dead numbers of three kinds, people who do not decide, and titles that are missing."""
    leads = planted.frames["leads"]
    owner = leads[_open(planted)].drop_duplicates("contact_id").set_index("contact_id")["lead_id"]
    sound = set(owner.index) - planted.faults["dead_number"]
    none, impossible, found = (planted.draw(sound)[place::3] for place in range(3))
    planted.put("contacts", none, phone=None)
    planted.put("contacts", impossible, phone_valid=False)
    _call(planted, owner[found], "invalid_number")
    planted.record("dead_number", {*none, *impossible, *found})
    wrong = planted.draw(sound)
    _call(planted, owner[wrong], "wrong_person")
    planted.record("wrong_person", wrong)
    misspelt = planted.draw(planted.frames["contacts"]["contact_id"])
    for contact in misspelt:
        planted.put("contacts", [contact], email=f"{contact}(at)firma.dk")
    planted.record("invalid_email", misspelt)
    untitled = planted.draw(owner.index)
    planted.put("contacts", untitled[::2], title=None)
    planted.put("contacts", untitled[1::2], title=" ")
    planted.record("missing_title", untitled)


def plant_work(planted: Planted) -> None:
    """Leads twice, next actions overdue or missing, consent missing, outcomes that contradict each other."""
    stages = find_stages(planted.frames)
    leads = planted.frames["leads"]
    twice = planted.draw(stages.index)
    add_rows(planted.frames, "leads", _again(leads[leads["lead_id"].isin(twice)]))
    planted.record("duplicate_lead", (f"{key}-again" for key in twice))
    late = planted.draw(stages.index)
    planted.put("leads", late, next_action_at=pd.Timestamp(LAST_WEEK))
    planted.record("overdue_next_action", late)
    handed_over = set(stages.index[stages.isin(HANDED_OVER)])
    won = planted.draw(handed_over)
    rows = pd.DataFrame({"lead_stage_id": won, "lead_id": won, "stage": "won"})
    add_rows(planted.frames, "lead_stages", rows.assign(lead_stage_id="won-" + rows["lead_id"], **clocks(YESTERDAY)))
    planted.record("conflicting_outcome", won)
    aimless, silent = planted.draw(handed_over - set(won)), planted.draw(handed_over - set(won))
    planted.put("leads", aimless, next_action=None)
    planted.record("missing_next_action", aimless)
    leads = planted.frames["leads"]
    contacts = leads.loc[leads["lead_id"].isin(silent), "contact_id"].drop_duplicates()
    said = pd.DataFrame({"consent_id": "no-" + contacts, "contact_id": contacts, "consent": "withdrawn"})
    add_rows(planted.frames, "consents", said.assign(**clocks(YESTERDAY)))
    concerned = leads["contact_id"].isin(contacts) & leads["lead_id"].isin(handed_over - set(won))
    planted.record("missing_consent", leads.loc[concerned, "lead_id"])


def plant_cases(planted: Planted) -> None:
    """Opportunities that nobody has looked at for long, and won ones without a deal."""
    frames = planted.frames
    cases = find_cases(frames)["opportunity_id"]
    unmoved = planted.draw(cases)
    for table in ("opportunities", "opportunity_stages"):
        theirs = frames[table]["opportunity_id"].isin(unmoved)
        for clock in ("occurred_at", "known_at"):
            moments = frames[table][clock]
            frames[table][clock] = moments.mask(theirs & (moments > LONG_AGO), pd.Timestamp(LONG_AGO))
    planted.record("unmoved_opportunity", unmoved)
    owners = frames["opportunities"].set_index("opportunity_id")["lead_id"]
    told = planted.faults["conflicting_outcome"]
    won = planted.draw(case for case in set(cases) - set(unmoved) if owners[case] not in told)
    rows = pd.DataFrame({"opportunity_stage_id": won, "opportunity_id": won, "stage": "won"})
    rows["opportunity_stage_id"] = "won-" + rows["opportunity_id"]
    add_rows(frames, "opportunity_stages", rows.assign(**clocks(YESTERDAY)))
    planted.record("conflicting_outcome", owners[won])


def plant_handovers(planted: Planted) -> None:
    """Handovers that sales never answered, and rejected ones that are worked on as if they were accepted."""
    stages, answers = find_stages(planted.frames), planted.frames["handover_answers"]
    rows = planted.frames["lead_stages"]
    handed_at = rows[rows["stage"] == "qualified"].groupby("lead_id")["occurred_at"].max().reindex(stages.index)
    waiting = stages.isin(["qualified", "meeting"]) & (handed_at < pd.Timestamp(LAST_WEEK))
    forgotten = planted.draw(stages.index[waiting])
    planted.frames["handover_answers"] = answers[~answers["lead_id"].isin(forgotten)]
    planted.record("unanswered_handover", forgotten)
    handed = stages.isin(HANDED_OVER) & (handed_at < pd.Timestamp(YESTERDAY))
    rejected = planted.draw(set(stages.index[handed]) - set(forgotten))
    said = pd.DataFrame({"handover_answer_id": rejected, "lead_id": rejected, "answer": "rejected", "reason": "timing"})
    keyed = said.assign(handover_answer_id="no-" + said["lead_id"], **clocks(YESTERDAY))
    add_rows(planted.frames, "handover_answers", keyed)
    planted.record("rejected_handover", rejected)


def plant_meetings(planted: Planted) -> None:
    """Meetings of which nobody said what became of them."""
    outcomes = planted.frames["meeting_outcomes"]
    untold = planted.draw(outcomes["meeting_id"])
    planted.frames["meeting_outcomes"] = outcomes[~outcomes["meeting_id"].isin(untold)]
    planted.record("meeting_without_outcome", untold)


def plant_parties(planted: Planted) -> None:
    """Companies and contacts once more under another id, their keys written otherwise, and impossible CVR numbers."""
    companies, contacts = planted.frames["companies"], planted.frames["contacts"]
    twice = planted.draw(companies["company_id"])
    rows = companies[companies["company_id"].isin(twice)]
    add_rows(planted.frames, "companies", _again(rows.assign(registration_id="DK " + rows["registration_id"])))
    planted.record("duplicate_company", (f"{key}-again" for key in twice))
    broken = planted.draw(set(companies["company_id"]) - set(twice))
    numbers = companies.set_index("company_id")["registration_id"][broken].map(break_cvr_number)
    known = companies["company_id"].map(numbers)
    changed = planted.frames["companies"]
    changed.loc[known.index, "registration_id"] = known.fillna(changed["registration_id"])
    planted.record("invalid_registration", broken)
    people = planted.draw(set(contacts["contact_id"]) - planted.faults["invalid_email"])
    rows = contacts[contacts["contact_id"].isin(people)]
    add_rows(planted.frames, "contacts", _again(rows.assign(email=rows["email"].str.upper())))
    planted.record("duplicate_contact", (f"{key}-again" for key in people))


def plant_calls(planted: Planted) -> None:
    """Calls that an import refuses: to a lead that is not there, or of less than no time."""
    calls, booked = planted.frames["calls"]["call_id"], planted.frames["meetings"]["call_id"]
    spoiled = planted.draw(calls[~calls.isin(booked)])
    planted.put("calls", spoiled[::2], lead_id="nobody")
    planted.put("calls", spoiled[1::2], talk_seconds=-1)
    planted.record("refused_row", spoiled)


PLANTERS = (
    plant_calls,
    plant_bad_lists,
    plant_bad_supplier,
    plant_people,
    plant_work,
    plant_cases,
    plant_meetings,
    plant_handovers,
    plant_parties,
    plant_near,
)


def _open(planted: Planted) -> pd.Series:
    return planted.frames["leads"]["lead_id"].isin(find_stages(planted.frames).index)


def _call(planted: Planted, leads: pd.Series, disposition: str) -> None:
    rows = pd.DataFrame({"call_id": f"{disposition}-" + leads, "lead_id": leads, "talk_seconds": 0})
    add_rows(planted.frames, "calls", rows.assign(disposition=disposition, **clocks(YESTERDAY)))


def _again(rows: pd.DataFrame) -> pd.DataFrame:
    key, later = rows.columns[0], rows["occurred_at"] + pd.Timedelta(hours=1)
    return rows.assign(**{key: rows[key] + "-again"}, occurred_at=later, known_at=later)
