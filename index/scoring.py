"""A query's best documents by BM25F, summed term by term over postings."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from index.engine import Clause, Hit, Query, SearchResults, Term
from index.postings import NUMBER, Numbers, Postings, Weights

TIE = 1e-9
"""Scores that agree so far are a tie; sums of the same numbers differ in the last digits."""

TIES = 1e9
"""What a score is multiplied by before it is rounded, so that ties are equal. To round to a whole
number takes an eighth of the time of rounding to a digit."""

MANY = 200
"""Documents from which arrays sort faster than lists."""

ROWS = 32
"""Documents are looked through in so many rows for the worst score that can still be among the
best: the best of each column are different documents, and there are fewer of them."""


class PostingsByTerm(Protocol):
    """Gives the postings of any term, empty ones for a term that is nowhere."""

    def __getitem__(self, term: str) -> Postings: ...


class Scoring:
    """Scores the documents of one index, whose ``ids`` are in the order of their numbers."""

    def __init__(self, ids: Sequence[str], postings: PostingsByTerm) -> None:
        self._ids, self._postings = ids, postings
        self._rank = np.empty(len(ids), np.intp)
        self._rank[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))

    def search(self, query: Query) -> SearchResults:
        """The best documents, ties by id, with the terms that answered each clause."""
        terms = {t.text for clause in query.clauses for t in clause.terms}
        known = {term: self._postings[term] for term in terms}
        scores = np.zeros(len(self._ids))
        for clause in query.clauses:
            _add(scores, clause, known)
        total = int(np.count_nonzero(scores > 0))
        best = self._best(scores, min(query.limit, total))
        numbers = np.array(best, NUMBER)
        answered = zip(*(_answers(c, known, numbers) for c in query.clauses), strict=True)
        hits = map(Hit, [self._ids[n] for n in best], scores[numbers].tolist(), answered)
        return SearchResults(tuple(hits), total)

    def _best(self, scores: Weights, limit: int) -> list[int]:
        """The numbers of the ``limit`` best documents, in order."""
        if not limit:
            return []
        found: Numbers = np.flatnonzero(scores >= _surely_reached(scores, limit) - TIE)
        if found.size > MANY:
            found = self._shortened(found, (scores[found] * TIES).round(), limit)
        order = zip(scores[found].tolist(), self._rank[found].tolist(), found.tolist(), strict=True)
        ranked = sorted([(-round(score * TIES), rank, number) for score, rank, number in order])
        return [number for _, _, number in ranked[:limit]]

    def _shortened(self, found: Numbers, scores: Weights, limit: int) -> Numbers:
        """The documents that can be among the best; of a long tie at their end, the first by id."""
        worst = -np.partition(-scores, limit - 1)[limit - 1]
        ties = found[scores == worst]
        return np.concatenate((found[scores > worst], ties[np.argsort(self._rank[ties])[:limit]]))


def _surely_reached(scores: Weights, limit: int) -> float:
    """A score that at least ``limit`` documents reach; of few documents simply any above none."""
    columns, least = scores.size // ROWS, 2e-9
    if columns < 2 * limit:
        return least
    best = scores[: columns * ROWS].reshape(ROWS, columns).max(axis=0)
    return max(least, float(np.partition(best, columns - limit)[columns - limit]))


def _add(scores: Weights, clause: Clause, known: Mapping[str, Postings]) -> None:
    """Add what the best of the clause's terms is worth in each document."""
    if len(clause.terms) == 1:
        _each(np.add, scores, clause, known)
    elif clause.terms:
        best = np.zeros(scores.size)
        _each(np.maximum, best, clause, known)
        scores += best


def _each(into: np.ufunc, scores: Weights, clause: Clause, known: Mapping[str, Postings]) -> None:
    """Put what each of the clause's terms is worth into the scores."""
    for term in clause.terms:
        numbers, weights, rarity = known[term.text]
        into.at(scores, numbers, term.weight * rarity * clause.weight * weights)


def _answers(
    clause: Clause, known: Mapping[str, Postings], numbers: Numbers
) -> Sequence[Term | None]:
    """The term of the clause that is worth most in each document."""
    if len(clause.terms) == 1:
        (term,) = clause.terms
        return [term if there else None for there in known[term.text].are_in(numbers).tolist()]
    chosen: list[Term | None] = [None] * numbers.size
    best = [0.0] * numbers.size
    for term in clause.terms:
        postings = known[term.text]
        worths = (term.weight * postings.rarity * postings.at(numbers)).tolist()
        for place, worth in enumerate(worths):
            if worth > best[place]:
                chosen[place], best[place] = term, worth
    return chosen
