"""The order of an engine's hits: whoever answers more of the question comes first."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from content.folding import fold
from content.models import Partner
from index.engine import Hit, Query
from index.scoring import TIES
from index.words import LONGEST_WORD, Words

LOOKED_AT = 20
"""The engine's hits that are put in order once more."""

NAMED = 0.05
"""How much more a hit is worth when its whole name is asked; it settles near ties only."""

NEAR = 1 + NAMED + 1e-6
"""How much more than the next one a hit is worth when no name can bring the next before it."""

KEPT_NAMES = 20_000
"""Partners whose names are remembered as words."""

_LETTERS = f"[A-Za-zÀ-ÖØ-öø-ÿ]{{0,{LONGEST_WORD}}}"
_PLAIN = re.compile(f"{_LETTERS}(?: {_LETTERS})*")
"""A name of words parted by spaces alone: nothing is joined or cut in it."""


class Names(NamedTuple):
    """The words of a partner's names: of all together, and of each."""

    words: frozenset[str]
    each: tuple[frozenset[str], ...]


class Ranking:
    """Orders hits by score times the share of the question they answer.

    BM25 alone puts a hit that has one of the words in its name before another that has all of
    them. Near ties go to the hit whose name is asked, its light words included. Measured in
    docs/decisions/0004-other-content.md.
    """

    def __init__(self, words: Words, partners: Mapping[str, Partner]) -> None:
        self._words, self._partners = words, partners
        self._names_of = lru_cache(KEPT_NAMES)(self._names)

    def in_order(
        self,
        asked: frozenset[str],
        query: Query,
        hits: Sequence[Hit],
        matters: Callable[[Hit], bool] = lambda _: True,
    ) -> Iterator[Hit]:
        """The hits, the best answer first, ties by id; ``asked`` are the question's words.

        Those that do not matter any more when their turn comes are left out, some perhaps not.
        """
        weights = [clause.weight for clause in query.clauses]
        ranked: list[tuple[float, str, Hit]] = []
        for hit in hits:
            partner_id, score, answered = hit
            pairs = zip(weights, answered, strict=True)
            worth = score * sum([weight * term.sure for weight, term in pairs if term])
            ranked.append((-worth, partner_id, hit))
        ranked.sort()
        while ranked:
            near = _near_ties(ranked)
            mattering = [one for one in ranked[:near] if matters(one[2])]
            del ranked[:near]
            if len(mattering) > 1:
                # Names settle near ties only, and there are few: names are long to look through.
                mattering = sorted([self._with_name(asked, *one) for one in mattering])
            for _, _, hit in mattering:
                yield hit

    def _with_name(
        self, asked: frozenset[str], below: float, partner_id: str, hit: Hit
    ) -> tuple[float, str, Hit]:
        """The hit behind what it is worth, below zero, and its id."""
        names = self._names_of(partner_id)
        if not names.words.isdisjoint(asked):
            # The share of a name's words that are asked, of the name that is asked most.
            below *= 1 + NAMED * max([len(name & asked) / len(name) for name in names.each])
        return round(below * TIES), partner_id, hit

    def _names(self, partner_id: str) -> Names:
        """The words of each name of a partner; a name without any is its own word."""
        partner = self._partners[partner_id]
        names = (*partner.name.values(), *partner.aliases)
        each = tuple([frozenset(self._words_of_name(n)) or frozenset({n}) for n in names])
        return Names(frozenset().union(*each), each)

    def _words_of_name(self, name: str) -> list[str]:
        if _PLAIN.fullmatch(name):
            return fold(name).split()  # the same, and sooner
        return [token.text for token in self._words.tokens(name)]


def _near_ties(ranked: Sequence[tuple[float, str, Hit]]) -> int:
    """How many at the front a name could bring in another order."""
    for place in range(1, len(ranked)):
        if ranked[place][0] * NEAR > ranked[place - 1][0]:
            return place
    return len(ranked)
