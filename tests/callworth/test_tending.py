"""What the round of hygiene prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_finding_that_needs_no_detail_shows_none(run: Callable[..., Any], tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    clock = "2026-01-01T00:00:00Z"
    clients = f"client_id,name,currency,time_zone,occurred_at\nn,N,DKK,Europe/Copenhagen,{clock}\n"
    companies = f"company_id,client_id,country,registration_id,occurred_at\na,n,DK,12345678,{clock}\nb,,,,{clock}\n"
    (folder / "clients.csv").write_text(clients, encoding="utf-8")
    (folder / "companies.csv").write_text(companies, encoding="utf-8")
    assert run("import", folder, "--mapping", "contract").status == 0
    shown = run("hygiene").out  # the refused row has a detail
    assert "the CVR number cannot exist" in shown
    assert "nan" not in shown.split()
