from __future__ import annotations

import pytest

from training.leaks.chance import Share
from training.leaks.contrast import Contrast

ALPHA = 1e-4


def _hold(won: tuple[float, float], lost: tuple[float, float], pure: float = 0.9) -> Contrast:
    return Contrast(Share(*won), Share(*lost), Share(pure, 100), ("won", "lost"))


@pytest.mark.parametrize(
    ("won", "lost", "pure", "expected"),
    [
        ((0.98, 200), (0.01, 2_000), 0.9, True),
        ((0.01, 200), (0.9, 2_000), 0.002, True),
        ((0.98, 200), (0.06, 2_000), 0.9, False),  # 16 times
        ((0.15, 2_000), (0.001, 20_000), 0.9, False),  # on too few of the won
        ((0.60, 200), (0.01, 20_000), 0.38, False),  # most of the rows with it are lost
        ((0.60, 10), (0.0, 10), 0.9, False),  # chance
    ],
)
def test_one_sided_is_twenty_times_on_a_fifth_beyond_chance(
    won: tuple[float, float], lost: tuple[float, float], pure: float, expected: bool
) -> None:
    assert _hold(won, lost, pure).is_one_sided(ALPHA) is expected


@pytest.mark.parametrize(
    ("won", "lost", "expected"),
    [
        ((0.95, 400), (0.2, 400), True),
        ((0.2, 400), (0.95, 400), True),
        ((0.75, 40_000), (0.2, 40_000), False),  # surely, but only 0.55
        ((0.95, 20), (0.2, 20), False),  # chance
    ],
)
def test_apart_is_six_tenths_beyond_chance(won: tuple[float, float], lost: tuple[float, float], expected: bool) -> None:
    assert _hold(won, lost).is_apart(ALPHA) is expected


@pytest.mark.parametrize(
    ("share", "words"), [(0.0, "0 %"), (0.004, "0.4 %"), (0.126, "13 %"), (0.996, "99.6 %"), (1.0, "100 %")]
)
def test_shares_near_the_ends_keep_a_decimal(share: float, words: str) -> None:
    assert _hold((share, 500), (0.5, 500)).describe() == f"{words} of won and 50 % of lost leads"
