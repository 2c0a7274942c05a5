"""The criteria of the points score: which features are worth how many points, from a TOML that the house may edit."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.errors import BadInput
from features import FEATURES

SHIPPED = Path(__file__).parent / "criteria.toml"
FILE = "points.toml"
TESTS = ("is", "at_least", "below")
USUAL = ("leads", "won_share", "mean_days")


@dataclass(frozen=True)
class Criterion:
    """One test of one feature.

    Attributes:
        feature: its name.
        codes: of a category: any of these; empty for a number.
        at_least: of a number, or None.
        below: of a number, or None.
        points: for a lead that meets it; negative speaks against it.
    """

    feature: str
    codes: tuple[str, ...]
    at_least: float | None
    below: float | None
    points: float


@dataclass(frozen=True)
class Usual:
    """What is expected of leads before any has closed.

    Attributes:
        leads: how many leads it weighs as much as.
        won_share: of them won within the horizon.
        mean_days: until they are won.
    """

    leads: float
    won_share: float
    mean_days: float


@dataclass(frozen=True)
class Criteria:
    """All criteria, and what points mean.

    Attributes:
        points_to_double: so many double the rate of winning, the scale of scorecards (Siddiqi, Credit Risk Scorecards,
            2006, chapter 6).
        usual: expected before anything is known.
        criteria: in the order of the file.
    """

    points_to_double: float
    usual: Usual
    criteria: tuple[Criterion, ...]


def read_criteria(home: Path | None = None) -> Criteria:
    """The house's own ``points.toml`` of the home folder, or the criteria that callworth brings.

    Raises:
        BadInput: a criterion names no feature, no test or no points, or a number is out of range.

    >>> read_criteria().criteria[0].codes
    ('decision_maker',)
    """
    path = home / FILE if home is not None and (home / FILE).is_file() else SHIPPED
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} is not valid TOML ({error}); correct it, or remove it for the usual points.") from error
    double = _read_number(path, content, "points_to_double", above=0)
    section = content.get("usual", {})
    usual = Usual(*(_read_number(path, section, name, above=0, prefix="usual.") for name in USUAL))
    if usual.won_share >= 1:
        raise BadInput(f"{path}: usual.won_share is {usual.won_share:g}; give a share below 1.")
    rows = content.get("criterion", [])
    return Criteria(double, usual, tuple(_read_criterion(path, place, row) for place, row in enumerate(rows, start=1)))


def _read_number(path: Path, content: dict[str, Any], name: str, *, above: float, prefix: str = "") -> float:
    value = content.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not value > above:
        raise BadInput(f"{path}: {prefix}{name} is {value!r}; give a number above {above:g}.")
    return float(value)


def _read_criterion(path: Path, place: int, row: dict[str, Any]) -> Criterion:
    where, name = f"{path}, criterion {place}", row.get("feature")
    if name not in FEATURES:
        raise BadInput(f"{where}: {name!r} is no feature; see callworth features for their names.")
    if unknown := sorted(set(row) - {"feature", "points", *TESTS}):
        raise BadInput(f"{where}: the key '{unknown[0]}' is unknown; known are feature, points, {', '.join(TESTS)}.")
    wanted = ("is",) if FEATURES[name].kind == "category" else ("at_least", "below")
    tests = [test for test in TESTS if test in row]
    if len(tests) != 1 or tests[0] not in wanted:
        raise BadInput(f"{where}: '{name}' needs one test, {' or '.join(wanted)}.")
    points = _read_finite(where, row, "points")
    if tests == ["is"]:
        codes = row["is"] if isinstance(row["is"], list) else [row["is"]]
        return Criterion(name, tuple(map(str, codes)), None, None, points)
    bound = _read_finite(where, row, tests[0])
    if tests == ["at_least"]:
        return Criterion(name, (), bound, None, points)
    return Criterion(name, (), None, bound, points)


def _read_finite(where: str, row: dict[str, Any], name: str) -> float:
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < float("inf"):
        raise BadInput(f"{where}: {name} is {value!r}; give a number.")
    return float(value)
