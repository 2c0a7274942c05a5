"""What ``import --dry-run`` shows: the result by table, the rows that would be refused, and some of the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callworth.output import EMPTY, print_table

if TYPE_CHECKING:
    from data import ImportReport

CHANGES = ("new", "changed", "unchanged", "merged")


def print_preview(report: ImportReport) -> None:
    """Print what a dry run would do; nothing of another import."""
    if (preview := report.preview) is None:
        return
    rows = [
        [name, *(f"{counts[change]:,}" if change in counts else EMPTY for change in CHANGES)]
        for name, counts in preview.tables.items()
    ]
    print_table("By table", ["table", *CHANGES], rows)
    if preview.refused:
        refused = [
            [each.file, each.rule, f"{each.count:,}", _list_rows(each.rows, each.count), each.reason]
            for each in preview.refused
        ]
        print_table("Refused", ["file", "rule", "rows", "which", "why"], refused)
    for name, examples in preview.examples.items():
        fields = list(dict.fromkeys(field for example in examples for field in example))
        cells = [[field, *(_show(example.get(field)) for example in examples)] for field in fields]
        numbers = [f"example {number}" for number in range(1, len(examples) + 1)]
        print_table(f"Would be added to {name}, for example", ["field", *numbers], cells)


def _list_rows(rows: tuple[int, ...], count: int) -> str:
    return ", ".join(map(str, rows)) + (" …" if count > len(rows) else "")


def _show(value: Any) -> str:
    if value is None:
        return EMPTY
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
