"""Rows settled among themselves, as the store would settle them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from data.contract import CONTRACT
from data.imports.mapping import contract_mapping
from data.imports.reading import RowReader
from data.imports.settling import settle_rows


def rows(name: str, *given: dict[str, Any]) -> pd.DataFrame:
    text = pd.DataFrame([{"occurred_at": "2025-01-01"} | row for row in given], columns=list(CONTRACT[name].names))
    text = text.astype("str").fillna("")
    text.index = range(2, len(text) + 2)
    (file,) = (file for file in contract_mapping().files if file.name == f"{name}.csv")
    extract = RowReader(contract_mapping(), file).read(text)
    assert extract.problems == []
    return extract.tables[name]


CLIENT = {"client_id": "n", "name": "N", "currency": "DKK", "time_zone": "UTC"}
COMPANY = {"company_id": "c", "client_id": "n"}


def test_versions_follow_each_other() -> None:
    versions = [CLIENT | {"name": name, "known_at": f"2025-01-0{day}"} for day, name in ((4, "b"), (2, "a"), (4, "b"))]
    settled, refused = settle_rows({"clients": rows("clients", *versions)})
    assert refused == []
    found = settled["clients"].sort_values("known_at")
    assert found["name"].tolist() == ["a", "b"]
    assert found["superseded_at"].tolist()[0] == found["known_at"].tolist()[1]
    assert pd.isna(found["superseded_at"].tolist()[1])


def test_an_entity_repeated_has_its_first_date() -> None:
    dates = ("2025-01-05", "2025-01-03", "2025-01-04")
    settled, refused = settle_rows({"clients": rows("clients", *(CLIENT | {"occurred_at": day} for day in dates))})
    assert refused == []
    assert settled["clients"]["occurred_at"].astype("str").tolist() == ["2025-01-03 00:00:00+00:00"]


def test_contradictions_are_refused_with_their_children() -> None:
    tables = {
        "clients": rows("clients", CLIENT, CLIENT | {"name": "Other"}),
        "companies": rows("companies", COMPANY, COMPANY, COMPANY | {"company_id": "d", "client_id": "nobody"}),
        "contacts": rows(
            "contacts", *({"contact_id": f"p{i}", "company_id": c} for i, c in enumerate(("c", "c", "c", "d")))
        ),
    }
    settled, refused = settle_rows(tables)
    assert {problem.row: problem.rule for problem in refused} == {
        3: "client_id: twice",
        4: "client_id: unknown",
        5: "company_id: unknown",
    }
    assert settled["contacts"]["contact_id"].tolist() == ["p0"]
    assert settled["companies"]["company_id"].tolist() == ["c"]
