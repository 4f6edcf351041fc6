"""A question in somebody's own words, turned into a query that every engine understands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from content.folding import fold
from content.translations import Translation
from index.engine import Clause, Query, SearchEngine, Term
from index.general_language import GeneralLanguage
from index.rows import Row, Rows
from index.spelling import Spelling
from index.vocabulary import Spotted, Vocabulary
from index.words import Token, Words

SAME_MEANING = 0.65
"""The weight in the ranking of a word that means the same, against the word itself."""

SURELY_SAME = 0.8
"""How sure it is that a word of the vocabulary means the same."""

DOUBTED = 0.4
"""The weight of a correction when the word as typed is an ordinary word ("canapé")."""

SHORTEST_DOUBTED = 5
"""Letters of an ordinary word from which it may nevertheless be a typo of another."""

ASIDE_BITS = 1.5
"""The information of what no text has and is hardly ever the point: an age, a town, "my aunt"."""

PHRASE_BITS = 5.0
"""The information of a phrase is at least this, however common its words are alone."""

ELSEWHERE_BITS = 12.0
"""The information of a word of another subject altogether ("weather")."""

KNOWN_SUBJECT = 0.5
"""What is left of the information of a vocabulary's word that no text answers: "grandma" is no
sign of another subject, as "pizza" is."""

RANKED_BY_INFORMATION = 0.3
"""The power of a clause's information in the ranking; rarity in the content says most of it."""

