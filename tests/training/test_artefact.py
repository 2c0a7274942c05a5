from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import training.artefact
from data.errors import ArtefactRejected
from data.frames import to_arrow
from features import Attribute
from training.artefact import MANIFEST, read_artefact, write_artefact
from training.fitting import fit_artefact

if TYPE_CHECKING:
    from pathlib import Path

    from data.frames import Tables
    from training.artefact import Artefact


@pytest.fixture(scope="module")
def written(artefact: Artefact, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("artefact")
    return folder, write_artefact(artefact, folder)


@pytest.mark.parametrize("name", ["winning_0.txt", "schema.json", "reference.parquet", MANIFEST])
def test_each_file_is_held_against_its_hash(written: tuple[Path, str], name: str) -> None:
    folder, digest = written
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content + b" ")
    try:
        with pytest.raises(ArtefactRejected, match="hash differs"):
            read_artefact(folder, digest, "1")
    finally:
        (folder / name).write_bytes(content)


def test_a_missing_file_is_named(written: tuple[Path, str]) -> None:
    folder, digest = written
    (folder / "timing.json").rename(folder / "aside")
    try:
        with pytest.raises(ArtefactRejected, match=r"timing\.json cannot be read"):
            read_artefact(folder, digest, "1")
    finally:
        (folder / "aside").rename(folder / "timing.json")


def test_a_version_of_an_older_callworth_is_refused_in_words(written: tuple[Path, str], tmp_path: Path) -> None:
    older = b'{"lost_per_day": [[0.1]], "won_per_day": [[0.1]], "stratum_column": 0, "strata": 1}'
    for path in written[0].iterdir():
        (tmp_path / path.name).write_bytes(older if path.name == "timing.json" else path.read_bytes())
    manifest = json.loads((tmp_path / MANIFEST).read_text()) | {"timing.json": sha256(older).hexdigest()}
    (tmp_path / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(ArtefactRejected, match="version 7 was trained by an older callworth"):
        read_artefact(tmp_path, sha256((tmp_path / MANIFEST).read_bytes()).hexdigest(), "7")


def test_what_was_written_is_read(written: tuple[Path, str]) -> None:
    found = read_artefact(*written, "7")
    assert found.version == "7"
    assert found.facts["as_of"] == "2026-03-01T00:00:00+00:00"
    assert len(found.reference) == 5_000
    assert {"probability", "question", "calls", "industry"} <= set(found.reference.columns)


def test_the_rows_read_are_those_that_were_hashed(
    written: tuple[Path, str], artefact: Artefact, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(written[0], tmp_path, dirs_exist_ok=True)
    read = training.artefact._read

    def read_and_exchange(folder: Path, name: str, *rest: str) -> bytes:
        content = read(folder, name, *rest)
        (folder / name).write_bytes(b"another file, put there after the hash was found right")
        return content

    monkeypatch.setattr(training.artefact, "_read", read_and_exchange)
    assert read_artefact(tmp_path, written[1], "1").reference["calls"].equals(artefact.reference["calls"])


PERSONAL = {"E-mail": "bo.{}@firma.dk", "kontakt": "Bo Holm {}", "cpr": "010170-{}", "omstilling": "33{}56"}


def _tell_people(count: int) -> Tables:
    """Leads with personal attributes; one of them has a name of its own and is called 25 times."""
    ids = [f"l{number}" for number in range(count)]
    created = pd.date_range("2026-01-01", periods=count, freq="h", tz="UTC")
    people = [{name: text.format(1_000 + number) for name, text in PERSONAL.items()} for number in range(count)]
    chains = ["Kædeløs Vestergård", *("Nord" if number % 3 else "Syd" for number in range(1, count))]
    texts = [json.dumps(person | {"chain": chain}) for person, chain in zip(people, chains, strict=True)]
    leads = pd.DataFrame({"lead_id": ids, "campaign_id": "k", "company_id": ids, "attributes": texts})
    calls = pd.DataFrame({"call_id": [str(number) for number in range(25)], "lead_id": "l0", "talk_seconds": 0})
    closed = pd.DataFrame({"lead_id": ids, "occurred_at": created + pd.Timedelta(days=30)})
    deals = closed[::2].assign(deal_id=ids[::2], amount_minor=1, currency="DKK")
    lost = closed[1::2].assign(lead_stage_id=ids[1::2], stage="lost")
    calls["occurred_at"] = pd.date_range("2026-01-02", periods=25, freq="D", tz="UTC")
    frames = {"leads": leads.assign(occurred_at=created), "calls": calls, "deals": deals, "lead_stages": lost}
    return {name: to_arrow(name, frame) for name, frame in frames.items()}


def _read_text(path: Path) -> str:
    """A file as text; Parquet compresses, so its rows are read out."""
    rows = pd.read_parquet(path).to_csv() if path.suffix == ".parquet" else ""
    return rows + path.read_bytes().decode(errors="replace")


def test_no_file_tells_who_a_person_is(tmp_path: Path) -> None:
    artefact = fit_artefact(_tell_people(120), datetime(2026, 3, 1, tzinfo=UTC))
    assert artefact.attributes == (Attribute("chain", "category"),)
    assert "(other)" in set(artefact.reference["attribute_chain"])
    write_artefact(artefact, tmp_path)
    content = "".join(_read_text(path) for path in tmp_path.iterdir())
    assert "Nord" in content
    for secret in ("@firma.dk", "Bo Holm", "010170-", "33100056", "Vestergård", "Vesterg\\u00e5rd"):
        assert secret not in content
