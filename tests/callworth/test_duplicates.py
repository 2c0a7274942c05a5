"""Merges on the command line: shown, made by hand and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


COMPANIES = [("a", "Ærø Bageri", ""), ("b", "Bager", "x.dk"), ("c", "C", "WWW.X.dk")]


def test_a_merge_is_made_by_hand_shown_and_taken_back(run: Callable[..., Any], tmp_path: Path) -> None:
    clock = "2026-01-01T00:00:00Z"
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "clients.csv").write_text(
        f"client_id,name,currency,time_zone,occurred_at\nn,N,DKK,Europe/Copenhagen,{clock}\n"
    )
    rows = "".join(f"{key},n,{name},{domain},{clock}\n" for key, name, domain in COMPANIES)
    (folder / "companies.csv").write_text(f"company_id,client_id,name,domain,occurred_at\n{rows}", encoding="utf-8")
    report = run("import", folder, "--mapping", "contract", "--json").json
    assert report["merged"] == {"companies": 1}
    assert run("duplicates", "list", "--json").json == {"pairs": []}
    number = run("duplicates", "merge", "company", "a", "b", "--json").json["merge_id"]
    merges = run("duplicates", "log", "--json").json["merges"]
    assert [(row["kept"], row["merged"], row["named"]) for row in merges] == [
        ("a", "b", "by hand"),
        ("b", "c", "domain"),
    ]
    assert run("duplicates", "undo", number).status == 0
    assert "by hand" in run("duplicates", "log").out
    assert run("duplicates", "merge", "list", "a", "b").status == 2