LONGEST_QUESTION = 60
"""Clauses looked at; a text that asks for more is a text, and its most telling words do."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as the index understood it: the words that count, and what became of them.

    ``corrected`` maps words as typed to words of the index; ``concepts`` has, for each clause,
    the vocabulary's concepts that it asks for.
    """

    query: Query
    corrected: dict[str, str]
    concepts: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that counts: as typed, and as searched with how sure that is."""

    typed: str
    ways: tuple[tuple[str, float], ...]
    light: bool = False


class QuestionReader:
    """Reads questions for one index.

    ``own_subjects`` are the rows among the translations' other subjects that the content does
    speak of.
    """

    def __init__(
        self,
        words: Words,
        vocabulary: Vocabulary,
        spelling: Spelling,
        general: GeneralLanguage,
        engine: SearchEngine,
        translations: Iterable[Translation],
        own_subjects: Iterable[Row] = (),
    ) -> None:
        self._words, self._vocabulary, self._spelling = words, vocabulary, spelling
        self._general, self._engine = general, engine
        translations = tuple(translations)
        self._asides = frozenset(fold(w) for t in translations for w in t.phrases("asides"))
        frames = (row for row in rows_of(words, translations, "frames") if len(row) > 1)
        self._frames = Rows(frames)
        elsewhere = set(rows_of(words, translations, "other_subjects"))
        self._elsewhere = Rows(elsewhere - set(own_subjects))

    def read(self, text: str, limit: int = 10, unfinished: bool = False) -> Understood:
        """What ``text`` asks for. ``unfinished``: its last word may still be being typed."""
        texts = list(self._joined(self._asked(self._words.tokens(text))))
        last = len(texts) - 1
        read = [
            _Word(word, ((word, 1.0),), light=True)
            if light
            else self._word(word, unfinished and place == last)
            for place, (word, light) in enumerate(texts)
        ]
        clauses: dict[tuple[Term, ...] | str, tuple[Clause, tuple[str, ...]]] = {}
        for clause, concepts in self._clauses(read):
            clauses.setdefault(clause.terms or clause.word, (clause, concepts))
        kept = _most_telling(list(clauses.values()))
        corrected = {w.typed: w.ways[0][0] for w in read if w.ways and w.ways[0][0] != w.typed}
        query = Query(tuple(clause for clause, _ in kept), limit)
        return Understood(query, corrected, tuple(concepts for _, concepts in kept))

    def _asked(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens without the question's frame ("who deals with")."""
        spans = self._frames.spans([t.text for t in tokens])
        framed = {place for start, end in spans for place in range(start, end)}
        return [token for place, token in enumerate(tokens) if place not in framed]

    def _joined(self, tokens: Sequence[Token]) -> Iterator[tuple[str, bool]]:
        """Words as the index writes them, and whether they are light.

        Web addresses come whole or in parts, and "sur exposition" as one word.
        """
        parts = [
            (text, self._vocabulary.is_light(token))
            for token in tokens
            for text in (
                (token.text,) if not token.parts or self._known(token.text) else token.parts
            )
        ]
        place = 0
        while place < len(parts):
            pair = parts[place : place + 2]
            joined = "".join(text for text, _ in pair)
            if (
                len(pair) == 2
                and joined in self._spelling
                and not all(light or self._known(text) for text, light in pair)
            ):
                yield joined, False
                place += 2
            else:
                yield parts[place]
                place += 1

    def _word(self, text: str, unfinished: bool) -> _Word:
        if unfinished and len(text) > 1:
            longer = self._spelling.beginning_with(text)
            if longer:
                ways = [(text, 1.0)] if self._known(text) else []
                return _Word(text, (*ways, *((w, 0.9) for w in longer if w != text)))
        if self._known(text):
            return _Word(text, ((text, 1.0),))
        if self._general.knows(text) and text not in self._asides:
            if len(text) < SHORTEST_DOUBTED:
                return _Word(text, ())
            return _Word(
                text,
                tuple(
                    (c.word, c.closeness * DOUBTED)
                    for c in self._spelling.corrections(text)
                    if c.slip
                ),
            )
        if text in self._asides:
            return _Word(text, ())
        found = self._spelling.corrections(text)
        return _Word(text, tuple((c.word, c.closeness) for c in found))

    def _known(self, text: str) -> bool:
        return any(self._engine.frequency(s) for s in self._words.stems(text)) or any(
            self._engine.frequency(c) for s in self._vocabulary.spot([text]) for c in s.concepts
        )

    def _clauses(self, read: Sequence[_Word]) -> Iterator[tuple[Clause, tuple[str, ...]]]:
        main = [w.ways[0][0] if w.ways else w.typed for w in read]
        spotted = {s.start: s for s in self._vocabulary.spot(main)}
        elsewhere = dict(self._elsewhere.spans([w.typed for w in read]))
        place = 0
        while place < len(read):
            end, phrase = elsewhere.get(place, 0), spotted.get(place)
            if end and (end - place > 1 or not self._known(read[place].typed)):
                typed = " ".join(word.typed for word in read[place:end])
                yield Clause(typed, (), ELSEWHERE_BITS), ()
            elif phrase and phrase.end - phrase.start > 1:
                end = phrase.end
                yield from self._phrase(read[place:end], phrase)
            else:
                end = place + 1
                if not read[place].light:
                    yield self._single(read[place])
            place = end

    def _single(self, word: _Word) -> tuple[Clause, tuple[str, ...]]:
        terms: dict[str, Term] = {}
        concepts: dict[str, None] = {}
        for text, sure in word.ways:
            for stem in (text, *self._words.stems(text)):
                _keep_best(terms, Term(stem, sure, sure))
            for spotted in self._vocabulary.spot([text]):
                for concept in spotted.concepts:
                    concepts[concept] = None
                    _keep_best(terms, Term(concept, sure * SAME_MEANING, sure * SURELY_SAME))
        return self._clause(word.typed, terms, self._information(word)), tuple(concepts)

    def _phrase(
        self, read: Sequence[_Word], phrase: Spotted
    ) -> Iterator[tuple[Clause, tuple[str, ...]]]:
        sure = min(word.ways[0][1] if word.ways else 1.0 for word in read)
        terms = {concept: Term(concept, sure, sure) for concept in phrase.concepts}
        telling = [word for word in read if not word.light]
        # Of a phrase one word is never the whole, even if its others are light ("screen time").
        part = max(2, len(telling))
        for word in telling:
            for term in self._single(word)[0].terms:
                _keep_best(terms, Term(term.text, term.weight / part, term.sure / part))
        information = max(PHRASE_BITS, sum(self._information(word) for word in telling))
        typed = " ".join(word.typed for word in read)
        clause = self._clause(typed, terms, information)
        if clause.terms or not all(word.light for word in read):
            yield clause, phrase.concepts

    def _information(self, word: _Word) -> float:
        """What the word tells, in bits; what its correction tells, unless that is in doubt."""
        aside = word.typed in self._asides or word.typed[0].isdigit()
        if aside and not (word.ways and self._known(word.ways[0][0])):
            return ASIDE_BITS
        meant = word.ways[0][0] if word.ways and word.ways[0][1] > DOUBTED else word.typed
        return self._general.information(meant)

    def _clause(self, typed: str, terms: dict[str, Term], information: float) -> Clause:
        """A clause of the terms that the index has."""
        indexed = tuple(t for t in terms.values() if self._engine.frequency(t.text))
        if terms and not indexed:
            information *= KNOWN_SUBJECT
        return Clause(typed, indexed, information, information**RANKED_BY_INFORMATION)


def _keep_best(terms: dict[str, Term], term: Term) -> None:
    known = terms.get(term.text)
    if known is None or term.weight > known.weight:
        terms[term.text] = term


def _most_telling(
    clauses: Sequence[tuple[Clause, tuple[str, ...]]],
) -> list[tuple[Clause, tuple[str, ...]]]:
    """At most LONGEST_QUESTION clauses, in the order asked."""
    if len(clauses) <= LONGEST_QUESTION:
        return list(clauses)
    places = sorted(range(len(clauses)), key=lambda n: -clauses[n][0].information)
    return [clauses[n] for n in sorted(places[:LONGEST_QUESTION])]


def rows_of(words: Words, translations: Iterable[Translation], key: str) -> Iterator[Row]:
    """The phrases of every language for ``key``, as rows of folded words."""
    for translation in translations:
        for phrase in translation.phrases(key):
            yield tuple(token.text for token in words.tokens(phrase))
