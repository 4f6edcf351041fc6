"""What a running bot counts and times: numbers alone, never words or people."""

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.dialogue.conversation import Conversation
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.messages import Incoming, Kind
from bot.dialogue.turn import Outcome
from content.texts import Texts
from content.translations import Translation

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Seconds up to which a duration is counted in each bucket; longer ones in the last."""


class Step(StrEnum):
    """A part of the way of a question."""

    FIND = "find"
    """The search alone."""
    ANSWER = "answer"
    """The dialogue, with its search."""
    SEND = "send"
    """One call to the chat's server, with its waits."""
    UPDATE = "update"
    """All of it, from taken in to answered."""


@dataclass
class Durations:
    """How often a step took how long."""

    total: float = 0.0
    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))

    def add(self, seconds: float) -> None:
        """Counts one."""
        self.total += seconds
        self.counts[bisect_left(BOUNDS, seconds)] += 1


class Timer:
    """Counts how long what is done within took, also when it fails; for one time only."""

    __slots__ = ("_begun", "_durations")

    def __init__(self, durations: Durations) -> None:
        self._durations = durations

    def __enter__(self) -> None:
        self._begun = time.monotonic()

    def __exit__(self, *_: object) -> None:
        self._durations.add(time.monotonic() - self._begun)


@dataclass
class Measures:
    """The numbers since the start of the process."""

    questions: Counter[str] = field(default_factory=Counter)
    """By language, whether they found an answer or not."""
    misses: Counter[str] = field(default_factory=Counter)
    """By language, those that found nothing."""
    replies: Counter[str] = field(default_factory=Counter)
    """By kind."""
    errors: Counter[str] = field(default_factory=Counter)
    """By the name of the error."""
    seconds: dict[Step, Durations] = field(default_factory=lambda: {s: Durations() for s in Step})
    waiting: Callable[[], int] = lambda: 0
    """Updates taken in and not yet answered."""

    def timed(self, step: Step) -> Timer:
        """Counts how long what is done within took, also when it fails."""
        return Timer(self.seconds[step])


class MeasuredDialogue(Dialogue):
    """The dialogue, with its questions and answers counted."""

    def __init__(
        self,
        measures: Measures,
        texts: Texts,
        translations: Sequence[Translation],
        knowledge: Knowledge,
    ) -> None:
        super().__init__(texts, translations, knowledge)
        self._measures = measures

    async def answer(self, incoming: Incoming, conversation: Conversation) -> Outcome:
        """As the dialogue does."""
        with self._measures.timed(Step.ANSWER):
            reply, after = await super().answer(incoming, conversation)
        self._measures.replies[reply.kind] += 1
        if reply.missed or reply.kind is Kind.ANSWERS:
            self._measures.questions[reply.language] += 1
        self._measures.misses[reply.language] += reply.missed
        return reply, after
