"""A question in somebody's own words, turned into a query that every engine understands."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from content.folding import fold
from content.translations import Translation
from index.analysis import Analysis, rows_of
from index.clauses import DOUBTED, KEPT_WORDS, AskedWord, ClauseMaker, ReadWord
from index.engine import Clause, Query, SearchEngine, Term
from index.general_language import GeneralLanguage
from index.rows import Row, Rows
from index.spelling import Spelling
from index.words import LONGEST_WORD, Token

SHORTEST_DOUBTED = 5
"""Letters of an ordinary word from which it may nevertheless be a typo of another."""

UNFINISHED = 0.9
"""How sure it is that a word still being typed will be one of those that begin so."""

LONGEST_QUESTION = 60
"""Clauses looked at; a text that asks for more is a text, and its most telling words do."""


class Understood(NamedTuple):
    """A question as the index understood it.

    ``words`` are all its words as typed, folded; ``corrected`` maps typed words to the index's.
    """

    query: Query
    words: frozenset[str]
    corrected: dict[str, str]


class QuestionReader:
    """Reads questions for one index.

    ``own_subjects`` are the rows among the translations' other subjects that the content does
    speak of.
    """

    def __init__(
        self,
        parts: Analysis,
        spelling: Spelling,
        general: GeneralLanguage,
        engine: SearchEngine,
        translations: Sequence[Translation],
        own_subjects: Iterable[Row] = (),
    ) -> None:
        self._words, self._vocabulary, self._spelling = parts.words, parts.vocabulary, spelling
        self._general = general
        self._asides = frozenset(fold(w) for t in translations for w in t.phrases("asides"))
        self._frames = Rows(
            row for row in rows_of(parts.words, translations, "frames") if len(row) > 1
        )
        elsewhere = set(rows_of(parts.words, translations, "other_subjects")) - set(own_subjects)
        self._maker = ClauseMaker(parts, general, engine, self._asides, Rows(elsewhere))
        # Questions differ, but what stands between two spaces recurs: in texts of capitals, in
        # others, and word by word.
        self._written = lru_cache(KEPT_WORDS)(self._read_written)
        self._shouted = lru_cache(KEPT_WORDS)(self._read_shouted)
        self._word = lru_cache(KEPT_WORDS)(self._read_word)
        self._unfinished = lru_cache(KEPT_WORDS)(self._unfinished_word)

    def read(self, text: str, limit: int = 10, unfinished: bool = False) -> Understood:
        """What ``text`` asks for. ``unfinished``: its last word may still be being typed."""
        words = self._read_words(text)
        texts = [word.typed for word in words]
        if self._frames.may_be_in(texts):
            words = self._unframed(words, texts)
        if [word for word in words if word.in_doubt]:
            words = self._joined(words)
        if unfinished and words and not words[-1].asked.light:
            words[-1] = self._unfinished(words[-1].typed)
        clauses: dict[tuple[Term, ...] | str, Clause] = {}
        for clause in self._maker.clauses(words):
            clauses.setdefault(clause.terms or clause.word, clause)
        corrected = {word.typed: word.meant for word in words if word.meant != word.typed}
        query = Query(_most_telling(tuple(clauses.values())), limit)
        return Understood(query, frozenset(texts), corrected)

    def _read_words(self, text: str) -> list[ReadWord]:
        """Every word of ``text``."""
        read = self._shouted if text.upper() == text else self._written
        words: list[ReadWord] = []
        for written in text.split():
            # What is no word is not kept: it may be thousands of letters long.
            found = read(written) if len(written) <= LONGEST_WORD else None
            if found is None:
                return [self._read_token(token) for token in self._words.tokens(text)]
            words += found
        return words

    def _read_written(self, written: str, shouting: bool = False) -> tuple[ReadWord, ...] | None:
        tokens = self._words.alone(written, shouting)
        return None if tokens is None else tuple(map(self._read_token, tokens))

    def _read_shouted(self, written: str) -> tuple[ReadWord, ...] | None:
        return self._read_written(written, shouting=True)

    def _read_token(self, token: Token) -> ReadWord:
        light = self._vocabulary.is_light(token)
        word = self._word(token.text, light)
        if not token.parts or self._maker.knows(token.text):
            return word
        parts = tuple([self._word(part, light) for part in token.parts])
        return word._replace(in_doubt=True, parts=parts)

    def _unframed(self, words: Sequence[ReadWord], texts: Sequence[str]) -> list[ReadWord]:
        """The words without the question's frame ("who deals with")."""
        framed = {place for span in self._frames.spans(texts) for place in range(*span)}
        return [word for place, word in enumerate(words) if place not in framed]

    def _joined(self, words: Sequence[ReadWord]) -> list[ReadWord]:
        """Words as the index writes them: unknown addresses in parts, "sur exposition" as one."""
        parts = [part for word in words for part in (word.parts or (word,))]
        joined: list[ReadWord] = []
        place = 0
        while place < len(parts):
            pair = parts[place : place + 2]
            together = "".join([word.typed for word in pair])
            if len(pair) == 2 and any(w.in_doubt for w in pair) and together in self._spelling:
                joined.append(self._word(together, light=False))
                place += 2
            else:
                joined.append(parts[place])
                place += 1
        return joined

    def _read_word(self, text: str, light: bool) -> ReadWord:
        if light:
            return self._maker.read_word(AskedWord(text, ((text, 1.0),), light=True))
        known = self._maker.knows(text)
        if known or self._vocabulary.spot([text]):
            asked = AskedWord(text, ((text, 1.0),))
        else:
            asked = AskedWord(text, () if text in self._asides else self._corrected(text))
        return self._maker.read_word(asked)._replace(in_doubt=not known)

    def _unfinished_word(self, text: str) -> ReadWord:
        longer = self._spelling.beginning_with(text) if len(text) > 1 else ()
        if not longer:
            return self._word(text, light=False)
        itself = [(text, 1.0)] if self._maker.knows(text) else []
        ways = (*itself, *((word, UNFINISHED) for word in longer if word != text))
        return self._maker.read_word(AskedWord(text, ways))

    def _corrected(self, text: str) -> tuple[tuple[str, float], ...]:
        """Words that may have been meant; of an ordinary word only the nearest, and in doubt."""
        if not self._general.knows(text):
            return tuple((c.word, c.closeness) for c in self._spelling.corrections(text))
        if len(text) < SHORTEST_DOUBTED:
            return ()
        found = (c for c in self._spelling.corrections(text) if c.slip)
        return tuple((c.word, c.closeness * DOUBTED) for c in found)


def _most_telling(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """At most LONGEST_QUESTION clauses, in the order asked."""
    if len(clauses) <= LONGEST_QUESTION:
        return tuple(clauses)
    places = sorted(range(len(clauses)), key=lambda place: -clauses[place].information)
    return tuple(clauses[place] for place in sorted(places[:LONGEST_QUESTION]))
