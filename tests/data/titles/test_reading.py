"""Titles against labels by hand: those that the words were chosen with, and others kept aside to measure on."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data.contract.codes import DECISION_LEVELS
from data.titles import read_level, read_levels
from data.titles.vocabulary import read_vocabulary

HERE = Path(__file__).parent


def load(name: str) -> pd.DataFrame:
    return pd.read_csv(HERE / name, sep=";", dtype="str", keep_default_na=False)


def test_the_labels_are_of_the_contract_and_each_title_stands_once() -> None:
    both = pd.concat([load("labelled.csv"), load("kept_aside.csv")])
    assert set(both["level"]) == {*DECISION_LEVELS, ""}
    assert both["title"].is_unique
    assert [len(load(name)) for name in ("labelled.csv", "kept_aside.csv")] == [211, 60]


@pytest.mark.parametrize(("title", "level"), load("labelled.csv").to_numpy().tolist())
def test_titles_are_read_as_labelled(title: str, level: str) -> None:
    assert (read_level(title) or "") == level


def test_of_titles_that_no_word_was_chosen_for_most_are_read_and_hardly_one_wrongly() -> None:
    titles = load("kept_aside.csv")
    read = read_levels(titles["title"]).fillna("")
    assert (read == titles["level"]).mean() >= 0.75
    assert ((read != "") & (read != titles["level"])).mean() <= 0.05


def test_no_word_says_two_things() -> None:
    vocabulary = read_vocabulary()
    endings = [ending for ending, _ in vocabulary.endings]
    assert len(endings) == len(set(endings))
    assert not vocabulary.links & vocabulary.words.keys()
