"""How a score of 1 to 99 is graded, and from what difference on it has risen or fallen: the house's own limits."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

from data.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

Grade = Literal["A", "B", "C", "D"]
Trend = Literal["up", "down", "steady"]

LEAST, MOST = 1, 99


@dataclass(frozen=True)
class Grading:
    """Limits of the grades, and the dead band of the trend.

    Attributes:
        a: from this score on a lead is an A.
        b: from this score on a B.
        c: from this score on a C; below it a D.
        steady_within: a score that differs by so many points at most from the one before is steady.
    """

    a: int = 90
    b: int = 70
    c: int = 40
    steady_within: int = 4

    def grade(self, score: int) -> Grade:
        """The grade of a score.

        >>> [Grading().grade(score) for score in (99, 90, 89, 70, 40, 39)]
        ['A', 'A', 'B', 'B', 'C', 'D']
        """
        return "A" if score >= self.a else "B" if score >= self.b else "C" if score >= self.c else "D"

    def find_trend(self, before: int, now: int) -> Trend:
        """Whether a score has risen or fallen by more than the dead band.

        >>> Grading().find_trend(50, 54), Grading().find_trend(50, 55), Grading().find_trend(50, 45)
        ('steady', 'up', 'down')
        """
        if abs(now - before) <= self.steady_within:
            return "steady"
        return "up" if now > before else "down"


def read_grading(path: Path, said: object) -> Grading:
    """The grading that a settings file states in its table ``grades``; what it leaves out is as by default.

    Args:
        path: of the file, for the sentence.
        said: the table's content.

    Raises:
        BadInput: a name is not known, a value is no whole number of the scale, or the limits do not fall.
    """
    if not isinstance(said, dict):
        raise BadInput(f"{path}: grades is not a table; write [grades] and below it, for example, a = 85.")
    known = {one.name for one in fields(Grading)}
    for name, value in said.items():
        if name not in known:
            raise BadInput(f"{path}: grades.{name} is not known; known are {', '.join(sorted(known))}.")
        least = 0 if name == "steady_within" else LEAST
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= MOST:
            raise BadInput(
                f"{path}: grades.{name} = {value!r} is not a score; write a whole one from {least} to {MOST}."
            )
    grading = Grading(**said)
    if not grading.a > grading.b > grading.c:
        raise BadInput(
            f"{path}: grades.a = {grading.a}, b = {grading.b} and c = {grading.c} do not fall; A begins above B, and B "
            "above C."
        )
    return grading
