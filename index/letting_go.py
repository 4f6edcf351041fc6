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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

TURN = 0.0005
"""Seconds after which another thread has its turn, while one opens a generation; usually 0.005."""

MANY = 2_000
"""Partners from which a generation is taken apart by a thread of its own."""

AT_ONCE, PAUSE = 200, 0.001
"""Partners that go at once, and the seconds until the next do."""


@contextmanager
def answers_first() -> Iterator[None]:
    """Meanwhile threads take turns more often; what is made is never looked through for garbage."""
    usual, collecting = sys.getswitchinterval(), gc.isenabled()
    sys.setswitchinterval(TURN)
    gc.collect(1)  # what is garbage now would stay
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        sys.setswitchinterval(usual)
        if collecting:
            gc.enable()


def let_go_after(holder: object, finder: object, partners: Sequence[object]) -> None:
    """Take the finder apart when the last who uses the holder is done with it."""
    if len(partners) >= MANY:
        weakref.finalize(holder, _begin, finder, partners).atexit = False


def _begin(finder: object, partners: Sequence[object]) -> None:
    threading.Thread(target=_let_go, args=(finder, list(partners)), daemon=True).start()


def _let_go(finder: object, partners: list[object]) -> None:
    take_apart(finder)
    del finder
    while partners:
        del partners[-AT_ONCE:]
        time.sleep(PAUSE)


def take_apart(thing: object) -> None:
    """Empty the objects of this package that it is made of: they hold each other in circles."""
    pending = [thing]
    while pending:
        one = pending.pop()
        if type(one).__module__.startswith("index.") and hasattr(one, "__dict__"):
            pending += vars(one).values()
            vars(one).clear()
