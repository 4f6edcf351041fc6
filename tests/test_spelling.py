"""Typos: near words are found, good words are left alone."""

import pytest

from index.spelling import Spelling, budget

WORDS = {
    "ecran": 3, "ecrans": 2, "surexposition": 1, "puericultrice": 1, "association": 9, "atd": 1,
    "oms": 1, "pauvrete": 2, "mayor": 4, "major": 1, "croix": 1, "educateurs": 2, "ville": 3,
}  # fmt: skip


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return Spelling(WORDS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ecrna", "ecran"),
        ("surexposision", "surexposition"),
        ("puericultirce", "puericultrice"),
        ("asociation", "association"),
        ("pauvretee", "pauvrete"),
        ("adt", "atd"),
        ("crois", "croix"),
        ("surexpo", "surexposition"),
    ],
)
def test_the_word_meant_comes_first(spelling: Spelling, typed: str, meant: str) -> None:
    assert spelling.corrections(typed)[0].word == meant


@pytest.mark.parametrize("typed", ["omg", "xyz", "ab", "1234", "bitcoin", "", "a" * 64])
def test_far_words_are_left_alone(spelling: Spelling, typed: str) -> None:
    assert spelling.corrections(typed) == ()


def test_the_commoner_of_two_near_words_comes_first(spelling: Spelling) -> None:
    assert spelling.corrections("mazor")[0].word == "mayor"


def test_a_wrong_first_letter_counts_more(spelling: Spelling) -> None:
    assert spelling.corrections("xville")[0].slip is False


@pytest.mark.parametrize(("length", "typos"), [(2, 0), (3, 1), (7, 1), (8, 2), (20, 2)])
def test_the_budget_grows_with_the_word(length: int, typos: int) -> None:
    assert budget(length) == typos


def test_half_typed_words_find_the_commonest_first(spelling: Spelling) -> None:
    assert spelling.beginning_with("ecr") == ("ecran", "ecrans")
