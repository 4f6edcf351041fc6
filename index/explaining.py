"""Why a partner was found: which words matched, and what they were corrected or translated to."""

from collections.abc import Mapping
from functools import lru_cache

from content.folding import fold
from content.models import Partner
from index.analysis import Analysis
from index.engine import Hit
from index.findings import Why
from index.question import Understood
from index.vocabulary import MARK


class Explainer:
    """Explains the hits of one index."""

    def __init__(self, parts: Analysis, partners: Mapping[str, Partner]) -> None:
        self._words, self._vocabulary = parts.words, parts.vocabulary
        self._documents, self._partners = parts.documents, partners
        self._terms_of = lru_cache(maxsize=5_000)(self._document_terms)

    def why(self, understood: Understood, hit: Hit) -> Why:
        """Why the hit answers the question."""
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
        document = self._documents.document(self._partners[partner_id])
        return frozenset(term for terms in document.fields.values() for term in terms)
