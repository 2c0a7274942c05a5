"""What the command line says: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EMPTY = "–"
LEAST_SHOWN = 0.001
PIPE_WIDTH = 300
"""Characters to a line where no terminal says how many: enough never to break one."""


def _open_console(*, error: bool) -> Console:
    return Console(stderr=error, highlight=False, soft_wrap=True)


def say(text: str) -> None:
    """A line for people, on standard error."""
    _open_console(error=True).print(text, markup=False)


def say_error(text: str) -> None:
    """The one sentence of an error, on standard error."""
    _open_console(error=True).print(f"callworth: {text}", markup=False, style="bold red")


def print_json(value: Any) -> None:
    """One JSON object on standard output; a number that is not defined is null, a moment is ISO 8601."""
    sys.stdout.write(json.dumps(_plain(value), ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def print_text(text: str) -> None:
    """A result on standard output, as it is."""
    sys.stdout.write(text + "\n")


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table on standard output; columns of figures stand to the right and are never broken."""
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for place, column in enumerate(columns):
        figures = bool(rows) and all(not row[place] or row[place][0] in "0123456789-–<>" for row in rows)
        table.add_column(Text(column), justify="right" if figures else "left", no_wrap=figures, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = PIPE_WIDTH
    console.print(table)


def format_money(minor: object) -> str:
    """Minor units as people write an amount.

    >>> format_money(123456789), format_money(None)
    ('1,234,567.89', '–')
    """
    return EMPTY if _is_missing(minor) else f"{round(float(str(minor))) / 100:,.2f}"


def format_whole(minor: object) -> str:
    """Minor units as a whole amount, for tables; the exact one is in ``--json``.

    >>> format_whole(123456789)
    '1,234,568'
    """
    return EMPTY if _is_missing(minor) else f"{round(float(str(minor)) / 100):,}"


def format_share(share: object) -> str:
    """A share in per cent.

    >>> format_share(0.1234)
    '12.3 %'
    """
    return EMPTY if _is_missing(share) else f"{float(str(share)):.1%}".replace("%", " %")


def format_probability(probability: object) -> str:
    """A close probability in per cent: never 0 or 100, for nothing is certain before it has happened.

    >>> format_probability(0.1234), format_probability(0.0002), format_probability(0.9999), format_probability(None)
    ('12.3 %', '< 0.1 %', '> 99.9 %', '–')
    """
    if _is_missing(probability):
        return EMPTY
    share = float(str(probability))
    return "< 0.1 %" if share < LEAST_SHOWN else "> 99.9 %" if share > 1 - LEAST_SHOWN else format_share(share)


def format_count(count: int, thing: str) -> str:
    """How many there are of a thing, in words that fit one as well.

    >>> format_count(1, "open lead"), format_count(2_000, "open lead")
    ('1 open lead', '2,000 open leads')
    """
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def format_number(value: object, decimals: int = 2) -> str:
    """A number with a fixed count of decimals.

    >>> format_number(3.8), format_number(float("nan"))
    ('3.80', '–')
    """
    return EMPTY if _is_missing(value) else f"{float(str(value)):,.{decimals}f}"


Update = Callable[[str, int, int | None], None]
"""Takes words, and how much is done of how much."""


@contextmanager
def show_progress(text: str) -> Iterator[Update]:
    """Tell on standard error what is being done while the block runs: a moving line, or in a file a line per step."""
    console = _open_console(error=True)
    if not console.is_terminal:
        yield _tell_steps(text)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(text, total=None)

        def update(words: str = text, done: int = 0, total: int | None = None) -> None:
            progress.update(task, description=words, completed=done, total=total)

        yield update


def _tell_steps(text: str) -> Update:
    told = ""

    def tell(words: str = text, done: int = 0, total: int | None = None) -> None:  # noqa: ARG001 - as for a terminal
        nonlocal told
        if words != told:
            say(words)
        told = words

    tell(text)
    return tell


def _is_missing(value: object) -> bool:
    return value is None or str(value) in ("nan", "<NA>", "NaT", "None")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float):
        return None if math.isnan(value) else value
    if hasattr(value, "item"):
        return _plain(value.item())
    if _is_missing(value):
        return None
    return value.isoformat() if isinstance(value, date) else value
