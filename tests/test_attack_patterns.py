"""No regular expression hangs: each is given the texts that would make it, found by itself.

For every repetition in a pattern: what may stand before it, then what it repeats, thousands of
times, then something that does not fit.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from pumping import pumps

from bot.records import masking

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("bot", "content", "index")
SIZES = (4_096, 65_536)
SECONDS = 1.0
"""Of the processor, for one text; a pattern that hangs takes hours."""

SHORTER = {
    "bot.records.masked_numbers._TRAILING_WORDS": 130,
    "bot.records.mask": masking._LOOKED_AT,
    "bot.commands.misses_words": masking.LONGEST,
}
"""Modules, by the beginning of their names, whose patterns are given no more characters."""

METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")
ANCHORED = {"match", "fullmatch"}


Found = tuple[str, re.Pattern[Any], bool]
"""A pattern: its place, itself, whether it only ever looks at the beginning."""


class HangsError(Exception):
    """A pattern took too long."""


@contextmanager
def hurry() -> Iterator[None]:
    def too_long(*_: object) -> None:
        raise HangsError

    before = signal.signal(signal.SIGVTALRM, too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@cache
def sources() -> dict[str, str]:
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): path.read_text(encoding="utf-8")
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
    }


def held(value: Any, depth: int = 3) -> Iterator[re.Pattern[Any]]:
    """The patterns in a value of a module."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict) and depth:
        yield from held(tuple(value.values()), depth - 1)
    elif isinstance(value, tuple | list | set | frozenset) and depth:
        for item in value:
            yield from held(item, depth - 1)


def compiled(room: str) -> Iterator[Found]:
    """Every compiled pattern of a room."""
    everywhere = "\n".join(sources().values())
    for info in pkgutil.walk_packages([str(ROOT / room)], f"{room}."):
        if "migrations" in info.name:
            continue
        for name, value in vars(importlib.import_module(info.name)).items():
            for pattern in held(value):
                used = set(re.findall(rf"\b{name}\.({'|'.join(METHODS)})\(", everywhere))
                yield f"{info.name}.{name}", pattern, bool(used) and used <= ANCHORED


def written_in_place(room: str) -> Iterator[Found]:
    """Every pattern that is not compiled first: ``re.sub(r"…", …)``."""
    for module, source in sources().items():
        calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
        for call in calls if module.startswith(f"{room}.") else ():
            called = call.func
            if not (isinstance(called, ast.Attribute) and called.attr in METHODS):
                continue
            if isinstance(called.value, ast.Name) and called.value.id == "re":
                for one in ast.walk(call.args[0]):
                    if isinstance(one, ast.Constant) and isinstance(one.value, str):
                        place = f"{module}:{call.lineno}"
                        yield place, re.compile(one.value), called.attr in ANCHORED


@cache
def patterns(room: str) -> tuple[Found, ...]:
    """All of a room, each once."""
    found: dict[tuple[Any, int], Found] = {}
    for place, pattern, is_anchored in (*compiled(room), *written_in_place(room)):
        # The same one under another name: what is done with it there counts, too.
        key = (pattern.pattern, pattern.flags)
        found[key] = (place, pattern, is_anchored and (key not in found or found[key][2]))
    return tuple(found.values())


def test_they_are_found() -> None:
    places = [place for room in ROOMS for place, _, _ in patterns(room)]
    assert len(places) > 80
    assert any("words._TOKEN" in place for place in places)


@pytest.mark.parametrize("room", ROOMS)
def test_none_hangs(room: str) -> None:
    for place, pattern, is_anchored in patterns(room):
        longest = next((n for begin, n in SHORTER.items() if place.startswith(begin)), SIZES[-1])
        for size in sorted({min(size, longest) for size in SIZES}):
            # The longer ones only find what is slow, not what hangs: some of them will do.
            for text in islice(pumps(pattern, size), 0, None, 1 if size == SIZES[0] else 4):
                try:
                    with hurry():
                        use(pattern, text, is_anchored)
                except HangsError:
                    told = f"{text[:60]!r}…{text[-9:]!r}"
                    pytest.fail(f"{place} hangs on {len(text)} characters: {told}")


def use(pattern: re.Pattern[Any], text: str, is_anchored: bool) -> None:
    given = text.encode() if isinstance(pattern.pattern, bytes) else text
    pattern.match(given)
    if not is_anchored:
        pattern.sub(given[:0], given)


def test_masking_as_a_whole_does_not_hang() -> None:
    """Each of its patterns may make work for the others, again and again."""
    for place, pattern, _ in patterns("bot"):
        if "bot.records.mask" in place:
            for text in list(pumps(pattern, 4_096))[::40]:
                with hurry():
                    masking.mask(text)
