"""A question in somebody's own words, turned into a query that every engine understands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from content.folding import fold
from content.translations import Translation
from index.analysis import Analysis, rows_of
from index.clauses import DOUBTED, KEPT_WORDS, AskedWord, ClauseMaker
from index.engine import Clause, Query, SearchEngine, Term
from index.general_language import GeneralLanguage
from index.rows import Row, Rows
from index.spelling import Spelling
from index.words import Token

SHORTEST_DOUBTED = 5
"""Letters of an ordinary word from which it may nevertheless be a typo of another."""

UNFINISHED = 0.9
"""How sure it is that a word still being typed will be one of those that begin so."""

LONGEST_QUESTION = 60
"""Clauses looked at; a text that asks for more is a text, and its most telling words do."""


@dataclass(frozen=True, slots=True)
class Understood:
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
        self._word = lru_cache(KEPT_WORDS)(self._asked_word)

    def read(self, text: str, limit: int = 10, unfinished: bool = False) -> Understood:
        """What ``text`` asks for. ``unfinished``: its last word may still be being typed."""
        tokens = self._words.tokens(text)
        texts = list(self._joined(self._asked(tokens)))
        last = len(texts) - 1
        asked = [
            AskedWord(word, ((word, 1.0),), light=True)
            if light
            else self._word(word, unfinished and place == last)
            for place, (word, light) in enumerate(texts)
        ]
        clauses: dict[tuple[Term, ...] | str, Clause] = {}
        for clause in self._maker.clauses(asked):
            clauses.setdefault(clause.terms or clause.word, clause)
        corrected = {word.typed: word.meant for word in asked if word.meant != word.typed}
        words = frozenset(token.text for token in tokens)
        return Understood(Query(_most_telling(tuple(clauses.values())), limit), words, corrected)

    def _asked(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens without the question's frame ("who deals with")."""
        spans = self._frames.spans([t.text for t in tokens])
        framed = {place for start, end in spans for place in range(start, end)}
        return [token for place, token in enumerate(tokens) if place not in framed]

    def _joined(self, tokens: Sequence[Token]) -> Iterator[tuple[str, bool]]:
        """Words as the index writes them, and whether they are light.

        Web addresses come whole or in parts, and "sur exposition" as one word.
        """
        knows = self._maker.knows
        parts = [
            (text, self._vocabulary.is_light(token))
            for token in tokens
            for text in (token.parts if token.parts and not knows(token.text) else (token.text,))
        ]
        doubted = [not (light or knows(text)) for text, light in parts]
        place = 0
        while place < len(parts):
            pair = parts[place : place + 2] if any(doubted[place : place + 2]) else ()
            joined = "".join([text for text, _ in pair])
            if len(pair) == 2 and joined in self._spelling:
                yield joined, False
                place += 2
            else:
                yield parts[place]
                place += 1

    def _asked_word(self, text: str, unfinished: bool) -> AskedWord:
        longer = self._spelling.beginning_with(text) if unfinished and len(text) > 1 else ()
        known = self._maker.knows(text)
        if longer:
            itself = [(text, 1.0)] if known else []
            return AskedWord(text, (*itself, *((w, UNFINISHED) for w in longer if w != text)))
        if known or self._vocabulary.spot([text]):
            return AskedWord(text, ((text, 1.0),))
        return AskedWord(text, () if text in self._asides else self._corrected(text))

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
