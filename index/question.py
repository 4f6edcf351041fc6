"""A question in somebody's own words, turned into a query that every engine understands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from content.translations import Translation
from index.engine import Clause, Query, SearchEngine, Term
from index.general_language import GeneralLanguage
from index.spelling import Spelling
from index.vocabulary import Spotted, Vocabulary
from index.words import Token, Words

SAME_MEANING = 0.65
"""The weight of a word that means the same, against the word itself."""

DOUBTED = 0.4
"""The weight of a correction when the word as typed is an ordinary word ("canapé")."""

SHORTEST_DOUBTED = 6
"""Letters of an ordinary word from which it may nevertheless be a typo of another."""

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
    """Reads questions for one index."""

    def __init__(
        self,
        words: Words,
        vocabulary: Vocabulary,
        spelling: Spelling,
        general: GeneralLanguage,
        engine: SearchEngine,
        translations: Iterable[Translation],
    ) -> None:
        self._words, self._vocabulary, self._spelling = words, vocabulary, spelling
        self._general, self._engine = general, engine
        translations = tuple(translations)
        self._frames = _frames(words, translations)

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
        framed = _covered(self._frames, [t.text for t in tokens])
        return [token for place, token in enumerate(tokens) if place not in framed]

    def _joined(self, tokens: Sequence[Token]) -> Iterator[tuple[str, bool]]:
        """Words as the index writes them, and whether they are light.

        Web addresses come whole or in parts, and "sur exposition" as one word.
        """
        parts = [
            (text, self._vocabulary.is_light(token))
            for token in tokens
            for text in ((token.text,) if not token.parts or self._known(token.text) else token.parts)
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
        doubt = 1.0
        if self._general.knows(text):
            if len(text) < SHORTEST_DOUBTED:
                return _Word(text, ())
            doubt = DOUBTED
        found = self._spelling.corrections(text)
        return _Word(text, tuple((c.word, c.closeness * doubt) for c in found))

    def _known(self, text: str) -> bool:
        return any(self._engine.frequency(s) for s in self._words.stems(text)) or any(
            self._engine.frequency(c) for s in self._vocabulary.spot([text]) for c in s.concepts
        )

    def _clauses(self, read: Sequence[_Word]) -> Iterator[tuple[Clause, tuple[str, ...]]]:
        main = [w.ways[0][0] if w.ways else w.typed for w in read]
        spotted = {s.start: s for s in self._vocabulary.spot(main)}
        place = 0
        while place < len(read):
            phrase = spotted.get(place)
            if phrase and phrase.end - phrase.start > 1:
                words = read[phrase.start : phrase.end]
                clause, concepts = self._phrase(words, phrase)
                if clause.terms or not all(word.light for word in words):
                    yield clause, concepts
                place = phrase.end
                continue
            if not read[place].light:
                yield self._single(read[place])
            place += 1

    def _single(self, word: _Word) -> tuple[Clause, tuple[str, ...]]:
        terms: dict[str, float] = {}
        concepts: dict[str, None] = {}
        for text, sure in word.ways:
            for stem in (text, *self._words.stems(text)):
                terms[stem] = max(terms.get(stem, 0.0), sure)
            for spotted in self._vocabulary.spot([text]):
                for concept in spotted.concepts:
                    concepts[concept] = None
                    terms[concept] = max(terms.get(concept, 0.0), sure * SAME_MEANING)
        searched = word.ways[0][0] if word.ways else word.typed
        clause = Clause(word.typed, self._indexed(terms), self._general.information(searched))
        return clause, tuple(concepts)

    def _phrase(self, read: Sequence[_Word], phrase: Spotted) -> tuple[Clause, tuple[str, ...]]:
        sure = min(word.ways[0][1] if word.ways else 1.0 for word in read)
        terms = dict.fromkeys(phrase.concepts, sure)
        telling = [word for word in read if not word.light] or list(read)
        singles = [self._single(word)[0] for word in telling]
        for single in singles:
            for term in single.terms:
                terms.setdefault(term.text, term.weight / len(singles))
        information = max(single.information for single in singles)
        typed = " ".join(word.typed for word in read)
        return Clause(typed, self._indexed(terms), information), phrase.concepts

    def _indexed(self, terms: dict[str, float]) -> tuple[Term, ...]:
        return tuple(Term(t, weight) for t, weight in terms.items() if self._engine.frequency(t))


def _most_telling(
    clauses: Sequence[tuple[Clause, tuple[str, ...]]],
) -> list[tuple[Clause, tuple[str, ...]]]:
    """At most LONGEST_QUESTION clauses, in the order asked."""
    if len(clauses) <= LONGEST_QUESTION:
        return list(clauses)
    places = sorted(range(len(clauses)), key=lambda n: -clauses[n][0].information)
    return [clauses[n] for n in sorted(places[:LONGEST_QUESTION])]


def _frames(words: Words, translations: Iterable[Translation]) -> dict[str, list[tuple[str, ...]]]:
    """Question frames by their first word, longest first."""
    frames: dict[str, list[tuple[str, ...]]] = {}
    for translation in translations:
        for phrase in translation.phrases("frames"):
            row = tuple(t.text for t in words.tokens(phrase))
            if row:
                frames.setdefault(row[0], []).append(row)
    for rows in frames.values():
        rows.sort(key=len, reverse=True)
    return frames


def _covered(frames: dict[str, list[tuple[str, ...]]], texts: Sequence[str]) -> set[int]:
    """The places that belong to a frame."""
    covered: set[int] = set()
    place = 0
    while place < len(texts):
        for row in frames.get(texts[place], ()):
            if tuple(texts[place : place + len(row)]) == row:
                covered.update(range(place, place + len(row)))
                place += len(row) - 1
                break
        place += 1
    return covered
