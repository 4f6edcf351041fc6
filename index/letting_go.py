"""Big contents come into memory and go out of it without holding up who answers meanwhile.

Python looks for garbage by going through everything it has, and nobody gets a turn meanwhile:
nearly a second for 20,000 partners. So what is opened is left out of that, and is taken apart, a
few partners at a time, once nobody holds it.
"""

import gc
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")

TURN = 0.0001
"""Seconds after which another thread has its turn, while one opens a generation; usually 0.005."""

MANY = 2_000
"""Partners from which a generation is taken apart by a thread of its own."""

WORK, PAUSE = 0.001, 0.001
"""Seconds of work beside those who answer, and until there is more of it."""


@contextmanager
def no_looking_for_garbage() -> Iterator[None]:
    """Meanwhile nothing is gone through in search of garbage."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def in_passing(work: Callable[[], T]) -> T:
    """The result of work of another thread than the one that answers, which hardly waits for it.

    Meanwhile threads take turns more often; what is made is never looked through for garbage.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    gc.collect(1)  # what is garbage now would stay
    try:
        with no_looking_for_garbage():
            made = work()
            gc.freeze()
            return made
    finally:
        sys.setswitchinterval(usual)


def by_and_by(partners: Iterable[T]) -> Iterator[T]:
    """The same, with a pause now and then: of two threads at work each would have half the time.

    In the main thread without: it opens a generation only before anybody is answered.
    """
    if threading.current_thread() is threading.main_thread():
        yield from partners
        return
    due = time.perf_counter() + WORK
    for partner in partners:
        yield partner
        if time.perf_counter() >= due:
            time.sleep(PAUSE)
            due = time.perf_counter() + WORK


def let_go_after(finder: object, partners: Sequence[object]) -> None:
    """Take apart what a finder is made of, once it is gone itself: when nobody uses it any more."""
    if len(partners) >= MANY:
        parts = list(vars(finder).values())
        weakref.finalize(finder, _begin, parts, partners).atexit = False


def empty_after(owner: object, own: Sequence[Any]) -> None:
    """Empty dictionaries and sets that only the owner has, by and by, once it is gone itself."""
    if sum(map(len, own)) >= MANY:
        weakref.finalize(owner, _in_a_thread, _empty, own).atexit = False


def _in_a_thread(work: Callable[..., None], *arguments: object) -> None:
    threading.Thread(target=work, args=arguments, daemon=True).start()


def _empty(own: Sequence[Any]) -> None:
    for some in own:
        take_one = some.popitem if isinstance(some, dict) else some.pop
        for _ in by_and_by(range(len(some))):
            take_one()


def _begin(parts: list[object], partners: Sequence[object]) -> None:
    # The list keeps them when the rest has gone, so that they can go by and by.
    _in_a_thread(_let_go, parts, list(partners))


def _let_go(parts: list[object], partners: list[object]) -> None:
    take_apart(parts)
    _empty([partners])


def take_apart(pending: list[object]) -> None:
    """Empty objects of this package, and what they are made of: they hold each other in circles.

    What has slots instead is left: others use it too.
    """
    while pending:
        one = pending.pop()
        if type(one).__module__.startswith("index.") and hasattr(one, "__dict__"):
            pending += vars(one).values()
            vars(one).clear()
