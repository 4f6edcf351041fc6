"""The words of an index as they are written, with their numbers of partners, ready to be mapped."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import numpy as np

from index.mapped import mapped_bytes
from index.trigrams import Trigrams
from index.word_table import WordTable

KEPT_GROUPS = 500
"""Groups of words that are kept as such: typos are looked for in the same ones."""

Place = tuple[str, int, int, int]
"""First letter and length of some words, and where they are."""


class Lexicon:
    """Words by number, in their order, with their ``counts``.

    ``alike`` has them once more by first letter and length, as ``places`` tells: that is how
    typos are looked for.
    """

    def __init__(
        self,
        words: WordTable,
        counts: memoryview,
        alike: memoryview,
        places: Iterable[Place],
        trigrams: Trigrams,
    ) -> None:
        self.words, self._counts, self.trigrams = words, counts, trigrams
        self._alike = alike
        self._places = {(letter, length): (start, end) for letter, length, start, end in places}
        end = max((end for _, end in self._places.values()), default=0)
        if len(words) != len(counts) or len(alike) != end:
            raise ValueError("the words are not whole")
        self.letters = sorted({letter for letter, _ in self._places})
        self.begun_alike = lru_cache(KEPT_GROUPS)(self._begun_alike)

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> "Lexicon":
        """Words with their numbers of partners, in memory."""
        words = sorted(word for word in counts if word)
        numbers = np.fromiter((counts[word] for word in words), np.uint32, len(words))
        alike, places = _by_beginning(words)
        table, trigrams = WordTable.of(words), Trigrams.of(words)
        return cls(table, numbers.data, memoryview(alike), places, trigrams)

    @classmethod
    def open(cls, folder: Path) -> "Lexicon":
        """What ``write`` wrote.

        Raises:
            ValueError: the files are not whole.
        """
        counts = mapped_bytes(folder / "words.counts", "I")
        alike = mapped_bytes(folder / "words.alike")
        places = json.loads((folder / "words.places").read_bytes())
        words, trigrams = WordTable.open(folder, "words"), Trigrams.open(folder)
        return cls(words, counts, alike, map(tuple, places), trigrams)

    def write(self, folder: Path) -> None:
        """Write the words to be mapped."""
        self.words.write(folder, "words")
        self.trigrams.write(folder)
        (folder / "words.counts").write_bytes(self._counts)
        (folder / "words.alike").write_bytes(self._alike)
        places = [(*kind, *place) for kind, place in self._places.items()]
        (folder / "words.places").write_text(json.dumps(places), encoding="utf-8")

    def __contains__(self, word: str) -> bool:
        return self.words.number(word) is not None

    def count(self, word: str) -> int:
        """In how many partners the word is; 0 for one that is not known."""
        number = self.words.number(word)
        return 0 if number is None else self._counts[number]

    def beginning_with(self, start: str) -> list[tuple[str, int]]:
        """The words that begin so, with their numbers of partners."""
        found = self.words.beginning_with(start)
        words = self.words.row(found.start, found.stop)
        return list(zip(words, self._counts[found.start : found.stop], strict=True))

    def _begun_alike(self, letter: str, length: int) -> list[str]:
        """The words of that first letter and length, in their order."""
        start, end = self._places.get((letter, length), (0, 0))
        return str(self._alike[start:end], "utf-8").split("\n") if end > start else []


def _by_beginning(words: Iterable[str]) -> tuple[bytes, list[Place]]:
    """Words by first letter and length, a newline between those of a kind."""
    alike, places = bytearray(), list[Place]()
    ordered = sorted(words, key=_beginning)
    for (letter, length), some in groupby(ordered, key=_beginning):
        start = len(alike)
        alike += "\n".join(some).encode()
        places.append((letter, length, start, len(alike)))
    return bytes(alike), places


def _beginning(word: str) -> tuple[str, int]:
    return word[0], len(word)
