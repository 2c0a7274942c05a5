from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from benchmarks import quality_parts
from benchmarks.quality_parts import digest_array, digest_frame, digest_sources, keep_part

if TYPE_CHECKING:
    from pathlib import Path


def refuse() -> np.ndarray:
    raise AssertionError("it was there")


def test_what_was_computed_for_the_same_inputs_is_not_computed_again(tmp_path: Path) -> None:
    part = np.array([[0.5, np.nan]])
    keep_part(tmp_path, {"set": "a", "seed": 1}, lambda: part)
    assert np.array_equal(keep_part(tmp_path, {"seed": 1, "set": "a"}, refuse), part, equal_nan=True)
    with pytest.raises(AssertionError, match="it was there"):
        keep_part(tmp_path, {"set": "a", "seed": 2}, refuse)


def test_a_part_that_failed_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="it was there"):
        keep_part(tmp_path, {"set": "a"}, refuse)
    assert keep_part(tmp_path, {"set": "a"}, lambda: np.ones(1)).tolist() == [1]
    assert len(list(tmp_path.iterdir())) == 1


def test_digests_change_with_what_they_are_of() -> None:
    frame = pd.DataFrame({"a": [1.0, 2.0], "b": ["x", None]})
    others = [frame.rename(columns={"a": "c"}), frame.assign(a=[2.0, 1.0]), frame.assign(b=[None, "x"])]
    assert len({digest_frame(one) for one in (frame, *others)}) == 4
    assert digest_frame(frame.copy()) == digest_frame(frame)
    assert digest_array(np.array([1, 2])) != digest_array(np.array([2, 1]))


def test_a_changed_source_is_another_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality_parts, "ROOT", tmp_path)
    for room in ("one", "two"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "rule.py").write_text("A = 1\n", encoding="utf-8")
    before = digest_sources("one")
    (tmp_path / "two" / "rule.py").write_text("A = 2\n", encoding="utf-8")
    assert digest_sources("one") == before
    (tmp_path / "one" / "rule.py").write_text("A = 2\n", encoding="utf-8")
    assert digest_sources("one") != before
