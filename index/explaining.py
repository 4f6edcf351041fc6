"""Why a partner was found: which words matched, and what they were corrected or translated to."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from content.folding import fold
from content.models import Partner
from index.analysis import Analysis
from index.clauses import KEPT_WORDS
from index.engine import Hit
from index.findings import Why
from index.question import Understood
from index.vocabulary import MARK
from index.words import same


class _Member(NamedTuple):
    """A word or phrase of a concept, and the stems of each of its words."""

    language: str
    phrase: str
    rows: tuple[frozenset[str], ...]


class Explainer:
    """Explains the hits of one index."""

    def __init__(self, parts: Analysis, partners: Mapping[str, Partner]) -> None:
        self._words, self._vocabulary = parts.words, parts.vocabulary
        self._documents, self._partners = parts.documents, partners
        self._said = lru_cache(KEPT_WORDS)(self._said_there)
        self._members_of = lru_cache(maxsize=5_000)(self._members)
        self._terms_of = lru_cache(maxsize=5_000)(self._document_terms)

    def why(self, understood: Understood, hit: Hit) -> Why:
        """Why the hit answers the question."""
        matched: list[str] = []
        translated: dict[str, str] = {}
        for clause, term in zip(understood.query.clauses, hit.answered, strict=True):
            if term is None:
                continue
            asked = clause.word
            matched.append(asked)
            if term.text[0] == MARK:
                word = self._said(term.text, hit.id, asked)
                if word:
                    translated[asked] = word
        corrected = {
            typed: word
            for typed, word in understood.corrected.items()
            if any(typed in m.split() for m in matched)
        }
        return Why(tuple(matched), corrected, translated)

    def _said_there(self, concept: str, partner_id: str, typed: str) -> str | None:
        """The word of a concept that the partner's texts use, best in the typed word's language.

        None where that is the typed word itself, or none of them is used.
        """
        terms = self._terms_of(partner_id)
        members, asked = self._members_of(concept), self._words.rows(typed)
        languages = {member.language for member in members if same(member.rows, asked)}
        said = [
            (member.language not in languages, place, member.phrase)
            for place, member in enumerate(members)
            if member.rows and not any(stems.isdisjoint(terms) for stems in member.rows)
        ]
        word = min(said)[2] if said else None
        return word if word and fold(word) != typed else None

    def _members(self, concept: str) -> tuple[_Member, ...]:
        return tuple(
            _Member(language, phrase, self._words.rows(phrase))
            for language, phrase in self._vocabulary.members(concept)
        )

    def _document_terms(self, partner_id: str) -> frozenset[str]:
        document = self._documents.document(self._partners[partner_id])
        return frozenset(term for terms in document.fields.values() for term in terms)
