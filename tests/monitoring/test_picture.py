"""The calibration picture."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from monitoring.picture import draw_calibration
from monitoring.promises import Promise

PROMISE = Promise(90, ("2026-03",), True, 30, 30, 3.0, 3, 3, 1.0, 0.7, 0.3, 0.3, ((0.1, 0.1, 20), (0.2, 0.0, 10)))


def test_a_kept_promise_lies_on_the_diagonal() -> None:
    picture = ElementTree.fromstring(draw_calibration(PROMISE))  # noqa: S314 - made by ourselves
    kept, broken = ((float(dot.get("cx", 0)), float(dot.get("cy", 0))) for dot in picture.iter("circle"))
    numbers = picture.find("path[@class='ideal']").get("d").replace("M", "").replace(" L", ",").split(",")  # type: ignore[union-attr]
    left, bottom, right, top = map(float, numbers)
    assert (kept[0] - left) / (right - left) == pytest.approx((bottom - kept[1]) / (bottom - top), abs=1e-3)
    assert broken[1] == pytest.approx(bottom)


def test_nothing_promised_and_nothing_won_can_be_drawn() -> None:
    empty = replace(PROMISE, bins=((0.0, 0.0, 30),))
    assert "nan" not in draw_calibration(empty)
