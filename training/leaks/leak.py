"""A column that is refused, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PREFIX = "attribute_"


@dataclass(frozen=True)
class Finding:
    """What is wrong with a column.

    Attributes:
        kind: which kind of leak.
        reason: one clause for people, with the shares that it rests on.
    """

    kind: str
    reason: str


@dataclass(frozen=True)
class Leak:
    """A column that tells the outcome, and what was done with it.

    Attributes:
        column: as the source calls it; a free attribute without its prefix.
        kind: which kind of leak.
        reason: one sentence.
        kept: learned from all the same, because the user keeps it by name.
    """

    column: str
    kind: str
    reason: str
    kept: bool = False

    def as_json(self) -> dict[str, str | bool]:
        """The leak as reports and the model's facts have it."""
        return {"column": self.column, "kind": self.kind, "reason": self.reason, "kept": self.kept}

    def to_line(self) -> str:
        """The leak in one line, for people.

        >>> Leak("status", "restates the outcome", "'status' restates the outcome.", kept=True).to_line()
        "Kept by name, although it tells the outcome: 'status' restates the outcome."
        """
        begin = "Kept by name, although it tells" if self.kept else "Left out, because it tells"
        return f"{begin} the outcome: {self.reason}"


def read_leaks(facts: Mapping[str, Any]) -> list[Leak]:
    """The leaks found when a model was trained, from its facts."""
    return [Leak(**each) for each in facts.get("leaks", ())]


def name_column(feature: str) -> str:
    """What people call a feature's column.

    >>> name_column("attribute_closed_reason"), name_column("employees")
    ('closed_reason', 'employees')
    """
    return feature.removeprefix(PREFIX)


def list_refused(leaks: Iterable[Leak], columns: Iterable[str]) -> list[str]:
    """Those of the feature columns that are not learned from."""
    refused = {leak.column for leak in leaks if not leak.kept}
    return [column for column in columns if name_column(column) in refused]
