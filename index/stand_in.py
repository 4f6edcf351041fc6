"""The embedded engine stands in for a remote one that cannot be asked, where it is told to."""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from index.engine import EngineError, Query, SearchEngine, SearchResults

PAUSE = 5.0
"""Seconds without trying after one try has failed, so that not every question waits for it."""

log = logging.getLogger(__name__)

T = TypeVar("T")


class Outages:
    """Turns to what is at hand while the remote side is away, and back by itself; says so once.

    It has slots, so that it outlives the generations that ask it (``index/letting_go.py``).
    """

    __slots__ = ("_again", "_out", "_stands_in")

    def __init__(self, stands_in: bool) -> None:
        self._stands_in = stands_in
        self._out, self._again = False, 0.0

    def ask(
        self,
        work: Callable[[], T],
        instead: Callable[[], T],
        fault: type[EngineError] = EngineError,
    ) -> T:
        """What the work gives, or what there is instead when it fails with this kind of fault."""
        if not self._stands_in:
            return work()
        if self._out:
            if time.monotonic() < self._again:
                return instead()
            self._again = time.monotonic() + PAUSE  # one tries, the others go on without
        try:
            result = work()
        except fault as error:
            if not self._out:
                log.warning("%s. Meanwhile the embedded engine answers", error)
            self._out, self._again = True, time.monotonic() + PAUSE
            return instead()
        if self._out:
            self._out = False
            log.info("OpenSearch answers again")
        return result


class StandIn:
    """Asks one engine, and another with the same answers while that one cannot be asked."""

    remote = True

    def __init__(self, asked: SearchEngine, embedded: SearchEngine, outages: Outages) -> None:
        self._asked, self._embedded, self._outages = asked, embedded, outages

    def search(self, query: Query) -> SearchResults:
        """The best documents, from whichever engine can be asked."""
        return self._outages.ask(
            lambda: self._asked.search(query), lambda: self._embedded.search(query)
        )

    def frequency(self, term: str) -> int:
        """In how many documents the term occurs."""
        return self._embedded.frequency(term)

    def count(self) -> int:
        """How many documents there are."""
        return self._embedded.count()

    def close(self) -> None:
        """Give both back."""
        self._asked.close()
        self._embedded.close()
