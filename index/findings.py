"""What a question found: shapes only."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

NONE: Mapping[str, str] = MappingProxyType({})


class Why(NamedTuple):
    """Why a partner was found: words as typed, typos as corrected, words as translated."""

    matched: tuple[str, ...] = ()
    corrected: Mapping[str, str] = NONE
    translated: Mapping[str, str] = NONE


class Answer(NamedTuple):
    """A partner found, how sure (0 to 1) that it is an answer, and why."""

    id: str
    score: float
    why: Why


@dataclass(frozen=True, slots=True)
class Findings:
    """What a question found: answers, best first, or none.

    Without answers, ``doubtful`` has partners for a "did you mean" and ``topics`` the ids of the
    nearest topics. ``unknown`` are words that nothing in the content accounts for, ``words`` all
    words that counted. ``total`` counts the answers before they were cut to the limit.
    """

    question: str
    answers: tuple[Answer, ...] = ()
    doubtful: tuple[Answer, ...] = ()
    topics: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    total: int = 0

    @property
    def found(self) -> bool:
        """Is there an answer?"""
        return bool(self.answers)
