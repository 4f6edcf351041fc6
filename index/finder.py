"""From a question to the partners that answer it, and why; or an honest "nothing found"."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from content.folding import fold
from content.models import Content
from content.translations import Translation
from index.confidence import DOUBT, THRESHOLD, confidence
from index.documents import Documents
from index.engine import Hit, Query, SearchEngine, SearchResults
from index.general_language import GeneralLanguage
from index.question import QuestionReader, Understood, rows_of
from index.rows import Row, Rows
from index.spelling import Spelling
from index.vocabulary import MARK, Vocabulary
from index.words import Words

CLOSE = 0.6
"""An answer is shown beside the best one from this share of its score on."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why a partner was found: words as typed, typos as corrected, words as translated."""

    matched: tuple[str, ...] = ()
    corrected: Mapping[str, str] = field(default_factory=dict)
    translated: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """A partner found, how sure (0 to 1) that it is an answer, and why."""

    id: str
    score: float
    why: Why


@dataclass(frozen=True, slots=True)
class Findings:
    """What a question found: answers, best first, or none.

    Without answers, ``doubtful`` has partners for a "did you mean" and ``topics`` the ids of the
    nearest topics. ``unknown`` are words that nothing in the content accounts for, ``words`` all
    words that counted. ``total`` counts the answers before they were cut to the limit.
    """

    question: str
    answers: tuple[Answer, ...] = ()
    doubtful: tuple[Answer, ...] = ()
    topics: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    total: int = 0

    @property
    def found(self) -> bool:
        """Is there an answer?"""
        return bool(self.answers)


@dataclass(frozen=True, slots=True)
class KnownWords:
    """What is known of a content's words besides its index, worked out once when it is built.

    ``counts`` are the words as written with their numbers of partners (0: the vocabulary's only),
    ``own_subjects`` the phrases that usually are another subject but not for this content.
    """

    counts: Mapping[str, int]
    own_subjects: tuple[Row, ...] = ()


class Finder:
    """Answers questions from one index; it never changes, so threads may share it."""

    def __init__(
        self,
        content: Content,
        engine: SearchEngine,
        translations: Sequence[Translation],
        known: KnownWords,
    ) -> None:
        self.content = content
        self._engine = engine
        words, vocabulary, documents = reading_parts(content, translations)
        self._words, self._vocabulary, self._documents = words, vocabulary, documents
        self._reader = QuestionReader(
            words,
            vocabulary,
            Spelling(known.counts),
            GeneralLanguage(words.languages),
            engine,
            translations,
            known.own_subjects,
        )
        self._by_id = {partner.id: partner for partner in content.partners}
        self._terms_of = lru_cache(maxsize=5_000)(self._document_terms)

    def find(self, question: str, limit: int = 5, unfinished: bool = False) -> Findings:
        """The partners that answer ``question``, at most ``limit``, best first."""
        understood = self._reader.read(question, limit=max(limit, 10), unfinished=unfinished)
        results = self._engine.search(understood.query)
        partners = self._engine.count()
        judged = [(hit, confidence(understood.query, hit, partners)) for hit in results.hits]
        answers = [pair for pair in judged if pair[1] >= THRESHOLD]
        if answers:
            best = max(hit.score for hit, _ in answers)
            answers = [pair for pair in answers if pair[0].score >= CLOSE * best]
        doubtful = [] if answers else [pair for pair in judged if pair[1] >= DOUBT][:3]
        return Findings(
            question=question,
            answers=tuple(self._answer(understood, *pair) for pair in answers[:limit]),
            doubtful=tuple(self._answer(understood, *pair) for pair in doubtful),
            topics=() if answers else self._near_topics(results.hits),
            words=tuple(clause.word for clause in understood.query.clauses),
            unknown=tuple(c.word for c in understood.query.clauses if not c.terms),
            total=len(answers),
        )

    def look(self, question: str, limit: int = 10) -> tuple[Query, SearchResults]:
        """The query a question becomes and what it hits, before any judgement."""
        query = self._reader.read(question, limit).query
        return query, self._engine.search(query)

    def _near_topics(self, hits: Sequence[Hit], limit: int = 3) -> tuple[str, ...]:
        topics = (topic for hit in hits[:3] for topic in self._by_id[hit.id].topics)
        return tuple(dict.fromkeys(topics))[:limit]

    def _answer(self, understood: Understood, hit: Hit, sure: float) -> Answer:
        return Answer(hit.id, round(sure, 3), self._why(understood, hit))

    def _why(self, understood: Understood, hit: Hit) -> Why:
        matched: list[str] = []
        translated: dict[str, str] = {}
        clauses = zip(understood.query.clauses, hit.answered, strict=True)
        for clause, term in clauses:
            if term is None:
                continue
            matched.append(clause.word)
            if term.text.startswith(MARK):
                word = self._said_there(term.text, hit.id, clause.word)
                if word and fold(word) != clause.word:
                    translated[clause.word] = word
        corrected = {
            typed: word
            for typed, word in understood.corrected.items()
            if any(typed in m.split() for m in matched)
        }
        return Why(tuple(matched), corrected, translated)

    def _said_there(self, concept: str, partner_id: str, typed: str) -> str | None:
        """The word of a concept that the partner's texts use, best in the typed word's language."""
        terms = self._terms_of(partner_id)
        members = self._vocabulary.members(concept)
        asked = {code for code, phrase in members if self._words.same(phrase, typed)}
        said = [
            (code not in asked, place, phrase)
            for place, (code, phrase) in enumerate(members)
            if self._all_in(phrase, terms)
        ]
        return min(said)[2] if said else None

    def _all_in(self, phrase: str, terms: frozenset[str]) -> bool:
        stems = [self._words.stems(token.text) for token in self._words.tokens(phrase)]
        return bool(stems) and all(any(s in terms for s in ways) for ways in stems)

    def _document_terms(self, partner_id: str) -> frozenset[str]:
        document = self._documents.document(self._by_id[partner_id])
        return frozenset(term for terms in document.fields.values() for term in terms)

    def count(self) -> int:
        """How many partners the index has."""
        return self._engine.count()

    def close(self) -> None:
        """Give back the index's files."""
        self._engine.close()


def reading_parts(
    content: Content, translations: Sequence[Translation]
) -> tuple[Words, Vocabulary, Documents]:
    """Words, vocabulary and documents of a content; the same for building and for asking."""
    elisions = [e for t in translations for e in t.phrases("elisions")]
    words = Words(content.languages, elisions)
    light = frozenset[str]().union(*(t.light_words for t in translations))
    vocabulary = Vocabulary(content.vocabulary, words, light)
    return words, vocabulary, Documents(content, words, vocabulary)


def known_words(content: Content, translations: Sequence[Translation]) -> KnownWords:
    """Look through all texts of a content once."""
    words, vocabulary, documents = reading_parts(content, translations)
    counts = Counter(w for p in content.partners for w in set(documents.surfaces(p)))
    counts.update(dict.fromkeys(vocabulary.surfaces - counts.keys(), 0))
    own = documents.said(Rows(rows_of(words, translations, "other_subjects")))
    return KnownWords(dict(counts), tuple(sorted(own)))
