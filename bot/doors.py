"""What the chat and the HTTP server beside it want of each other; neither imports the other."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

Receive = Callable[[dict[str, Any]], Awaitable[bool]]
"""Takes an update once and for all; False when it cannot now, so that it is brought again."""


@dataclass(frozen=True, slots=True)
class Inlet:
    """Where updates come in, who may bring them, and who takes them."""

    path: str
    secret: str = field(repr=False)
    receive: Receive


@dataclass(frozen=True, slots=True)
class Outside:
    """What the server is told of the chat."""

    silence: Callable[[], float]
    """Seconds since the chat's server was last heard of; infinite before the first time."""
    patience: float
    """Seconds of silence from which on something is wrong."""
    inlet: Inlet | None = None
    """Where updates come in, when they come by webhook."""


class Door(Protocol):
    """A server that runs beside the chat, in the same loop."""

    async def begin(self, outside: Outside) -> None:
        """Begins to answer."""

    async def end(self) -> None:
        """Stops listening, and lets answers under way finish."""
