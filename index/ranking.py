"""The order of an engine's hits: whoever answers more of the question comes first."""

import re
from collections.abc import Mapping
from functools import lru_cache

from content.folding import fold
from content.models import Partner
from index.engine import Hit, Query, SearchResults
from index.words import Words

LOOKED_AT = 20
"""The engine's hits that are put in order once more."""

NAMED = 0.05
"""How much more a hit is worth when its whole name is asked; it settles near ties only."""


_OF_LETTERS = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ -]*")
"""Names whose folded words are parts of the folded name: nothing in them is joined or left out."""


class Ranking:
    """Orders hits by score times the share of the question they answer.

    BM25 alone puts a hit that has one of the words in its name before another that has all of
    them. Near ties go to the hit whose name is asked, its light words included. Measured in
    docs/decisions/0004-other-content.md.
    """

    def __init__(self, words: Words, partners: Mapping[str, Partner]) -> None:
        self._words, self._partners = words, partners
        self._names_of = lru_cache(maxsize=5_000)(self._names)
        self._folded_of = lru_cache(maxsize=5_000)(self._folded)

    def ordered(self, asked: frozenset[str], query: Query, results: SearchResults) -> SearchResults:
        """The same hits, the best answer first, ties by id; ``asked`` are the question's words."""
        if len(results.hits) < 2:
            return results
        weights = [clause.weight for clause in query.clauses]

        def worth(hit: Hit) -> float:
            pairs = zip(weights, hit.answered, strict=True)
            told = sum([weight * term.sure for weight, term in pairs if term])
            return round(hit.score * told * (1 + NAMED * self._named(hit.id, asked)), 9)

        hits = sorted(results.hits, key=lambda hit: (-worth(hit), hit.id))
        return SearchResults(tuple(hits), results.total)

    def _named(self, partner_id: str, asked: frozenset[str]) -> float:
        """The share of the words of a name that are asked, of the name that is asked most."""
        folded = self._folded_of(partner_id)
        # Known much sooner than the names' words are.
        if folded is not None and not any(word in folded for word in asked):
            return 0.0
        return max(len(name & asked) / len(name) for name in self._names_of(partner_id))

    def _folded(self, partner_id: str) -> str | None:
        """The folded names of a partner, a line each; None where that may not have their words."""
        partner = self._partners[partner_id]
        names = (*partner.name.values(), *partner.aliases)
        if not all(_OF_LETTERS.fullmatch(name) for name in names):
            return None
        return "\n".join(fold(name) for name in names)

    def _names(self, partner_id: str) -> tuple[frozenset[str], ...]:
        """The words of each name of a partner; a name without any is its own word."""
        partner = self._partners[partner_id]
        names = (*partner.name.values(), *partner.aliases)
        return tuple(
            frozenset(t.text for t in self._words.tokens(n)) or frozenset({n}) for n in names
        )
