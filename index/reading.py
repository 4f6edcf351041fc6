"""Texts of the content to terms: what stands between spaces is read once, wherever it recurs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from content.folding import fold
from index.vocabulary import Vocabulary
from index.words import LONGEST_WORD, MODIFIER, Token, Words

KEPT = 100_000
"""Pieces that are remembered; words recur, and the rare ones are read again."""

# Numbers are the only words with a space in them (12 000).
_OVER_SPACES = re.compile(r"\d\s\d")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text: its folded ``words``, as they are ``written``, and its indexed ``terms``.

    ``telling`` are the terms of those words that carry weight.
    """

    words: tuple[str, ...]
    written: tuple[str, ...]
    terms: tuple[str, ...]
    telling: tuple[str, ...]


class Reader:
    """Reads texts in a language, or in none that is known."""

    def __init__(self, words: Words, vocabulary: Vocabulary) -> None:
        self._words, self._vocabulary = words, vocabulary
        self._between_spaces = lru_cache(maxsize=KEPT)(self._recurring)

    def pieces(self, language: str | None, text: str) -> Sequence[Piece]:
        """The pieces of a text, in order; together they have what the text has."""
        if text.upper() == text or _OVER_SPACES.search(text):
            return (self._piece(language, self._words.tokens(text)),)
        return [self._between_spaces(language, run) for run in text.split()]

    def _recurring(self, language: str | None, run: str) -> Piece:
        if run.isalpha() and MODIFIER not in run and len(run) <= LONGEST_WORD:
            # The same as below, for most words and much sooner (compared on every letter).
            text, acronym = fold(run).strip("'"), 1 < len(run) <= 6 and run.isupper()
            return self._piece(language, [Token(text, 0, len(run), acronym)] if text else [])
        # Alone, an acronym would look like a text in capitals.
        return self._piece(language, self._words.tokens(f"{run} a")[:-1])

    def _piece(self, language: str | None, tokens: Sequence[Token]) -> Piece:
        words = tuple([token.text for token in tokens])
        parts = any(token.parts for token in tokens)
        written = tuple([w for t in tokens for w in t.parts or (t.text,)]) if parts else words
        telling = [token for token in tokens if not self._vocabulary.is_light(token)]
        terms = self._terms(language, tokens)
        told = terms if len(telling) == len(tokens) else self._terms(language, telling)
        return Piece(words, written, terms, told)

    def _terms(self, language: str | None, tokens: Sequence[Token]) -> tuple[str, ...]:
        found: list[str] = []
        for token in tokens:
            if token.parts:
                found.append(token.text)
            for word in token.parts or (token.text,):
                if language is None:
                    found += self._words.stems(word)
                else:
                    found.append(self._words.stem(word, language))
        return tuple(found)
