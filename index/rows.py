"""Rows of words, found in longer rows: the longest at every place, in linear time."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

Row = tuple[str, ...]


class Rows:
    """A set of rows of folded words ("who", "deals", "with")."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._by_first: dict[str, set[Row]] = {}
        self._longest: dict[str, int] = {}
        self._alone: set[str] = set()
        self._pairs: set[tuple[str, str]] = set()
        for row in rows:
            if len(row) == 1:
                self._alone.add(row[0])
            self._pairs.update(pairwise(row[:2]))
            if row:
                self._by_first.setdefault(row[0], set()).add(row)
                self._longest[row[0]] = max(len(row), self._longest.get(row[0], 0))

    def may_be_in(self, texts: Sequence[str]) -> bool:
        """May a row stand in ``texts``? Tells much sooner than ``spans`` that none does."""
        return not (self._alone.isdisjoint(texts) and self._pairs.isdisjoint(pairwise(texts)))

    def spans(self, texts: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Where rows stand in ``texts`` (start, end), left to right, none inside another."""
        end = 0
        for place, text in enumerate(texts):
            if place >= end and text in self._by_first:
                length = self._length_at(texts, place)
                if length:
                    end = place + length
                    yield place, end

    def found(self, texts: Sequence[str]) -> Iterator[Row]:
        """The rows that stand in ``texts``."""
        return (tuple(texts[start:end]) for start, end in self.spans(texts))

    def _length_at(self, texts: Sequence[str], place: int) -> int:
        rows = self._by_first[texts[place]]
        for length in range(min(self._longest[texts[place]], len(texts) - place), 0, -1):
            if tuple(texts[place : place + length]) in rows:
                return length
        return 0
