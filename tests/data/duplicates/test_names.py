"""Normal forms: what is one name in several spellings becomes one, what is another stays another."""

from __future__ import annotations

import pandas as pd
import pytest

from data.duplicates.names import normalise_all, normalise_company, normalise_person


@pytest.mark.parametrize(
    "other",
    [
        "Søndergård & Søn ApS",
        "SØNDERGÅRD OG SØN ANPARTSSELSKAB",
        "Soendergaard + Soen aps.",
        "Sondergard & Son, ApS",
        "Søndergårds & Søn Aps",
        "Søndergård & Søn ApS v/ Hans Hansen",
    ],
)
def test_a_company_has_one_normal_form_in_all_spellings(other: str) -> None:
    found, meant = normalise_company(other), normalise_company("Søndergård & Søn ApS")
    assert (found.words, found.form) == (meant.words, meant.form) == (("sondergard", "son"), "aps")


@pytest.mark.parametrize(
    ("name", "words", "form"),
    [
        ("A/S Dansk Olie", ("dansk", "olie"), "as"),
        ("Holm K/S", ("holm",), "ks"),
        ("Holm I/S", ("holm",), "is"),
        ("Holm Is", ("holm", "is"), None),  # sells ice cream
        ("J. P. Møller GmbH", ("jp", "moller"), "gmbh"),
        ("ApS", ("aps",), None),
        ("René's Café", ("renes", "cafe"), None),
        ("Müller GmbH & Co. KG", ("mueller", "gmbh", "co"), "kg"),
    ],
)
def test_the_legal_form_is_taken_off_and_kept(name: str, words: tuple[str, ...], form: str | None) -> None:
    found = normalise_company(name)
    assert (found.words, found.form) == (words, form)


@pytest.mark.parametrize(
    ("name", "words", "form", "shortened"),
    [
        ("Hansen, Jens", ("hansen", "jens"), None, set()),
        ("J. Hansen", ("j", "hansen"), None, {"j"}),
        ("Chr. Hansen", ("chr", "hansen"), None, {"chr"}),
        ("fru Anne Holm-Hansen", ("anne", "holm", "hansen"), None, set()),
        ("Jens Hansen sen.", ("jens", "hansen"), "senior", set()),
        ("Jens Hansen Jr", ("jens", "hansen"), "junior", set()),
        ("Fru", ("fru",), None, set()),
    ],
)
def test_people_are_read_without_courtesy(
    name: str, words: tuple[str, ...], form: str | None, shortened: set[str]
) -> None:
    found = normalise_person(name)
    assert (found.words, found.form, set(found.shortened)) == (words, form, shortened)


def test_what_has_no_name_has_no_words() -> None:
    found = normalise_all(pd.Series(["Holm", None, "&"], dtype="str"), normalise_company)
    assert [name.words for name in found] == [("holm",), (), ()]
