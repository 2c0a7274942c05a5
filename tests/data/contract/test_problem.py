from __future__ import annotations

from data.contract.problem import Problem


def test_a_long_value_is_told_by_its_beginning() -> None:
    told = Problem(2, "leads", "Firma", "x" * 201, "rule", "it is too long", "cut it").sentence("f.csv")
    assert told == f"f.csv, row 2, column 'Firma', value '{'x' * 200}…': it is too long; cut it."
    assert "x" * 200 + "':" in Problem(2, "leads", "Firma", "x" * 200, "rule", "no", "yes").sentence("f.csv")
