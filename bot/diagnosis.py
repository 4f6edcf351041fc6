"""What a look at the bot's surroundings finds: a line each, with its mend."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Mark(StrEnum):
    """How good it is."""

    GOOD = "✓"
    WORTH_KNOWING = "!"
    """It works; somebody may want it otherwise."""
    BAD = "✗"


@dataclass(frozen=True, slots=True)
class Line:
    """One finding: the key of its sentence in the translations, and the values in it."""

    mark: Mark
    key: str
    values: Mapping[str, str | int] = field(default_factory=dict)


Look = Callable[[], Awaitable[Sequence[Line]]]
"""Looks at one part of the surroundings."""
