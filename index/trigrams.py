"""Which words have a group of three letters, worked out once and mapped."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.mapped import kept, mapped

KEY, END, NUMBER = np.dtype(np.uint64), np.dtype(np.int64), np.dtype(np.uint32)
PARTS: "dict[str, np.dtype[Any]]" = {"keys": KEY, "trigram_ends": END, "trigram_words": NUMBER}

Numbers = NDArray[Any]


def trigrams(word: str) -> set[str]:
    """The groups of three letters of a word, its beginning and its end included."""
    padded = f"  {word}  "
    return {padded[n : n + 3] for n in range(len(padded) - 2)}


class Trigrams:
    """For each trigram, the numbers of the words that have it."""

    def __init__(self, keys: Numbers, ends: Numbers, numbers: Numbers) -> None:
        if keys.size != ends.size or numbers.size != (ends[-1] if ends.size else 0):
            raise ValueError("the trigrams are not whole")
        self._keys, self._ends, self._numbers = keys, ends, numbers

    @classmethod
    def of(cls, words: Sequence[str]) -> "Trigrams":
        """The trigrams of numbered words."""
        lengths = np.fromiter(map(len, words), np.int64, len(words))
        letters = np.frombuffer("".join([f"  {w}  " for w in words]).encode("utf-32-le"), "<u4")
        starts = np.cumsum(lengths + 4) - (lengths + 4)
        whose = np.repeat(np.arange(len(words)), lengths + 2)
        firsts = np.cumsum(lengths + 2) - (lengths + 2)
        at = starts[whose] + np.arange(whose.size) - firsts[whose]
        coded = letters.astype(KEY)
        found = coded[at] << KEY.type(42) | coded[at + 1] << KEY.type(21) | coded[at + 2]
        order = np.argsort(found, kind="stable")
        found, whose = found[order], whose[order]
        # A word may have one twice.
        new = np.ones(found.size, bool)
        new[1:] = (found[1:] != found[:-1]) | (whose[1:] != whose[:-1])
        keys, counts = np.unique(found[new], return_counts=True)
        return cls(keys, np.cumsum(counts, dtype=END), whose[new].astype(NUMBER))

    @classmethod
    def open(cls, folder: Path) -> "Trigrams":
        """What ``write`` wrote.

        Raises:
            ValueError: the files are not whole.
        """
        return cls(*(mapped(folder / f"words.{name}", kind) for name, kind in PARTS.items()))

    def write(self, folder: Path) -> None:
        """Write them to be mapped."""
        parts = (self._keys, self._ends, self._numbers)
        for (name, kind), numbers in zip(PARTS.items(), parts, strict=True):
            kept(folder / f"words.{name}", numbers, kind)

    def shared(self, mine: set[str], fewest: float) -> list[tuple[int, int]]:
        """The words with at least so many of these trigrams: number, and how many."""
        keys = np.array([_key(trigram) for trigram in mine], KEY)
        if not self._keys.size:
            return []
        places = self._keys.searchsorted(keys)
        there = places[self._keys.take(places, mode="clip") == keys].tolist()
        if not there:
            return []
        rows = [self._numbers[self._ends[p - 1] if p else 0 : self._ends[p]] for p in there]
        numbers, counts = np.unique(np.concatenate(rows), return_counts=True)
        enough = counts >= fewest
        return list(zip(numbers[enough].tolist(), counts[enough].tolist(), strict=True))


def _key(trigram: str) -> int:
    first, second, third = map(ord, trigram)
    return first << 42 | second << 21 | third
