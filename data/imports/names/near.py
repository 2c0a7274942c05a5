"""Names that were hardly meant otherwise: a slip of the keyboard is told from another name."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from data.imports.names.columns import simplify_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LIKENESS = 0.75  # difflib's ratio; below it, "Score" would be found in "Source"
SHOWN = 10


def find_near(name: str, known: Iterable[str]) -> str | None:
    """The known name that was meant, if one differs by no more than its spelling.

    >>> find_near("E-mail", ["Mobil", "email"]), find_near("Statuss", ["Status"]), find_near("CVR", ["Dato", "C"])
    ('email', 'Status', None)
    """
    simple = {simplify_name(each): each for each in reversed(list(known))}
    wanted = simplify_name(name)
    return next((simple[each] for each in get_close_matches(wanted, simple, 1, LIKENESS)), None)


def list_names(names: Sequence[str]) -> str:
    """Names in a row, the first ones if there are many.

    >>> list_names(["a", "b"]), list_names([str(i) for i in range(12)])
    ('a, b', '0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more')
    """
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
