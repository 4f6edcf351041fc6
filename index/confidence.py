"""Is this an answer at all? How much of what was asked the best partner accounts for.

A logistic sum of four signs that hold for any content. Its figures were fitted by
``benchmarks/calibrate.py`` on questions of another hand, the partners' expected questions
(never indexed) and questions about other subjects; see docs/decisions/0003-confidence.md.
"""

import math
from dataclasses import dataclass

from index.engine import Hit, Query

THRESHOLD = 0.5
"""The confidence from which a hit is an answer."""

DOUBT = 0.25
"""The confidence from which a hit is worth a "did you mean"."""


@dataclass(frozen=True, slots=True)
class Signs:
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
    bits = [clause.information for clause in query.clauses]
    answered = [bit * t.sure for bit, t in zip(bits, hit.answered, strict=True) if t]
    asked, told, clauses = sum(bits), sum(answered), len(bits)
    rarest = math.log(1 + (partners - 0.5) / 1.5)
    score = hit.score / rarest if rarest else 0.0
    return Signs(
        coverage=told / asked if asked else 0.0,
        answered=len(answered) / clauses if clauses else 0.0,
        evidence=math.log1p(score),
        density=score / clauses if clauses else 0.0,
    )


def confidence(query: Query, hit: Hit, partners: int) -> float:
    """How sure (0 to 1) it is that the hit answers the question."""
    found = signs(query, hit, partners)
    total = (
        INTERCEPT
        + WEIGHTS.coverage * found.coverage
        + WEIGHTS.answered * found.answered
        + WEIGHTS.evidence * found.evidence
        + WEIGHTS.density * found.density
    )
    return 1 / (1 + math.exp(-total))
