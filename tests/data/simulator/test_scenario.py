"""Scenarios are read in full, and nothing unknown slips in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.errors import BadInput
from data.simulator import list_scenarios, read_scenario
from data.simulator.scenario import build_scenario

if TYPE_CHECKING:
    from pathlib import Path


def test_the_shipped_scenarios_are_read():
    names = list_scenarios()
    assert names == ("faster_closing", "slow_drift", "steady", "sudden_fall", "uneven_campaigns")
    assert [read_scenario(name).name for name in names] == list(names)


def test_a_scenario_names_only_what_differs_from_its_ground():
    steady, uneven = read_scenario("steady"), read_scenario("uneven_campaigns")
    assert (steady.market.campaign_sd, uneven.market.campaign_sd) == (0.3, 0.5)
    assert uneven.calling == steady.calling


def test_slow_drift_is_half_a_logit_in_fifteen_months():
    assert 15 * read_scenario("slow_drift").market.log_trend_per_month == pytest.approx(-0.5)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"based_on": "steady", "weather": {}}, "unknown key weather"),
        ({"based_on": "steady", "sales": {"show_rate": 1.0}}, "unknown key sales.show_rate"),
        ({"sales": {"show": 1.0}}, "lacks market.clients"),
        ({"based_on": "steady", "market": {"clients": 2.5}}, "must be whole numbers"),
        ({"based_on": "steady", "market": {"clients": True}}, "must be whole numbers"),
        ({"based_on": "steady", "sales": {"show": [1.0]}}, "must be numbers"),
        ({"based_on": "steady", "sales": {"stage_days": ["long"]}}, "must be a list of numbers"),
        ({"based_on": "nowhere"}, "no scenario 'nowhere'"),
    ],
)
def test_a_wrong_scenario_is_refused(content, words):
    with pytest.raises(BadInput, match=words):
        build_scenario("mine", content)


def test_a_file_of_ones_own(tmp_path: Path):
    file = tmp_path / "quiet.toml"
    file.write_text('based_on = "steady"\n[calling]\ncontact = -3\n', encoding="utf-8")
    scenario = read_scenario(file)
    assert (scenario.name, scenario.calling.contact) == ("quiet", -3.0)
    file.write_text("contact = = 3", encoding="utf-8")
    with pytest.raises(BadInput, match="not valid TOML"):
        read_scenario(file)
