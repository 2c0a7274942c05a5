"""With too little data, training says what is missing and scores by points, the house's own where it has some."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from callworth.promotion import train_version
from data.errors import BadInput
from data.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

AS_OF = datetime(2026, 3, 10, tzinfo=UTC)


def test_a_slip_in_the_houses_points_is_told(tmp_path: Path) -> None:
    (tmp_path / "points.toml").write_text("points_to_double = 0\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"points\.toml: points_to_double is 0"):
        train_version(Settings(tmp_path), {}, AS_OF, 1, lambda _: None)
