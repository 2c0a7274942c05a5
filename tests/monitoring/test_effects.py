"""What drift does to the score."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from monitoring.columns import ColumnDrift
from monitoring.effects import add_effects
from monitoring.limits import Limits

SIZE = ColumnDrift("attribute_size", "number", 0.5, 0.1, 0, 0, drifted=True)


def test_a_column_that_drives_the_score_has_an_effect_and_others_none(world: Any) -> None:
    reference = world.artefact.reference
    month = reference[reference["attribute_size"] > 1].assign(month=3.0)
    region = replace(SIZE, name="company_country", kind="category")
    still = replace(SIZE, name="attribute_region", drifted=False)
    size, country, quiet = add_effects((SIZE, region, still), world.artefact, reference, month, Limits(), seed=1)
    assert size.effect is not None
    assert size.effect > 0.3
    assert country.effect == 0
    assert quiet.effect is None


def test_a_fall_has_a_negative_effect(world: Any) -> None:
    reference = world.artefact.reference
    month = reference[reference["attribute_size"] < -1]
    (size,) = add_effects((SIZE,), world.artefact, reference, month, Limits(), seed=1)
    assert size.effect is not None
    assert size.effect < -0.25
