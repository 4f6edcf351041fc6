"""The words of a question, turned into clauses: what each asks for and how much it tells."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.analysis import Analysis
from index.engine import Clause, SearchEngine, Term
from index.general_language import GeneralLanguage
from index.rows import Rows
from index.vocabulary import Spotted

SAME_MEANING = 0.65
"""The weight in the ranking of a word that means the same, against the word itself."""

SURELY_SAME = 0.8
"""How sure it is that a word of the vocabulary means the same."""

DOUBTED = 0.4
"""The weight of a correction when the word as typed is an ordinary word ("canapé")."""

ASIDE_BITS = 1.5
"""The information of what no text has and is hardly ever the point: an age, a town, "my aunt"."""

PHRASE_BITS = 5.0
"""The information of a phrase is at least this, however common its words are alone."""

ELSEWHERE_BITS = 12.0
"""The information of a word of another subject altogether ("weather")."""

KNOWN_SUBJECT = 0.5
"""What is left of the information of a vocabulary's word that no text answers: "grandma" is no
sign of another subject, as "pizza" is."""

KEPT_WORDS = 20_000
"""Words whose clauses are remembered: questions differ, but their words recur."""

RANKED_BY_INFORMATION = 0.3
"""The power of a clause's information in the ranking; rarity in the content says most of it."""


class AskedWord(NamedTuple):
    """A word of a question: as typed, and each way to search it with how sure that is (0 to 1).

    A tuple, as it is looked up among those remembered.
    """

    typed: str
    ways: tuple[tuple[str, float], ...]
    light: bool = False

    @property
    def meant(self) -> str:
        """The likeliest way, else the word as typed."""
        return self.ways[0][0] if self.ways else self.typed


class ReadWord(NamedTuple):
    """A word of a question with all that is known of it alone; remembered, as words recur.

    ``clause`` is what it asks for outside of phrases, None for a light word. ``begins_phrase``: a
    phrase of the vocabulary may begin with it. ``in_doubt``: nobody's text has it as it is.
    ``parts`` are those of a web address that nobody has.
    """

    typed: str
    meant: str
    asked: AskedWord
    clause: Clause | None
    begins_phrase: bool
    in_doubt: bool = False
    parts: "tuple[ReadWord, ...]" = ()


class ClauseMaker:
    """Makes the clauses of questions for one index."""

    def __init__(
        self,
        parts: Analysis,
        general: GeneralLanguage,
        engine: SearchEngine,
        asides: frozenset[str],
        elsewhere: Rows,
    ) -> None:
        self._words, self._vocabulary = parts.words, parts.vocabulary
        self._general, self._engine = general, engine
        self._asides, self._elsewhere = asides, elsewhere
        self.knows = lru_cache(KEPT_WORDS)(self._knows)
        self._single = lru_cache(KEPT_WORDS)(self._clause_of_word)
        self._phrase = lru_cache(KEPT_WORDS)(self._clause_of_phrase)

    def _knows(self, text: str) -> bool:
        """Has any partner's text the folded word, or one that means the same?"""
        return any(self._engine.frequency(s) for s in self._words.stems(text)) or any(
            self._engine.frequency(c) for s in self._vocabulary.spot([text]) for c in s.concepts
        )

    def read_word(self, asked: AskedWord) -> ReadWord:
        """A word with what is known of it alone."""
        clause = None if asked.light else self._single(asked)
        begins = self._vocabulary.begins_phrase(asked.meant)
        return ReadWord(asked.typed, asked.meant, asked, clause, begins)

    def clauses(self, words: Sequence[ReadWord]) -> list[Clause]:
        """Phrases of other subjects, phrases of the vocabulary, and the telling words between."""
        typed = [word.typed for word in words]
        elsewhere: dict[int, int] = {}
        phrases: Sequence[Spotted] = ()
        if self._elsewhere.may_be_in(typed):
            elsewhere = dict(self._elsewhere.spans(typed))
        if [word for word in words if word.begins_phrase]:
            phrases = list(self._vocabulary.phrases([word.meant for word in words]))
        if elsewhere or phrases:
            return list(self._with_phrases(words, elsewhere, {p.start: p for p in phrases}))
        return [word.clause for word in words if word.clause]

    def _with_phrases(
        self,
        words: Sequence[ReadWord],
        elsewhere: Mapping[int, int],
        phrases: Mapping[int, Spotted],
    ) -> Iterator[Clause]:
        place = 0
        while place < len(words):
            end, phrase = elsewhere.get(place, 0), phrases.get(place)
            clause = words[place].clause
            if end and (end - place > 1 or not self.knows(words[place].typed)):
                typed = " ".join([word.typed for word in words[place:end]])
                clause = Clause(typed, (), ELSEWHERE_BITS)
            elif phrase:
                end = phrase.end
                asked = tuple([word.asked for word in words[place:end]])
                clause = self._phrase(asked, phrase.concepts)
            else:
                end = place + 1
            if clause:
                yield clause
            place = end

    def _clause_of_word(self, word: AskedWord) -> Clause:
        terms: dict[str, Term] = {}
        for text, sure in word.ways:
            for stem in (text, *self._words.stems(text)):
                _keep_best(terms, Term(stem, sure, sure))
            for spotted in self._vocabulary.spot([text]):
                for concept in spotted.concepts:
                    _keep_best(terms, Term(concept, sure * SAME_MEANING, sure * SURELY_SAME))
        return self._clause(word.typed, terms, self._information(word))

    def _clause_of_phrase(
        self, asked: tuple[AskedWord, ...], concepts: tuple[str, ...]
    ) -> Clause | None:
        """The clause of a phrase; None when nobody has it and none of its words tells."""
        sure = min(word.ways[0][1] if word.ways else 1.0 for word in asked)
        terms = {concept: Term(concept, sure, sure) for concept in concepts}
        telling = [word for word in asked if not word.light]
        # Of a phrase one word is never the whole, even if its others are light ("screen time").
        part = max(2, len(telling))
        for word in telling:
            for term in self._single(word).terms:
                _keep_best(terms, Term(term.text, term.weight / part, term.sure / part))
        information = max(PHRASE_BITS, sum(self._information(word) for word in telling))
        clause = self._clause(" ".join(word.typed for word in asked), terms, information)
        return clause if clause.terms or telling else None

    def _information(self, word: AskedWord) -> float:
        """What the word tells, in bits; what its correction tells, unless that is in doubt."""
        aside = word.typed in self._asides or word.typed[0].isdigit()
        if aside and not (word.ways and self.knows(word.meant)):
            return ASIDE_BITS
        doubted = bool(word.ways) and word.ways[0][1] <= DOUBTED
        return self._general.information(word.typed if doubted else word.meant)

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
