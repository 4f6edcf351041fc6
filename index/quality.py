"""Question sets to figures: how often the first answer is right, and nonsense turned away."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

DEPTH = 5
"""How many answers the mean reciprocal rank looks at (MRR@5)."""


class QuestionSetError(Exception):
    """A question set cannot be used; the message names the file, the item and the mend."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a set: ``best`` ids are right as first answer; none means off-topic."""

    id: str
    language: str
    kind: str
    text: str
    best: frozenset[str]
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question and the ids it was answered with, best first."""

    question: Question
    answers: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Is the first answer right; or, off-topic, was nothing found?"""
        if not self.question.best:
            return not self.answers
        return bool(self.answers) and self.answers[0] in self.question.best

    @property
    def reciprocal_rank(self) -> float:
        """1 / the place of the first right answer among the first five, else 0."""
        for place, answer in enumerate(self.answers[:DEPTH], start=1):
            if answer in self.question.best:
                return 1 / place
        return 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What a set (or a part of it) came to. Shares are 0 to 1; None where nothing was asked."""

    asked: int
    hits_at_1: float | None
    mrr_at_5: float | None
    off_topic: int
    rejected: float | None


def figures(outcomes: Iterable[Outcome]) -> Figures:
    """Hits@1 and MRR@5 over the questions that have an answer, rejection over the others."""
    outcomes = list(outcomes)
    asked = [o for o in outcomes if o.question.best]
    off = [o for o in outcomes if not o.question.best]
    return Figures(
        len(asked),
        _mean([float(o.right) for o in asked]),
        _mean([o.reciprocal_rank for o in asked]),
        len(off),
        _mean([float(o.right) for o in off]),
    )


def by(outcomes: Sequence[Outcome], part: Callable[[Question], str]) -> Mapping[str, Figures]:
    """The figures of each part (kind, language, partner), in order of name."""
    names = sorted({part(o.question) for o in outcomes})
    return {name: figures(o for o in outcomes if part(o.question) == name) for name in names}


def by_partner(outcomes: Sequence[Outcome]) -> Mapping[str, Figures]:
    """The figures of each partner that is right for some question."""
    ids = sorted({i for o in outcomes for i in o.question.best})
    return {i: figures(o for o in outcomes if i in o.question.best) for i in ids}


def play(questions: Iterable[Question], ask: Callable[[str], Sequence[str]]) -> tuple[Outcome, ...]:
    """Ask every question; ``ask`` gives partner ids, best first, none for "nothing found"."""
    return tuple(Outcome(q, tuple(ask(q.text))) for q in questions)


def read_set(path: Path) -> list[dict[str, Any]]:
    """The items of a set file: questions (with ``q``) and dialogues (with ``turns``).

    Raises:
        QuestionSetError: the file is no such set.
    """
    try:
        items = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise QuestionSetError(f"{path}: cannot be read: {error}") from error
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise QuestionSetError(
            f"{path}: must be a list of questions {{id, lang, kind, q, best, relevant}}"
            " or of dialogues {id, lang, turns}"
        )
    return items


def question(item: Mapping[str, Any], path: Path) -> Question:
    """One item of a set as a question.

    Raises:
        QuestionSetError: a part is missing or of the wrong type.
    """
    try:
        best = frozenset(map(str, item["best"]))
        return Question(
            str(item["id"]),
            str(item.get("lang", "en")),
            str(item.get("kind", "question")),
            str(item["q"]),
            best,
            frozenset(map(str, item.get("relevant", best))),
        )
    except (KeyError, TypeError) as error:
        name = item.get("id", item)
        raise QuestionSetError(
            f"{path}: {name}: a question needs id, q and best (a list of ids, empty when"
            f" off-topic): {error}"
        ) from error


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
