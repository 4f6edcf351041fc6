"""Whether what an update asked for reached Telegram, told by those who send to those who wait."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.telegram_chat.patient_limiter import seconds


@dataclass
class Delivery:
    """How answering an update went."""

    update: object = None
    failure: TelegramError | None = None
    """Why Telegram did not get all of it; None when it did, or when it never will."""
    still_running: list[asyncio.Task[Any]] = field(default_factory=list)
    """Work that nobody waits for, but that belongs to the answer."""
    place: Callable[[], None] | None = None
    """Gives back the place among the answers on their way, where it has one."""
    is_over: bool = False
    """What is sent now is work that nobody waits for."""

    @property
    def asked_to_wait(self) -> float:
        """Seconds that Telegram asks to wait."""
        return seconds(self.failure) if isinstance(self.failure, RetryAfter) else 0.0

    def give_place_back(self) -> None:
        """It is on its way no more: written down, not sent, or waiting for something else."""
        give_back, self.place = self.place, None
        if give_back:
            give_back()


CURRENT: ContextVar[Delivery | None] = ContextVar("CURRENT", default=None)


@contextmanager
def delivery(update: object) -> Iterator[Delivery]:
    """Within it, what goes wrong is told to this delivery; at its end it is on its way no more."""
    this = Delivery(update)
    token = CURRENT.set(this)
    try:
        yield this
    finally:
        CURRENT.reset(token)
        this.is_over = True
        this.give_place_back()


def failed(error: TelegramError) -> bool:
    """Tells that something did not reach Telegram; whether it will be tried again."""
    this = CURRENT.get()
    is_final = isinstance(error, BadRequest | Forbidden | ChatMigrated)
    if this is None or is_final:
        return False
    this.failure = error
    return True


def answered_now() -> object:
    """The update that is being answered; None without one."""
    this = CURRENT.get()
    return this.update if this else None


def belongs(task: asyncio.Task[Any]) -> None:
    """The update is done when this task is."""
    this = CURRENT.get()
    if this is not None:
        this.still_running.append(task)
