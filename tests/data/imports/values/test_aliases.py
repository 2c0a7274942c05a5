"""What sources write for the contract's codes: known, proposed, and never two things at once."""

from __future__ import annotations

import pytest

from data.contract import CONTRACT
from data.contract.codes import DISPOSITIONS
from data.imports.values.aliases import ALIASES, CODES, find_near_code, fold_code, propose_codes
from data.imports.values.kinds import explain_kind


@pytest.mark.parametrize("field", ALIASES)
def test_each_alias_means_one_code_of_its_list(field: str) -> None:
    assert set(ALIASES[field]) == set(CODES[field])
    folded = [fold_code(alias) for names in ALIASES[field].values() for alias in names]
    assert len(folded) == len(set(folded))


def test_codes_are_those_of_the_contract() -> None:
    fields = {field.name: field.codes for table in CONTRACT.values() for field in table.fields if field.codes}
    assert all(fields[name] == codes or name == "stage" for name, codes in CODES.items())


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Ikke hjemme", "no_answer"),
        ("OPTAGET", "busy"),
        ("telefonsvarer", "voicemail"),
        ("Møde booket", "meeting_booked"),
        ("ønsker ikke kontakt", "do_not_call"),
        ("Not interested", "not_interested"),
        ("Meeting booked", "meeting_booked"),
    ],
)
def test_words_of_the_trade_are_known(written: str, code: str) -> None:
    assert propose_codes("disposition", [written, "kaffe"]) == {written: code}


@pytest.mark.parametrize(("written", "near"), [("bussy", "busy"), ("Optaget", "busy"), ("no answr", "no_answer")])
def test_a_refused_code_names_the_near_one(written: str, near: str) -> None:
    _, remedy = explain_kind(CONTRACT["calls"]["disposition"], written)
    assert remedy.startswith(f"did you mean {near}? use one of no_answer, busy, ")


@pytest.mark.parametrize("written", ["kaffe", "", "xyz", "11"])
def test_what_nothing_is_like_has_no_near_one(written: str) -> None:
    assert find_near_code(written, "disposition", DISPOSITIONS) is None
