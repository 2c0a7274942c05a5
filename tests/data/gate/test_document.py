"""The gate's page is the gate."""

from __future__ import annotations

from pathlib import Path

from data.gate import RULES
from data.gate.document import describe_gate

PAGE = Path(__file__).parents[3] / "docs" / "may-call.md"


def test_the_page_is_written_from_the_rules() -> None:
    assert PAGE.read_text(encoding="utf-8") == describe_gate(), "write docs/may-call.md anew"


def test_every_rule_says_whether_it_is_law() -> None:
    page = describe_gate()
    for rule in RULES:
        (line,) = (line for line in page.splitlines() if f"| `{rule.name}` |" in line)
        assert ("**law**" in line) != ("house policy" in line)
