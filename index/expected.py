"""The questions that partners expect to be found by, asked of a new index and of the one before."""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from content.models import Content
from index.findings import Findings
from index.progress import Progress

LIMIT = 2_000
"""Questions asked at most; of more, always the same ones are taken."""

PAUSE = 0.0005
"""Seconds between two questions in which visitors' questions come first."""


class Expectation(NamedTuple):
    """A question, and the partner that should be its first answer."""

    partner: str
    question: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the expected questions fare now, and how they fared before.

    ``better`` and ``worse`` are of partners known before as well; ``missed`` are questions new to
    the content that do not find their partner. ``right_before`` is None with nothing before.
    """

    asked: int
    total: int
    right: int
    right_before: int | None = None
    better: tuple[Expectation, ...] = ()
    worse: tuple[Expectation, ...] = ()
    missed: tuple[Expectation, ...] = ()


class Finds(Protocol):
    """What answers questions."""

    def find(self, question: str, limit: int = 5, unfinished: bool = False) -> Findings: ...


class Side(NamedTuple):
    """An index and the content that it was made from."""

    content: Content
    finder: Finds


def expectations(content: Content) -> tuple[Expectation, ...]:
    """Every expected question, in the order of partners and languages."""
    return tuple(
        Expectation(partner.id, question)
        for partner in content.partners
        for questions in partner.questions.values()
        for question in questions
    )


def sample(wanted: Sequence[Expectation], limit: int = LIMIT) -> tuple[Expectation, ...]:
    """At most ``limit``, in their order; which ones depends on nothing but themselves."""
    if len(wanted) <= limit:
        return tuple(wanted)
    taken = set(sorted(wanted, key=_lot)[:limit])
    return tuple(expectation for expectation in wanted if expectation in taken)


def compare(
    after: Side,
    before: Side | None = None,
    progress: Progress = lambda _done, _all: None,
    limit: int = LIMIT,
) -> Comparison:
    """Ask what ``after`` expects of both."""
    wanted = expectations(after.content)
    asked = sample(wanted, limit)
    now, then = [], []
    for done, expectation in enumerate(asked, start=1):
        now.append(_first(after.finder, expectation))
        then.append(before is not None and _first(before.finder, expectation))
        progress(done, len(asked))
        time.sleep(PAUSE)
    old = {p.id for p in before.content.partners} if before else set()
    known = set(expectations(before.content)) if before else set()
    outcomes = list(zip(asked, now, then, strict=True))
    return Comparison(
        asked=len(asked),
        total=len(wanted),
        right=sum(now),
        right_before=sum(then) if before else None,
        better=tuple(e for e, new, was in outcomes if new and not was and e.partner in old),
        worse=tuple(e for e, new, was in outcomes if was and not new),
        missed=tuple(e for e, new, was in outcomes if not (new or was) and e not in known),
    )


def _first(finder: Finds, expectation: Expectation) -> bool:
    answers = finder.find(expectation.question, 1).answers
    return bool(answers) and answers[0].id == expectation.partner


def _lot(expectation: Expectation) -> bytes:
    return hashlib.sha256("\0".join(expectation).encode()).digest()
