"""Words in arrays: every one is found, and none that is not there."""

from pathlib import Path
from zlib import crc32

import pytest

from index.trigrams import Trigrams, trigrams
from index.word_table import WordTable

WORDS = ("buckeroo", "ecran", "ecrans", "enfant", "plumless", "écran", "日本語")


@pytest.fixture(params=["in memory", "mapped"])
def table(request: pytest.FixtureRequest, tmp_path: Path) -> WordTable:
    made = WordTable.of(WORDS)
    if request.param == "in memory":
        return made
    made.write(tmp_path, "words")
    return WordTable.open(tmp_path, "words")


def test_every_word_has_its_number(table: WordTable) -> None:
    assert [table.number(word) for word in WORDS] == list(range(len(WORDS)))
    assert [table.word(number) for number in range(len(table))] == list(WORDS)


def test_words_that_are_not_there_have_none(table: WordTable) -> None:
    assert [table.number(word) for word in ("", "ecra", "ecranss", "zèbre")] == [None] * 4


def test_many_words_are_looked_up_at_once(table: WordTable) -> None:
    assert table.known((*WORDS, "", "ecra", "zèbre")) == set(WORDS)
    assert table.known(()) == set()


def test_a_word_of_another_ones_hash_is_not_known() -> None:
    assert WordTable.of(["plumless"]).known(["buckeroo"]) == set()


def test_words_of_the_same_hash_are_told_apart(table: WordTable) -> None:
    assert crc32(b"plumless") == crc32(b"buckeroo")
    assert table.number("plumless") != table.number("buckeroo")


@pytest.mark.parametrize(
    ("start", "found"), [("ecr", ["ecran", "ecrans"]), ("日", ["日本語"]), ("x", [])]
)
def test_words_that_begin_alike_are_in_a_row(
    table: WordTable, start: str, found: list[str]
) -> None:
    numbers = table.beginning_with(start)
    assert table.row(numbers.start, numbers.stop) == found


def test_no_words_are_a_table_too(tmp_path: Path) -> None:
    WordTable.of(()).write(tmp_path, "words")
    table = WordTable.open(tmp_path, "words")
    assert (len(table), table.number("ecran"), table.row(0, 0)) == (0, None, [])
    assert table.known(["ecran"]) == set()


def test_shared_trigrams_are_counted_once_a_word() -> None:
    words = ("aaaa", "ecran", "ecrans", "日本語")
    made = Trigrams.of(words)
    for sought in (*words, "aa", "xyz"):
        mine = trigrams(sought)
        counts = {n: len(mine & trigrams(word)) for n, word in enumerate(words)}
        assert dict(made.shared(mine, 1)) == {n: count for n, count in counts.items() if count}
