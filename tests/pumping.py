"""Texts that would make a regular expression hang, read off the expression itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

REPEATS = (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT)
ENDS = ("", "\x00", "!", "a0")
CANDIDATES = "aA1 .-_é/:@,\"'[(<\n\t·\u202e\x00"
KINDS: dict[Any, Callable[[str], bool]] = {
    c.CATEGORY_DIGIT: str.isdigit,
    c.CATEGORY_SPACE: str.isspace,
    c.CATEGORY_WORD: lambda letter: letter.isalnum() or letter == "_",
}
OTHERS = {
    c.CATEGORY_NOT_DIGIT: c.CATEGORY_DIGIT,
    c.CATEGORY_NOT_SPACE: c.CATEGORY_SPACE,
    c.CATEGORY_NOT_WORD: c.CATEGORY_WORD,
}
TRIED = 5
"""Letters tried of a set."""


def pumps(pattern: re.Pattern[Any], size: int) -> Iterator[str]:
    """Texts of about ``size`` characters, each a different way to make the pattern try again."""
    source = pattern.pattern
    text = source.decode() if isinstance(source, bytes) else source
    tree = _parser.parse(text, pattern.flags & ~(re.UNICODE if isinstance(source, bytes) else 0))
    seen = dict.fromkeys(_repeated(tree, ""))
    for before, body in seen:
        for end in ENDS if size <= 10_000 else ENDS[1:2]:
            room = size - len(before) - len(end)
            yield before + (body * (room // len(body) + 1))[:room] + end


def _repeated(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    """What stands before each repetition, and what is repeated."""
    whole = _one(tree)
    if whole:
        yield before, whole
    for kind, value in tree:
        if kind in REPEATS:
            yield from _of_repeat(value[2], before)
        elif kind is c.SUBPATTERN:
            yield from _repeated(value[-1], before)
        elif kind is c.BRANCH:
            for branch in value[1]:
                yield from _repeated(branch, before)
        elif kind in (c.ASSERT, c.ASSERT_NOT):
            yield from _repeated(value[1], before)
        before += _sample(kind, value)


def _of_repeat(inner: Any, before: str) -> Iterator[tuple[str, str]]:
    bodies = [_one(inner)]
    if len(inner) == 1 and inner[0][0] is c.IN:
        bodies += _members(inner[0][1])[:TRIED]
    if len(inner) == 1 and inner[0][0] is c.SUBPATTERN and inner[0][1][-1][0][0] is c.BRANCH:
        bodies += [_one(branch) for branch in inner[0][1][-1][0][1][1]]
    for body in filter(None, bodies):
        yield before, body
    yield from _repeated(inner, before)
    for prefix, body in list(_repeated(inner, "")):
        yield before, prefix + 3 * body


def _one(tree: Any) -> str:
    """A text that the tree matches, if its assertions allow."""
    return "".join(_sample(kind, value) for kind, value in tree)


def _sample(kind: Any, value: Any) -> str:  # noqa: PLR0911
    if kind is c.LITERAL:
        return chr(value)
    if kind is c.NOT_LITERAL:
        return "b" if value == ord("a") else "a"
    if kind is c.ANY:
        return "a"
    if kind is c.IN:
        return next(iter(_members(value)), "a")
    if kind is c.BRANCH:
        return _one(value[1][0])
    if kind is c.SUBPATTERN:
        return _one(value[-1])
    if kind is c.ATOMIC_GROUP:
        return _one(value)
    return _one(value[2]) * max(1, min(value[0], 20)) if kind in REPEATS else ""


def _members(items: Sequence[Any]) -> list[str]:
    """Some letters of a set."""
    is_negated = items[0][0] is c.NEGATE
    literal = [chr(value) for kind, value in items if kind is c.LITERAL]
    first = [chr(value[0]) for kind, value in items if kind is c.RANGE]
    return [
        letter
        for letter in dict.fromkeys([*CANDIDATES, *literal, *first])
        if any(_holds(item, letter) for item in items) is not is_negated
    ]


def _holds(item: Any, letter: str) -> bool:
    kind, value = item
    if kind is c.LITERAL:
        return bool(value == ord(letter))
    if kind is c.RANGE:
        return bool(value[0] <= ord(letter) <= value[1])
    if kind is c.CATEGORY:
        is_other = value in OTHERS
        return bool(KINDS[OTHERS.get(value, value)](letter)) is not is_other
    return False
