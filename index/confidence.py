"""Is this an answer at all? How much of what was asked the best partner accounts for.

A logistic sum of four signs that hold for any content. Its figures were fitted by
``benchmarks/calibrate.py`` on questions of another hand, the partners' expected questions
(never indexed) and questions about other subjects; see docs/decisions/0003-confidence.md.
"""

import math
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from index.engine import Hit, Query

THRESHOLD = 0.5
"""The confidence from which a hit is an answer."""

DOUBT = 0.25
"""The confidence from which a hit is worth a "did you mean"."""


class Signs(NamedTuple):
    """What speaks for a hit, each 0 to about 1, whatever the number of partners.

    ``coverage`` is the share of the question's information that the hit answers, ``answered`` the
    share of its words, ``evidence`` the logarithm of its BM25F score, ``density`` that score a
    word; scores are counted in those of one word that a single partner has.
    """

    coverage: float
    answered: float
    evidence: float
    density: float


INTERCEPT = -9.4
WEIGHTS = Signs(coverage=9.7, answered=3.8, evidence=2.6, density=1.7)


def signs(query: Query, hit: Hit, partners: int) -> Signs:
    """What speaks for a hit among so many partners."""
    return signs_for(query, partners)(hit)


def signs_for(query: Query, partners: int) -> Callable[[Hit], Signs]:
    """What speaks for any hit of a query among so many partners."""
    bits = [clause.information for clause in query.clauses]
    asked, clauses, rarest = sum(bits), len(bits), _of_rarest(partners)

    def of(hit: Hit) -> Signs:
        answered = [bit * t.sure for bit, t in zip(bits, hit.answered, strict=True) if t]
        score = hit.score / rarest if rarest else 0.0
        return Signs(
            sum(answered) / asked if asked else 0.0,
            len(answered) / clauses if clauses else 0.0,
            math.log1p(score),
            score / clauses if clauses else 0.0,
        )

    return of


def confidence(found: Signs) -> float:
    """How sure (0 to 1) it is that a hit of such signs answers the question."""
    coverage, answered, evidence, density = found
    total = (
        INTERCEPT
        + WEIGHTS.coverage * coverage
        + WEIGHTS.answered * answered
        + WEIGHTS.evidence * evidence
        + WEIGHTS.density * density
    )
    return 1 / (1 + math.exp(-total))


@lru_cache(maxsize=16)
def _of_rarest(partners: int) -> float:
    """The score of a word that a single one of so many partners has."""
    return math.log(1 + (partners - 0.5) / 1.5)
