"""Words: the same tokens however people write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.folding import fold
from index.rows import Rows
from index.words import LONGEST_WORD, Words

ELISIONS = "l d j m t s n c qu jusqu lorsqu puisqu".split()


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(["en", "fr"], ELISIONS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Écrans ÉCRANS écrans ecrans", ["ecrans"] * 4),
        ("e\u0301crans", ["ecrans"]),
        ("ｆｕｌｌ ﬁn", ["full", "fin"]),
        ("l'école l’école l`école", ["ecole"] * 3),
        ("qu'est jusqu'à d'Arras", ["est", "a", "arras"]),
        ("œuvre æther", ["oeuvre", "aether"]),
        ("children's parents’", ["children", "parents"]),
        ("don't can't", ["dont", "cant"]),
        ("écrans ?", ["ecrans"]),
        ("écrans\u00a0!", ["ecrans"]),
        ("éducateur·rice·s", ["educateur"]),
        ("éducateurs/trices", ["educateurs"]),
        ("étudiant(e)s", ["etudiant"]),
        ("infirmier.e.s", ["infirmier"]),
        ("Quart-Monde", ["quart", "monde"]),
        ("35,000 35 000 35\u202f000 35.000", ["35000"] * 4),
        ("A.M.F.", ["amf"]),
        ("rock'n'roll", ["rock", "n", "roll"]),
        ("*", []),
        ("", []),
        ("日本", ["日本"]),
    ],
)
def test_people_write_in_many_ways(words: Words, text: str, expected: list[str]) -> None:
    assert [token.text for token in words.tokens(text)] == expected


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://www.surexpositionecrans.org/page?x=1", "surexpositionecrans.org"),
        ("AMF.ASSO.FR", "amf.asso.fr"),
        ("soutenir.croix-rouge.fr", "soutenir.croix-rouge.fr"),
    ],
)
def test_web_addresses_stay_whole(words: Words, text: str, host: str) -> None:
    (token,) = words.tokens(text)
    assert token.text == host
    assert token.parts == tuple(host.replace("-", ".").split("."))


def test_acronyms_are_told_by_their_capitals(words: Words) -> None:
    assert [t.acronym for t in words.tokens("WHO network, who deals")] == [
        True,
        False,
        False,
        False,
    ]


def test_a_shouted_question_has_no_acronyms(words: Words) -> None:
    assert not any(t.acronym for t in words.tokens("WHO DEALS WITH SCREENS"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ecrans", "ecran"),
        ("children", "children"),
        ("puericultrices", "puericultrice"),
        ("screens", "screen"),
        ("luttent", "lutte"),
        ("representent", "represente"),
        ("nurseries", "nursery"),
    ],
)
def test_forms_of_a_word_share_a_stem(words: Words, one: str, other: str) -> None:
    assert set(words.stems(one)) & set(words.stems(other))


def test_a_language_without_stemmer_keeps_its_words() -> None:
    assert Words(["tlh"]).stems("qapla") == ("qapla",)


@given(st.text(max_size=300))
def test_tokens_lie_where_they_were_typed(text: str) -> None:
    words = Words(["en", "fr"], ELISIONS)
    places = [(token.start, token.end) for token in words.tokens(text)]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)
    assert all(len(t.text) > 0 for t in words.tokens(text))


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_word_without_end_is_cut(words: Words) -> None:
    (token,) = words.tokens("a" * 4000)
    assert len(token.text) == LONGEST_WORD


@given(st.text(st.sampled_from("aÉsŒ.,'’-(·)/ \u00a0\n1WHO\u0301"), max_size=40) | st.text())
def test_what_stands_alone_has_the_tokens_of_the_whole(text: str) -> None:
    words = Words(["en", "fr"], ELISIONS)
    apart = [words.alone(written, text.upper() == text) for written in text.split()]
    if None not in apart:
        told = [(token.text, token.acronym) for tokens in apart for token in tokens or ()]
        assert told == [(token.text, token.acronym) for token in words.tokens(text)]


@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=3)), st.lists(st.sampled_from("abcde")))
def test_rows_may_be_in_all_texts_that_they_are_in(rows: list[list[str]], texts: list[str]) -> None:
    known = Rows(map(tuple, rows))
    assert known.may_be_in(texts) or not list(known.spans(texts))
