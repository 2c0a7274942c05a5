"""The Tab key: names of mappings wherever a command takes one."""

from __future__ import annotations

from typing import Any

import pytest
import typer

from callworth.app import app


@pytest.mark.parametrize("command", [("import",), ("backtest",), ("quarantine", "release")])
def test_mapping_names_are_offered(command: tuple[str, ...]) -> None:
    found: Any = typer.main.get_command(app)
    for name in command:
        found = found.commands[name]
    (option,) = (each for each in found.params if each.name == "mapping")
    context = typer.Context(found)
    assert [item.value for item in option.shell_complete(context, "uci")] == ["uci-bank", "uci-bank-additional"]
    assert option.shell_complete(context, "./our") == []
