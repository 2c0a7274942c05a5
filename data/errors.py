"""The one tree of errors that callworth raises on purpose.

    CallworthError
    ├── AnswerNo            exit 1   the command ran, and the answer is no
    ├── BadInput            exit 2   something the user gave is wrong
    │   ├── SourceError              in a file: names file, row, column, value and remedy
    │   ├── MappingError             in a mapping
    │   └── TooLittleData            nothing can be learned from it, and what is missing
    └── EnvironmentFault    exit 3   store, registry, disk or artefact
        ├── StoreUnavailable
        ├── ArtefactRejected         a hash does not match, or no model is registered
        └── NotBuilt                 a command of the plan that is not there yet

The command line prints the message as one sentence and ends with ``exit_status``.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class CallworthError(Exception):
    r"""Anything callworth refuses; ``exit_status`` is what the command line ends with.

    The message is one line: what a file brings of line ends and other signs that cannot be seen is written out.

    >>> print(CallworthError("there is no column 'Firma\nBeløb'."))
    there is no column 'Firma\nBeløb'.
    """

    exit_status = 3

    def __init__(self, message: str) -> None:
        super().__init__("".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in message))


class AnswerNo(CallworthError):  # noqa: N818 - an answer, not a fault
    """The command did its work and the answer is no: a gate failed, rows are in quarantine."""

    exit_status = 1


class BadInput(CallworthError):  # noqa: N818 - reads as it is said
    """Something the user gave is wrong; the message says what, where and how to mend it."""

    exit_status = 2


class SourceError(BadInput):
    """A file that cannot become contract rows.

    >>> print(SourceError("the date does not exist", file="calls.csv", row=7, column="day",
    ...                   value="31-02-2026", remedy="correct the date"))
    calls.csv, row 7, column 'day', value '31-02-2026': the date does not exist; correct the date.
    """

    def __init__(
        self,
        problem: str,
        *,
        file: object,
        remedy: str,
        row: int | None = None,
        column: str | None = None,
        value: object = None,
    ) -> None:
        where = [str(file)]
        where += [f"row {row}"] if row is not None else []
        where += [f"column '{column}'"] if column is not None else []
        where += [f"value {str(value)!r}"] if value is not None else []
        super().__init__(f"{', '.join(where)}: {problem}; {remedy}.")


class MappingError(BadInput):
    """A mapping that says something the contract or the file does not know."""


class TooLittleData(BadInput):
    """Nothing can be learned from these rows; the message says what is missing."""


class EnvironmentFault(CallworthError):  # noqa: N818 - reads as it is said
    """The store, the registry, the disk or an artefact is not as it must be."""

    exit_status = 3


class StoreUnavailable(EnvironmentFault):
    """PostgreSQL cannot be reached, or its schema is not the one this version needs."""


class ArtefactRejected(EnvironmentFault):
    """No champion is registered, or a file of it does not match its hash."""


class NotBuilt(EnvironmentFault):
    """A command of the plan that this version does not have yet."""


@contextmanager
def tell_unwritable(path: Path) -> Iterator[None]:
    """A block that writes a file or folder which the user named.

    Raises:
        EnvironmentFault: it cannot be written, and why.

    >>> with tell_unwritable("leads.csv"):
    ...     raise OSError("there is no such directory")  # as pandas raises it, without a number
    Traceback (most recent call last):
    data.errors.EnvironmentFault: leads.csv cannot be written (there is no such directory); name another place.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or error
        raise EnvironmentFault(f"{path} cannot be written ({reason}); name another place.") from error
