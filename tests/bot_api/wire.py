"""What goes over the wire: JSON objects, calls, refusals, and lengths as Telegram counts them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

Json = dict[str, Any]
Complain = Callable[[str], None]
T = TypeVar("T")


class ApiError(Exception):
    """A refusal: the HTTP status, Telegram's words, and perhaps `retry_after`."""

    def __init__(self, status: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(f"{status} {description}")
        self.status = status
        self.description = description
        self.parameters = parameters

    def json(self) -> Json:
        """The body Telegram answers with."""
        body: Json = {"ok": False, "error_code": self.status, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(words: str) -> ApiError:
    """A 400 in Telegram's words."""
    return ApiError(400, f"Bad Request: {words}")


@dataclass(frozen=True)
class Upload:
    """A file that came with a multipart request."""

    name: str
    mime_type: str
    content: bytes


@dataclass(eq=False)
class Call:
    """One request of the bot: its method, decoded parameters, and what was answered."""

    method: str
    params: Json
    files: dict[str, Upload] = field(default_factory=dict)
    at: float = field(default_factory=time.monotonic)
    status: int = 0
    result: Any = None
    description: str = ""

    @property
    def ok(self) -> bool:
        """True when the call was answered with a result."""
        return self.status == 200

    def text(self, name: str) -> str:
        """A text parameter, "" when it was left out."""
        value = self.params.get(name)
        return "" if value is None else str(value)

    def number(self, name: str, default: int = 0) -> int:
        """A whole number parameter, `default` when it was left out."""
        value = self.params.get(name)
        return default if value is None else int(value)


def utf16_length(text: str) -> int:
    """How long Telegram says `text` is: in UTF-16 code units."""
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The part of `text` an entity names, in UTF-16 code units."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")


def check_fields(value: Any, allowed: Iterable[str], where: str, complain: Complain) -> Json:
    """`value` as an object with known fields only; a complaint and a 400 otherwise."""
    if not isinstance(value, dict):
        raise bad_request(f"object expected as {where}")
    unknown = sorted(set(value) - set(allowed))
    if unknown:
        complain(f"{where}: unknown field {', '.join(unknown)}")
        raise bad_request(f"unknown field {', '.join(unknown)} in {where}")
    return value


class Signal:
    """Wakes everybody who waits for something to change."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        """Something changed: everybody looks again."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def until(self, look: Callable[[], T | None], timeout: float) -> T | None:
        """The first thing `look` finds; None when `timeout` seconds bring nothing."""
        deadline = time.monotonic() + timeout
        while (found := look()) is None:
            left = deadline - time.monotonic()
            if left <= 0:
                return None
            future = asyncio.get_running_loop().create_future()
            self._waiting.add(future)
            try:
                await asyncio.wait_for(future, left)
            except TimeoutError:
                pass
            finally:
                self._waiting.discard(future)
        return found
