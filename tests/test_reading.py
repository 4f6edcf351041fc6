"""Texts of the content are read piece by piece, and come to what they come to when read whole."""

import pytest

from content.models import WordGroup
from index.reading import Reader
from index.vocabulary import Vocabulary
from index.words import Words

TEXTS = (
    "The children of the world, and their screens",
    "L’écran d'aujourd’hui : qu'est-ce que c’est ?",
    "12 000 enfants en 2023, 1.200 écoles et 3,5 millions d'euros",
    "WHO helps UNICEF; ÉCOLE pour TOUS",
    "TOUT EN CAPITALES, MÊME L'ONU",
    "U.N.I.C.E.F. et l'O.N.U. à Genève. www.croix-rouge.fr/don et https://example.org/a-b?c=1",
    "éducateur·rice·s, étudiant(e)s, infirmier.e.s et éducateurs/trices",
    "don't, children's, wʼord 'quoted' ŉ ﬁn ǅungla ß İstanbul",
    "x" * 200 + " a b",
    "日本語 и русский\u00a0язык\tμε ελληνικά",
    "a the of",
    " … ",
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("language", ["en", "fr", None])
def test_pieces_have_the_words_of_the_whole(text: str, language: str | None) -> None:
    words = Words(("en", "fr"), ("l", "d", "qu"))
    group = WordGroup(words={"en": ("child",), "fr": ("enfant",)})
    vocabulary = Vocabulary([group], words, frozenset({"the", "of", "and", "et", "who"}))
    whole, pieces = words.tokens(text), Reader(words, vocabulary).pieces(language, text)
    assert [w for piece in pieces for w in piece.words] == [token.text for token in whole]
    telling = [token for token in whole if not vocabulary.is_light(token)]
    expected = [t for token in telling for t in terms(words, language, token.text, token.parts)]
    assert [t for piece in pieces for t in piece.telling] == expected


def terms(words: Words, language: str | None, text: str, parts: tuple[str, ...]) -> list[str]:
    found = [text] if parts else []
    for word in parts or (text,):
        found += words.stems(word) if language is None else [words.stem(word, language)]
    return found
