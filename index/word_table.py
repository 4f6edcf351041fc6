"""Many sorted words in a few arrays, in memory or mapped: found by their hash, or in a row."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path
from zlib import crc32

import numpy as np

from index.mapped import mapped_bytes

PLACE, HASH = np.dtype(np.uint64), np.dtype(np.uint32)


class WordTable:
    """Sorted words by number; ``ends`` are where each ends in ``text``, a newline after it.

    ``hashes`` are sorted, and ``order`` tells the number of the word of each.
    """

    PARTS = ("words", "ends", "hashes", "order")

    def __init__(
        self, text: memoryview, ends: memoryview, hashes: memoryview, order: memoryview
    ) -> None:
        self._text, self._ends, self._hashes, self._order = text, ends, hashes, order
        whole = len(text) == (ends[-1] if len(ends) else 0)
        if not (whole and len(ends) == len(hashes) == len(order)):
            raise ValueError("a table of words is not whole")

    @classmethod
    def of(cls, words: Iterable[str]) -> "WordTable":
        """A table in memory of words that are sorted."""
        coded = [word.encode() for word in words]
        hashes = np.fromiter(map(crc32, coded), HASH, len(coded))
        order = np.argsort(hashes, kind="stable")
        lengths = np.fromiter(map(len, coded), PLACE, len(coded))
        text = b"".join([word + b"\n" for word in coded])
        ends = np.cumsum(lengths + PLACE.type(1), dtype=PLACE)
        numbers = (ends.data, hashes[order].data, order.astype(HASH).data)
        return cls(memoryview(text), *numbers)

    @classmethod
    def open(cls, folder: Path, name: str) -> "WordTable":
        """A table that ``write`` wrote.

        Raises:
            ValueError: the files are not whole.
        """
        text, ends, hashes, order = (folder / f"{name}.{part}" for part in cls.PARTS)
        return cls(
            mapped_bytes(text),
            mapped_bytes(ends, "Q"),
            mapped_bytes(hashes, "I"),
            mapped_bytes(order, "I"),
        )

    def write(self, folder: Path, name: str) -> None:
        """Write the table to be mapped."""
        parts = (self._text, self._ends, self._hashes, self._order)
        for part, numbers in zip(self.PARTS, parts, strict=True):
            (folder / f"{name}.{part}").write_bytes(numbers)

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[str]:
        return iter(self.row(0, len(self)))

    def number(self, word: str) -> int | None:
        """The number of the word, counted from 0; None when it is not there."""
        coded = word.encode()
        sought, hashes = crc32(coded), self._hashes
        place = bisect_left(hashes, sought)
        while place < len(hashes) and hashes[place] == sought:
            number: int = self._order[place]
            if self._coded(number) == coded:
                return number
            place += 1
        return None

    def known(self, words: Iterable[str]) -> set[str]:
        """Those of some words that are there; many are looked up in a fraction of the time."""
        some = list(words)
        hashes = np.frombuffer(self._hashes, HASH)
        if not hashes.size:
            return set()
        sought = np.array([crc32(word.encode()) for word in some], HASH)
        alike = hashes.take(hashes.searchsorted(sought), mode="clip") == sought
        return {some[n] for n in np.flatnonzero(alike) if self.number(some[n]) is not None}

    def word(self, number: int) -> str:
        """The word of that number."""
        return str(self._coded(number), "utf-8")

    def row(self, start: int, end: int) -> list[str]:
        """The words of these numbers."""
        if start >= end:
            return []
        begin = self._ends[start - 1] if start else 0
        return str(self._text[begin : self._ends[end - 1] - 1], "utf-8").split("\n")

    def beginning_with(self, start: str) -> range:
        """The numbers of the words that begin so; they are in a row."""
        coded, words = start.encode(), _Coded(self)
        # No byte of a word is so high.
        return range(bisect_left(words, coded), bisect_left(words, coded + b"\xff"))

    def coded(self, number: int) -> bytes:
        """The word of that number as bytes, by which the words are sorted."""
        return bytes(self._coded(number))

    def _coded(self, number: int) -> memoryview:
        begin = self._ends[number - 1] if number else 0
        return self._text[begin : self._ends[number] - 1]


class _Coded:
    """The words as bytes, in their order, to look for places among them."""

    def __init__(self, table: WordTable) -> None:
        self._table = table

    def __len__(self) -> int:
        return len(self._table)

    def __getitem__(self, number: int) -> bytes:
        return self._table.coded(number)
