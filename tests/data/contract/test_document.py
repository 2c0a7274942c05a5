"""The contract's page is the contract."""

from __future__ import annotations

from pathlib import Path

from data.contract import CONTRACT
from data.contract.document import describe_contract

PAGE = Path(__file__).parents[3] / "docs" / "contract.md"


def test_the_page_is_written_from_the_declaration() -> None:
    assert PAGE.read_text(encoding="utf-8") == describe_contract(), "write docs/contract.md anew"


def test_every_table_field_and_code_is_on_it() -> None:
    page = describe_contract()
    for table in CONTRACT.values():
        section = page.split(f"\n## {table.name}\n")[1].split("\n## ")[0]
        for field in table.columns:
            assert f"| `{field.name}` |" in section
            assert all(f"`{code}`" in section for code in field.codes)
        assert all(sentence in section for sentence in table.invariants)
