"""Words that mean the same, across languages and in phrases."""

import random

import pytest
from searching import SHIPPED

from content.checking import check
from content.folding import fold
from content.models import WordGroup
from content.translations import load_translations
from index.analysis import analysis
from index.vocabulary import Vocabulary
from index.words import Words

GROUPS = [
    WordGroup(words={"en": ("kid", "child", "children"), "fr": ("enfant", "gosse")}),
    WordGroup(words={"en": ("day care", "nursery"), "fr": ("crèche",)}),
    WordGroup(words={"en": ("early childhood educator",), "fr": ("éducateur de jeunes enfants",)}),
    WordGroup(words={"en": ("nursery school",), "fr": ("école maternelle",)}),
]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    words = Words(["en", "fr"], ["l", "d"])
    return Vocabulary(GROUPS, words, frozenset({"day", "de", "the", "for", "of"}))


def concepts(vocabulary: Vocabulary, text: str) -> set[str]:
    tokens = [token.text for token in Words(["en", "fr"], ["l", "d"]).tokens(text)]
    return {c for spotted in vocabulary.spot(tokens) for c in spotted.concepts}


@pytest.mark.parametrize("text", ["kids", "Child", "gosses", "les enfants"])
def test_one_concept_for_all_its_words(vocabulary: Vocabulary, text: str) -> None:
    assert concepts(vocabulary, text) == {"=0"}


def test_a_phrase_keeps_its_light_words_when_it_needs_them(vocabulary: Vocabulary) -> None:
    assert concepts(vocabulary, "day care") == {"=1"}
    assert concepts(vocabulary, "care") == set()


def test_light_words_inside_a_phrase_do_not_matter(vocabulary: Vocabulary) -> None:
    assert concepts(vocabulary, "educateurs pour jeunes enfants") != {"=2"}
    assert concepts(vocabulary, "educateurs of the jeunes enfants") == {"=2"}


def test_the_longer_phrase_wins(vocabulary: Vocabulary) -> None:
    assert concepts(vocabulary, "nursery school") == {"=3"}
    assert concepts(vocabulary, "nursery") == {"=1"}


def test_texts_have_the_concepts_inside_their_phrases_too(vocabulary: Vocabulary) -> None:
    found = set(vocabulary.concepts_of(["educateur", "de", "jeunes", "enfants"]))
    assert found == {"=2", "=0"}


def test_members_are_as_the_editors_wrote_them(vocabulary: Vocabulary) -> None:
    assert vocabulary.members("=1") == (("en", "day care"), ("en", "nursery"), ("fr", "crèche"))
    assert vocabulary.members("=99") == ()


def test_every_phrase_of_the_shipped_vocabulary_is_found_as_it_is_written() -> None:
    content = check(SHIPPED).content
    assert content is not None
    parts = analysis(content, load_translations(SHIPPED))
    unfound = [
        phrase
        for number, group in enumerate(content.vocabulary)
        for phrases in group.words.values()
        for phrase in phrases
        if len(tokens := [t.text for t in parts.words.tokens(phrase)]) > 1
        and not any(f"={number}" in s.concepts for s in parts.vocabulary.spot(tokens))
    ]
    assert unfound == []


def test_phrases_are_the_finds_of_several_words() -> None:
    content = check(SHIPPED).content
    assert content is not None
    vocabulary = analysis(content, load_translations(SHIPPED)).vocabulary
    chance = random.Random(1)
    told = [p for group in content.vocabulary for ps in group.words.values() for p in ps]
    told += ["the", "of", "de", "la", "pizza"]
    for _ in range(2_000):
        words = fold(" ".join(chance.choices(told, k=4))).split()
        several = [s for s in vocabulary.spot(words) if s.end - s.start > 1]
        assert list(vocabulary.phrases(words)) == several
