"""What must always hold: nothing from later, nothing from the order of rows, nothing from other questions."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from data.contract import CONTRACT, Kind
from data.errors import BadInput
from data.frames import to_arrow
from features import FEATURES, Attribute, FeatureComputer, compute_features
from features.sources import SOURCES

AS_OF = datetime(2025, 6, 2, 10, tzinfo=UTC)
BEFORE = [AS_OF - timedelta(hours=hours) for hours in (24 * 200, 24 * 40, 24 * 30, 24 * 5, 24, 1)]
AFTER = [AS_OF + timedelta(hours=hours) for hours in (0, 1, 24 * 60)]
LEADS = ("lead-1", "lead-2")
ATTRIBUTES = (Attribute("beds", "number"), Attribute("chain", "category"))
TABLES = {source.table: CONTRACT[source.table] for source in SOURCES}
FEW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def values(field, number):
    """Values of one field; a key of another table is one of a few, so that rows meet."""
    if field.of == "leads":
        return st.sampled_from(LEADS)
    if field.kind is Kind.KEY:
        return st.sampled_from([f"{field.of}-1", f"{field.of}-2"]) if field.of else st.just(number)
    return {
        Kind.TEXT: st.sampled_from(["x", "y", None]),
        Kind.CODE: st.sampled_from(field.codes or (None,)),
        Kind.INTEGER: st.integers(1000, 2200),
        Kind.MONEY: st.integers(0, 10**12),
        Kind.NUMBER: st.sampled_from([0.1, 0.2, 0.7]),
        Kind.FLAG: st.booleans(),
        Kind.MOMENT: st.sampled_from(BEFORE + AFTER),
        Kind.ATTRIBUTES: st.sampled_from(['{"beds": 4}', '{"beds": "7", "chain": "Nord"}', None]),
    }[field.kind]


@st.composite
def rows(draw, table, prefix, moments, keys=None):
    """Rows of one table with keys of their own, at the given pairs of (occurred_at, known_at)."""
    found = []
    for place in range(draw(st.integers(0, 4)) if keys is None else len(keys)):
        number = f"{prefix}-{place}" if keys is None else keys[place]
        row = {field.name: draw(values(field, number)) for field in table.fields}
        row[table.key] = number
        row["occurred_at"], row["known_at"] = draw(moments)
        found.append(row)
    return found


PAST = st.tuples(st.sampled_from(BEFORE), st.sampled_from(BEFORE))
LATER = st.one_of(
    st.tuples(st.sampled_from(AFTER), st.sampled_from(BEFORE + AFTER)),
    st.tuples(st.sampled_from(BEFORE), st.sampled_from(AFTER)),
)


@st.composite
def worlds(draw):
    """Two leads and what was known about them."""
    world = {"leads": draw(rows(TABLES["leads"], "", PAST, LEADS))}
    for name in ("clients", "campaigns", "lists", "companies", "contacts", "meetings", "opportunities"):
        world[name] = draw(rows(TABLES[name], "", PAST, [f"{name}-1", f"{name}-2"]))
    for name in ("calls", "lead_stages", "trigger_signals", "touches", "consents", "opportunity_stages"):
        world[name] = draw(rows(TABLES[name], "row", PAST))
    world["meeting_outcomes"] = draw(rows(TABLES["meeting_outcomes"], "", PAST, ["meetings-1"]))
    for client in world["clients"]:
        client["time_zone"] = draw(st.sampled_from(["Europe/Copenhagen", "Asia/Tokyo"]))
    return world


def arrow(world):
    return {name: to_arrow(name, pd.DataFrame(found)) for name, found in world.items() if found}


def questions(*leads, as_of=AS_OF):
    moments = pd.Series([as_of] * len(leads), dtype="datetime64[us, UTC]")
    return pd.DataFrame({"lead_id": pd.Series(leads, dtype="str"), "as_of": moments})


BOTH = questions(*LEADS)


@FEW
@given(world=worlds(), data=st.data())
def test_what_happened_or_became_known_later_changes_nothing(computer, world, data):
    before = computer.compute(arrow(world), BOTH, ATTRIBUTES)
    name = data.draw(st.sampled_from(sorted(TABLES)))
    known = [row[TABLES[name].key] for row in world[name]]
    keys = data.draw(st.sampled_from([None, known])) or None
    later = data.draw(rows(TABLES[name], "later", LATER, keys))
    for row in later:
        row["time_zone"] = "Asia/Tokyo"
    allowed = CONTRACT[name].names
    later = [{key: value for key, value in row.items() if key in allowed} for row in later]
    after = computer.compute(arrow({**world, name: world[name] + later}), BOTH, ATTRIBUTES)
    assert_frame_equal(before, after, check_exact=True)


@FEW
@given(world=worlds(), data=st.data())
def test_superseding_later_changes_nothing(computer, world, data):
    before = computer.compute(arrow(world), BOTH, ATTRIBUTES)
    ends = st.sampled_from([*AFTER, None])
    ended = {name: [{**row, "superseded_at": data.draw(ends)} for row in found] for name, found in world.items()}
    assert_frame_equal(before, computer.compute(arrow(ended), BOTH, ATTRIBUTES), check_exact=True)


@FEW
@given(world=worlds(), random=st.randoms(use_true_random=False))
def test_order_of_rows_changes_nothing(computer, world, random):
    shuffled = {name: random.sample(found, len(found)) for name, found in world.items()}
    before = computer.compute(arrow(world), BOTH, ATTRIBUTES)
    assert_frame_equal(before, computer.compute(arrow(shuffled), BOTH, ATTRIBUTES), check_exact=True)


@settings(FEW, max_examples=8)
@given(world=worlds())
def test_a_row_does_not_depend_on_the_other_questions(computer, world):
    tables = arrow(world)
    asked = pd.concat([questions("lead-2", "lead-1", "lead-2"), questions("lead-1", as_of=AFTER[-1])])
    together = computer.compute(tables, asked, ATTRIBUTES)
    for place in range(len(asked)):
        alone = computer.compute(tables, asked.iloc[[place]], ATTRIBUTES)
        assert_frame_equal(alone, together.iloc[[place]].reset_index(drop=True), check_exact=True)


def many_calls(leads, per_lead):
    """A store with so many rows that DuckDB works in parallel."""
    numbers = pd.Series(range(leads * per_lead))
    lead_ids = "lead-" + (numbers % leads).astype(str)
    start = pd.Timestamp("2025-01-01", tz="UTC").as_unit("us")
    codes = CONTRACT["calls"]["disposition"].codes
    calls = pd.DataFrame(
        {
            "call_id": "call-" + numbers.astype(str),
            "lead_id": lead_ids,
            "talk_seconds": numbers * 31 % 600,
            "disposition": [codes[number * 7 % 12] for number in numbers],
            "occurred_at": start
            + pd.to_timedelta((numbers % leads * 7 + numbers // leads * 13) % 100 * 86_400 + 3600, unit="s"),
        }
    )
    found = pd.DataFrame({"lead_id": lead_ids[:leads], "campaign_id": "c", "company_id": "f", "occurred_at": start})
    tables = {"calls": to_arrow("calls", calls), "leads": to_arrow("leads", found)}
    asked = calls[["lead_id", "occurred_at"]].rename(columns={"occurred_at": "as_of"})
    return tables, asked.astype({"as_of": "datetime64[us, UTC]"})


def test_threads_and_kept_connections_change_nothing():
    tables, asked = many_calls(leads=5_000, per_lead=6)
    whole = compute_features(tables, asked, ())
    with FeatureComputer(threads=1) as kept:
        few = kept.compute(tables, asked[:500], ())
        again = kept.compute(tables, asked, ())
    assert_frame_equal(whole, again, check_exact=True)
    assert_frame_equal(whole[:500], few, check_exact=True)
    assert whole["calls"].between(0, 5).all()
    assert whole["calls"].nunique() == 6


def test_several_threads_may_ask_one_computer():
    tables, asked = many_calls(leads=20, per_lead=6)
    parts = [asked.iloc[place : place + 10] for place in range(0, len(asked), 10)]
    with FeatureComputer() as kept, ThreadPoolExecutor(4) as pool:
        frames = list(pool.map(lambda part: kept.compute(tables, part, ()), parts))
        together = kept.compute(tables, asked, ())
    assert_frame_equal(pd.concat(frames, ignore_index=True), together, check_exact=True)


@pytest.mark.parametrize(("lead", "as_of"), [("nobody", "2025-02-01"), ("lead", "2025-01-01"), ("lead", "2024-12-31")])
def test_lead_that_is_not_visible_is_named(computer, make_tables, ask, lead, as_of):
    with pytest.raises(BadInput, match=f"lead {lead} is not visible at {as_of}"):
        computer.compute(make_tables(), ask(("lead", "2025-02-01"), (lead, as_of)))


def test_without_leads_the_first_question_is_named(computer, ask):
    with pytest.raises(BadInput, match="lead"):
        computer.compute({}, ask(("lead", "2025-02-01")))


def test_columns_and_types(make_tables, ask):
    frame = compute_features(make_tables(), ask(("lead", "2025-02-01"), ("lead", "2025-03-01")), ATTRIBUTES)
    assert list(frame.columns) == [*FEATURES, "attribute_beds", "attribute_chain"]
    assert frame.index.equals(pd.RangeIndex(2))
    kinds = {feature.name: feature.kind for feature in FEATURES.values()}
    numbers = [name for name, kind in kinds.items() if kind != "category"]
    assert (frame[[*numbers, "attribute_beds"]].dtypes == "float64").all()
    assert (frame[[name for name in kinds if name not in numbers]].dtypes == "str").all()
    counts = [name for name, kind in kinds.items() if kind == "count"]
    assert (frame[counts] == 0).all(axis=None)


def test_no_questions_no_rows(computer, make_tables, ask):
    assert computer.compute(make_tables(), ask(), ATTRIBUTES).shape == (0, len(FEATURES) + 2)
