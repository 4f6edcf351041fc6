"""The order of an engine's hits: whoever answers more of the question comes first."""

from collections.abc import Mapping
from functools import lru_cache

from content.models import Partner
from index.engine import Hit, Query, SearchResults
from index.words import Words

LOOKED_AT = 20
"""The engine's hits that are put in order once more."""

NAMED = 0.05
"""How much more a hit is worth when its whole name is asked; it settles near ties only."""


class Ranking:
    """Orders hits by score times the share of the question they answer.

    BM25 alone puts a hit that has one of the words in its name before another that has all of
    them. Near ties go to the hit whose name is asked, its light words included. Measured in
    docs/decisions/0004-other-content.md.
    """

    def __init__(self, words: Words, partners: Mapping[str, Partner]) -> None:
        self._words, self._partners = words, partners
        self._names_of = lru_cache(maxsize=5_000)(self._names)

    def ordered(self, question: str, query: Query, results: SearchResults) -> SearchResults:
        """The same hits, the best answer first, ties by id."""
        asked = frozenset(token.text for token in self._words.tokens(question))

        def worth(hit: Hit) -> float:
            pairs = zip(query.clauses, hit.answered, strict=True)
            told = sum(clause.weight * term.sure for clause, term in pairs if term)
            named = max(len(name & asked) / len(name) for name in self._names_of(hit.id))
            return round(hit.score * told * (1 + NAMED * named), 9)

        hits = sorted(results.hits, key=lambda hit: (-worth(hit), hit.id))
        return SearchResults(tuple(hits), results.total)

    def _names(self, partner_id: str) -> tuple[frozenset[str], ...]:
        """The words of each name of a partner; a name without any is its own word."""
        partner = self._partners[partner_id]
        names = (*partner.name.values(), *partner.aliases)
        return tuple(
            frozenset(t.text for t in self._words.tokens(n)) or frozenset({n}) for n in names
        )
