"""People who talk to replicas, three questions each, and what became of every one."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field

from bot_api.people import Sent
from bot_api_server import User

from replicas.cluster import Cluster

TALK = (
    ("who deals with screen overexposure?", "working in the field"),
    ("their website?", "(CoSE)"),
    ("and for nurses?", "Paediatric Nurses"),
)
"""A question and two that mean nothing without it, and what their answers tell."""


@dataclass
class Told:
    """What was sent, and what came of it."""

    sent: int = 0
    redelivered: int = 0
    answered: int = 0
    lost: int = 0
    doubled: int = 0
    disordered: int = 0
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0


class Load:
    """Many people at once; everybody asks on without waiting for an answer."""

    def __init__(self, cluster: Cluster, seed: int = 1) -> None:
        self._cluster, self._random = cluster, random.Random(seed)
        self._people: list[User] = []
        self._sent: list[Sent] = []
        self.redelivered = 0

    async def talk(self, people: int, pause: float = 0.0, redelivered: float = 0.2) -> None:
        """New people come one after the other; a share of the updates is brought twice."""
        server = self._cluster.server
        for _ in range(people):
            person = server.new_user("Zebulon", language_code="en")
            self._people.append(person)
            for text, _ in TALK:
                sent = await server.send_text(person, person, text)
                self._sent.append(sent)
                if self._random.random() < redelivered and sent.update:
                    await server.push_update(sent.update)
                    self.redelivered += 1
            await asyncio.sleep(pause)

    def answered(self) -> int:
        """Answers so far."""
        return sum(len(self._answers(person)) for person in self._people)

    async def finished(self, patience: float) -> float:
        """Waits until everybody has every answer, or no more come; the seconds that took."""
        begun = time.monotonic()
        while time.monotonic() - begun < patience:
            if all(len(self._kinds(person)) >= len(TALK) for person in self._people):
                break
            await asyncio.sleep(0.1)
        seconds = time.monotonic() - begun
        await asyncio.sleep(2.0)  # for what would come twice
        return seconds

    def told(self) -> Told:
        """What became of all that was asked."""
        told = Told(sent=len(self._sent), redelivered=self.redelivered)
        for person in self._people:
            answers, kinds = self._answers(person), self._kinds(person)
            told.answered += len(answers)
            told.lost += len(TALK) - len(set(kinds) - {-1})
            told.doubled += max(0, len(answers) - len(TALK))
            # An answer twice is told above; here only which came after which.
            told.disordered += kinds != sorted(kinds)
            told.wrong += [text for text in answers if self._kind(text) == -1]
        return told

    def _answers(self, person: User) -> list[str]:
        bot = self._cluster.server.bot
        return [m.text for m in self._cluster.server.messages(person) if m.sender is bot]

    def _kinds(self, person: User) -> list[int]:
        return [self._kind(text) for text in self._answers(person)]

    def _kind(self, text: str) -> int:
        """Which question it answers; -1 for none."""
        # The first answer names the collective too.
        return next((n for n in (0, 2, 1) if TALK[n][1] in text), -1)
