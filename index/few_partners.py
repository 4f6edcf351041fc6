"""Searching few partners: what a clause finds is remembered, and only added up for each question.

With few partners, the arrays of an engine take longer to set up than to add (docs/performance.md).
"""

from functools import lru_cache

from index.engine import Clause, Hit, Query, SearchEngine, SearchResults, Term
from index.scoring import TIES

FEW = 100
"""Partners up to which this is faster, and what is remembered stays small."""

KEPT_CLAUSES = 5_000
"""Clauses whose hits are remembered: questions differ, but their words recur."""


class FewPartners:
    """An engine that finds what the given one finds, with the same scores, to the last bit."""

    remote = False

    def __init__(self, engine: SearchEngine) -> None:
        self._engine = engine
        self._found = lru_cache(KEPT_CLAUSES)(self._found_alone)

    def search(self, query: Query) -> SearchResults:
        """The best documents, ties by id, with the terms that answered each clause."""
        clauses, limit = query
        if len(clauses) == 1:
            alone = self._found(clauses[0])
            return SearchResults(alone[:limit], len(alone))
        scores: dict[str, float] = {}
        answered: dict[str, list[Term | None]] = {}
        nothing: list[Term | None] = [None] * len(clauses)
        for place, clause in enumerate(clauses):
            for document, score, (term,) in self._found(clause) if clause.terms else ():
                if document in scores:
                    scores[document] += score
                    answered[document][place] = term
                else:
                    scores[document] = score
                    answered[document] = terms = nothing.copy()
                    terms[place] = term
        order = sorted([(-round(score * TIES), document) for document, score in scores.items()])
        best = [document for _, document in order[:limit]]
        hits = tuple([Hit(d, scores[d], tuple(answered[d])) for d in best])
        return SearchResults(hits, len(scores))

    def _found_alone(self, clause: Clause) -> tuple[Hit, ...]:
        return self._engine.search(Query((clause,), self._engine.count())).hits

    def frequency(self, term: str) -> int:
        """In how many documents the term occurs."""
        return self._engine.frequency(term)

    def count(self) -> int:
        """How many documents there are."""
        return self._engine.count()

    def close(self) -> None:
        """Give back the engine's files."""
        self._engine.close()


def quick(engine: SearchEngine) -> SearchEngine:
    """The engine, or for few partners the quicker way to ask it; a trip for each clause is none."""
    return FewPartners(engine) if engine.count() <= FEW and not engine.remote else engine
