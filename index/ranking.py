"""The order of an engine's hits: whoever answers more of the question comes first."""

import re
from collections.abc import Mapping
from functools import lru_cache

from content.folding import fold
from content.models import Partner
from index.engine import Hit, Query, SearchResults
from index.words import LONGEST_WORD, Words

LOOKED_AT = 20
"""The engine's hits that are put in order once more."""

NAMED = 0.05
"""How much more a hit is worth when its whole name is asked; it settles near ties only."""


KEPT_NAMES = 20_000
"""Partners whose names are remembered as words."""

_LETTERS = f"[A-Za-zÀ-ÖØ-öø-ÿ]{{0,{LONGEST_WORD}}}"
_OF_LETTERS = re.compile(f"{_LETTERS}(?:[ -]{_LETTERS})*")
"""Names whose words are parted by spaces and hyphens alone: nothing is joined or cut in them."""


class Ranking:
    """Orders hits by score times the share of the question they answer.

    BM25 alone puts a hit that has one of the words in its name before another that has all of
    them. Near ties go to the hit whose name is asked, its light words included. Measured in
    docs/decisions/0004-other-content.md.
    """

    def __init__(self, words: Words, partners: Mapping[str, Partner]) -> None:
        self._words, self._partners = words, partners
        self._names_of = lru_cache(KEPT_NAMES)(self._names)
        self._words_of = lru_cache(KEPT_NAMES)(self._words_in_names)

    def ordered(self, asked: frozenset[str], query: Query, results: SearchResults) -> SearchResults:
        """The same hits, the best answer first, ties by id; ``asked`` are the question's words."""
        if len(results.hits) < 2:
            return results
        weights = [clause.weight for clause in query.clauses]
        ranked: list[tuple[float, str, Hit]] = []
        for hit in results.hits:
            partner_id, score, answered = hit
            pairs = zip(weights, answered, strict=True)
            worth = score * sum([weight * term.sure for weight, term in pairs if term])
            # Known much sooner than the share.
            if not self._words_of(partner_id).isdisjoint(asked):
                worth *= 1 + NAMED * self._named(partner_id, asked)
            ranked.append((-round(worth, 9), partner_id, hit))
        ranked.sort()
        return SearchResults(tuple([hit for _, _, hit in ranked]), results.total)

    def _named(self, partner_id: str, asked: frozenset[str]) -> float:
        """The share of the words of a name that are asked, of the name that is asked most."""
        return max([len(name & asked) / len(name) for name in self._names_of(partner_id)])

    def _words_in_names(self, partner_id: str) -> frozenset[str]:
        """All words of a partner's names, and of plain names perhaps some more."""
        partner = self._partners[partner_id]
        names = " ".join((*partner.name.values(), *partner.aliases))
        if not _OF_LETTERS.fullmatch(names):
            return frozenset[str]().union(*self._names_of(partner_id))
        return frozenset(fold(names).replace("-", " ").split())

    def _names(self, partner_id: str) -> tuple[frozenset[str], ...]:
        """The words of each name of a partner; a name without any is its own word."""
        partner = self._partners[partner_id]
        names = (*partner.name.values(), *partner.aliases)
        return tuple([frozenset(self._words_of_name(n)) or frozenset({n}) for n in names])

    def _words_of_name(self, name: str) -> list[str]:
        if "-" not in name and _OF_LETTERS.fullmatch(name):
            return fold(name).split()  # the same, and sooner
        return [token.text for token in self._words.tokens(name)]
