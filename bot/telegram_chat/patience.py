"""Nobody's group is flooded: past some answers a minute to one person, the bot says so, once."""

import time
from collections import deque
from enum import Enum

from bot.telegram_chat.remembered import Bounded, Place

SPAN, MOST = 60.0, 10
"""Seconds, and answers to one person in one group within them; Telegram takes 20 in all."""

PEOPLE = 10_000
"""People remembered."""


class Turn(Enum):
    """Whether somebody is answered now."""

    ANSWER = "answer"
    SAY_SO = "say so"
    SILENCE = "silence"


class Patience:
    """Counts what each person in each group was answered lately."""

    def __init__(self) -> None:
        self._lately: Bounded[Place, deque[float]] = Bounded(PEOPLE)

    def turn(self, place: Place) -> Turn:
        """Whether to answer now, to say that it is too much at once, or to be silent."""
        now, times = time.monotonic(), self._lately.get(place) or deque()
        while times and now - times[0] > SPAN:
            times.popleft()
        if len(times) > MOST:
            return Turn.SILENCE
        times.append(now)
        self._lately[place] = times
        return Turn.SAY_SO if len(times) > MOST else Turn.ANSWER
