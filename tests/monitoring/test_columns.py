"""Which columns have drifted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from features import hide_rare_values
from features.schema import Column, FeatureSchema
from monitoring.columns import ColumnDrift, compare_columns, expect_by_chance, group_values
from monitoring.limits import Limits

SCHEMA = FeatureSchema(
    (
        Column("talk_seconds", "number"),
        Column("calls", "number"),
        Column("employees", "number"),
        Column("stage", "category", ("contacted", "new", "qualified")),
        Column("region", "category", tuple(f"region {number}" for number in range(15))),
    )
)


def draw(count: int, seed: int) -> pd.DataFrame:
    """Leads of one population: skewed seconds, small counts, heavy tails, few and many categories."""
    rng = np.random.default_rng(seed)
    stage = rng.choice(["contacted", "new", "qualified"], count, p=[0.5, 0.4, 0.1])
    return pd.DataFrame(
        {
            "talk_seconds": rng.gamma(0.5, 300, count),
            "calls": rng.poisson(2, count).astype(float),
            "employees": np.where(rng.random(count) < 0.3, np.nan, rng.lognormal(3, 1.5, count)),
            "stage": stage,
            "region": [f"region {number}" for number in rng.integers(0, 15, count)],
            "probability": rng.beta(1, 20, count),
        }
    )


def compare(old: pd.DataFrame, new: pd.DataFrame) -> dict[str, ColumnDrift]:
    return {column.name: column for column in compare_columns(old, new, SCHEMA, Limits())[0]}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("reference", "month"), [(3_000, 2_000), (3_000, 60), (150, 150)])
def test_halves_of_one_population_raise_no_alarm(reference: int, month: int, seed: int) -> None:
    both = draw(reference + month, seed)
    compared = compare(both.iloc[:reference], both.iloc[reference:])
    assert [column for column in compared.values() if column.drifted] == []


@pytest.mark.parametrize(
    ("name", "plant"),
    [
        ("talk_seconds", lambda frame: frame["talk_seconds"] + 120),
        ("calls", lambda frame: frame["calls"] * 1.5),
        ("employees", lambda frame: frame["employees"].where(np.arange(len(frame)) % 2 == 0)),
        ("stage", lambda frame: frame["stage"].where(np.arange(len(frame)) % 3 > 0, "qualified")),
        ("region", lambda frame: frame["region"].where(np.arange(len(frame)) % 4 > 0, "somewhere new")),
        ("probability", lambda frame: frame["probability"] * 0.6),
    ],
)
def test_the_drifted_column_is_found_and_no_other(name: str, plant: object) -> None:
    old, new = draw(3_000, 1), draw(2_000, 2)
    new[name] = plant(new)  # type: ignore[operator]
    assert [column.name for column in compare(old, new).values() if column.drifted] == [name]


@pytest.mark.parametrize(
    ("old_value", "new_value", "note", "drifted"),
    [
        (np.nan, np.nan, "missing on both sides", False),
        (5.0, np.nan, "missing in the month", True),
        (np.nan, 5.0, "missing in the reference", True),
        (5.0, 5.0, "constant", False),
        (5.0, 6.0, "constant in the reference", True),
    ],
)
def test_constant_and_missing_columns_are_set_aside(
    old_value: float, new_value: float, note: str, drifted: bool
) -> None:
    old, new = draw(200, 1).assign(calls=old_value), draw(200, 2).assign(calls=new_value)
    calls = compare(old, new)["calls"]
    assert (calls.distance, calls.note, calls.drifted) == (None, note, drifted)


def test_a_category_missing_everywhere_is_constant() -> None:
    old, new = draw(200, 1).assign(stage=None), draw(200, 2).assign(stage=None)
    stage = compare(old, new)["stage"]
    assert (stage.note, stage.drifted, stage.missing_month) == ("constant", False, 1.0)


def test_nothing_to_compare_leaves_no_page() -> None:
    old = draw(20, 1).assign(probability=0.1)
    compared, page = compare_columns(old, old, FeatureSchema(()), Limits())
    assert [column.note for column in compared] == ["constant"]
    assert page == ""


def test_values_that_the_model_does_not_know_are_grouped() -> None:
    frame = draw(3, 1).assign(stage=["new", "Jens Hansen", None])
    assert group_values(frame, SCHEMA)["stage"].tolist() == ["new", "(other)", "(missing)"]


def test_a_reference_whose_rare_values_were_hidden_compares_as_it_was() -> None:
    old, new = draw(600, 1), draw(400, 2)
    old["region"] = old["region"].where(np.arange(len(old)) % 5 > 0, "Jens Hansen")
    kept = hide_rare_values(old, SCHEMA).assign(probability=old["probability"])
    assert "Jens Hansen" not in set(kept["region"])
    assert compare(kept, new) == compare(old, new)
    assert compare(kept, new)["region"].drifted
    assert not compare(kept, new.assign(region=old["region"]))["region"].drifted


def test_the_distance_of_chance_is_what_chance_gives() -> None:
    rng = np.random.default_rng(1)
    from scipy.stats import wasserstein_distance

    pairs = [(rng.gamma(0.5, 1, 300), rng.gamma(0.5, 1, 100)) for _ in range(200)]
    seen = np.mean([wasserstein_distance(old, new) / old.std() for old, new in pairs])
    told = np.mean([expect_by_chance(pd.Series(old), pd.Series(new), "number") for old, new in pairs])
    assert told == pytest.approx(seen, rel=0.1)
