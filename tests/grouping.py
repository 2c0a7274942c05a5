"""Which tests run in one process: those that share what is dear to make, a simulated operation or a trained model.

xdist 3.8 groups by a mark, which it writes into a test's id; pytest 9.2 no longer lets it, and every dear thing was
made in each process. So the groups are given to its scheduler here, and a group that is torn apart fails.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DEPTH = {"callworth": 3, "data": 3}
"""How many folders or files of a path name the group of a room; two where nothing is said."""

DEAREST = ("tests/callworth/test_demo.py", "tests/training", "tests/serving", "tests/benchmarks", "tests/monitoring")
"""What takes longest and is begun first, so that no process waits for another at the end."""


def name_group(nodeid: str) -> str:
    """The group of a test.

    >>> name_group("tests/serving/test_team.py::test_page[1]"), name_group("tests/data/gate/test_hours.py::test_x")
    ('tests/serving', 'tests/data/gate')
    >>> name_group("tests/callworth/test_demo.py::test_x"), name_group("data/errors.py::data.errors.tell_unwritable")
    ('tests/callworth/test_demo.py', 'doctests')
    """
    parts = nodeid.partition("::")[0].split("/")
    return "/".join(parts[: DEPTH.get(parts[1], 2)]) if parts[0] == "tests" else "doctests"


def order_groups(nodeids: Iterable[str]) -> list[str]:
    """The groups in the order in which they are begun: the dearest, and then those with most tests."""
    tests = Counter(map(name_group, nodeids))
    return sorted(tests, key=lambda group: (-DEAREST[::-1].index(group) if group in DEAREST else 1, -tests[group]))


class GroupScheduling(LoadScopeScheduling):
    """Hands out whole groups, in the order in which the tests were collected."""

    def _split_scope(self, nodeid: str) -> str:
        return name_group(nodeid)


class Claims:
    """The groups that a process runs, told to the others by a file for each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mine: set[str] = set()

    def claim(self, group: str) -> None:
        """Take a group, or fail if it is run by another process as well."""
        if group not in self._mine:
            self._folder.mkdir(exist_ok=True)
            os.close(os.open(self._folder / group.replace("/", "-"), os.O_CREAT | os.O_EXCL))
            self._mine.add(group)
