"""Nobody's group is flooded: past some answers a minute to one person, the bot says so, once."""

import logging
import time
from collections import deque
from enum import Enum

from bot.records.faults import RecordsError
from bot.services import Services
from bot.telegram_chat.remembered import Bounded, Place

SPAN, MOST = 60.0, 10
"""Seconds, and answers to one person in one group within them; Telegram takes 20 in all."""

PEOPLE = 10_000
"""People remembered."""

log = logging.getLogger(__name__)


class Turn(Enum):
    """Whether somebody is answered now."""

    ANSWER = "answer"
    SAY_SO = "say so"
    SILENCE = "silence"


class Patience:
    """Counts what each person in each group was answered lately, by all replicas together."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._lately: Bounded[Place, deque[float]] = Bounded(PEOPLE)

    async def turn(self, place: Place) -> Turn:
        """Whether to answer now, to say that it is too much at once, or to be silent."""
        records = self._services.records
        if records and records.database.is_shared:
            try:
                count = await records.turns.count(place.chat, place.user, SPAN)
            except RecordsError as error:
                log.warning("counted by this replica alone: %s", error)
            else:
                return _turn(count)
        return self._turn_here(place)

    def _turn_here(self, place: Place) -> Turn:
        now, times = time.monotonic(), self._lately.get(place) or deque()
        while times and now - times[0] > SPAN:
            times.popleft()
        if len(times) > MOST:
            return Turn.SILENCE
        times.append(now)
        self._lately[place] = times
        return _turn(len(times))


def _turn(count: int) -> Turn:
    if count <= MOST:
        return Turn.ANSWER
    return Turn.SAY_SO if count == MOST + 1 else Turn.SILENCE
