"""Fetching updates, watched: a token that Telegram refuses for good must not go unnoticed."""

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from telegram.error import NetworkError
from telegram.request import HTTPXRequest

REFUSALS = 4
"""Refusals in a row before the token is given up; one alone may be a fault of Telegram's."""


class PollingRequest(HTTPXRequest):
    """Gives ``on_refused`` a call when Telegram goes on refusing the token."""

    def __init__(self, on_refused: Callable[[], None], **options: Any) -> None:
        super().__init__(**options)
        self._on_refused, self._in_a_row = on_refused, 0
        self._heard = self._conflict = float("-inf")

    def heard(self) -> None:
        """Told of a word from Telegram on another connection: the first poll may take long."""
        self._heard = time.monotonic()

    def silence(self) -> float:
        """Seconds since updates were last fetched; infinite before the first time."""
        return time.monotonic() - self._heard

    def peace(self) -> float:
        """Seconds since another program was last seen fetching; infinite when none ever was."""
        return time.monotonic() - self._conflict

    async def do_request(self, *args: Any, **options: Any) -> tuple[int, bytes]:
        """As the library does; but its polling would end for good at the first refusal."""
        code, payload = await super().do_request(*args, **options)
        if code == HTTPStatus.OK:
            self.heard()
        if code == HTTPStatus.CONFLICT:
            self._conflict = time.monotonic()
        if code not in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):
            self._in_a_row = 0
            return code, payload
        self._in_a_row += 1
        if self._in_a_row >= REFUSALS:
            self._on_refused()
        raise NetworkError(f"the token was refused ({code}), {self._in_a_row} times in a row")
