"""Reading scores back: which kind was written under a name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import lightgbm as lgb

from training.model.blend import Blend
from training.model.score import Trees
from training.points.points import read_points

if TYPE_CHECKING:
    from collections.abc import Mapping

    from training.model.score import Score


def read_score(name: str, files: Mapping[str, bytes]) -> Score:
    """The score that was written under a name.

    Args:
        name: as it was given to :meth:`training.model.score.Score.files`.
        files: name to content, each with the hash that was registered.
    """
    if (described := f"{name}.json") not in files:
        return Trees(lgb.Booster(model_str=files[f"{name}.txt"].decode()))
    content = json.loads(files[described])
    if content["kind"] == "points":
        return read_points(content)
    return Blend(tuple(read_score(part, files) for part in content["parts"]), tuple(content["weights"]))
