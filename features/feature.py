"""What a feature is: a name, a source, an SQL expression over the rows of that source, and a sentence.

A feature is declared as a function that is named as its column, whose docstring is its description and which
returns the expression (the style of hamilton). The decorator turns the function into a :class:`Feature`.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from data.contract import CONTRACT

if TYPE_CHECKING:
    from collections.abc import Callable

    from features.sources import Source

FeatureKind = Literal["count", "number", "category"]


@dataclass(frozen=True)
class Feature:
    """One column of the feature frame.

    Attributes:
        name: the column.
        source: whose rows the expression is over.
        expression: SQL; an aggregate over events, a plain expression over the one visible version.
        kind: ``count`` is a number that is 0 where nothing happened; other numbers are then missing.
        unit: of a number; for a category, what it names.
        description: one sentence.
        group: the business fact that several features speak of, for reasons of a score; empty for one of its own.
    """

    name: str
    source: Source
    expression: str
    kind: FeatureKind
    unit: str
    description: str
    group: str = ""

    @property
    def words(self) -> str:
        """The name as people say it."""
        return self.name.replace("_", " ")


def feature(
    source: Source, *, unit: str, kind: FeatureKind = "number", group: str = ""
) -> Callable[[Callable[[], str]], Feature]:
    """Declare a feature: the decorated function gives its name, its description and its expression.

    Args:
        source: the table that it is computed from.
        unit: of its values.
        kind: count, number or category.
        group: the business fact that it speaks of together with others; its phrases stand in ``features/words/``.

    Raises:
        ValueError: the expression reads a personal field, or the function has no docstring.
    """

    def declare(function: Callable[[], str]) -> Feature:
        name = function.__name__
        description = inspect.getdoc(function)
        if not description:
            raise ValueError(f"the feature {name} needs a docstring, which is its description")
        declared = Feature(name, source, function(), kind, unit, " ".join(description.split()), group)
        read = fields_read(source, declared.expression)
        if personal := sorted(field for field in read if CONTRACT[source.table][field].personal):
            raise ValueError(f"the feature {name} reads the personal field {', '.join(personal)}")
        return declared

    return declare


def fields_read(source: Source, *expressions: str) -> set[str]:
    """The contract fields of the source's table that expressions over its rows name.

    Derived columns count as the fields that they are made of; words in quotes are values, not fields.
    """
    derived = dict(source.derived)
    words = _words(*expressions)
    words |= _words(*(derived[word] for word in words & derived.keys()))
    return words & set(CONTRACT[source.table].names)


def _words(*expressions: str) -> set[str]:
    return {word for text in expressions for word in re.findall(r"[a-z_][a-z_0-9]*", re.sub(r"'[^']*'", "", text))}
