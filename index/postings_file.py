"""All postings of an index in files that are mapped: read as asked, kept by the system's cache."""

from collections.abc import Iterable
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.mapped import kept, mapped
from index.postings import NOWHERE, NUMBER, Numbers, Postings, Weights
from index.word_table import WordTable

TERMS, NUMBERS, WEIGHTS, ENDS, RARITIES = (
    "terms", "postings.numbers", "postings.weights", "postings.ends", "postings.rarities",
)  # fmt: skip
WEIGHT, END = np.dtype(np.float64), np.dtype(np.int64)

KEPT_TERMS = 50_000
"""Terms whose place is remembered: questions differ, but their words recur."""

Batch = tuple[list[str], list[int], list[float], Numbers, Weights]
"""Some terms in order: how many postings each has, its rarity, and all their postings."""


class Place(NamedTuple):
    """A term's number, where its postings are, and its rarity."""

    number: int
    start: int
    end: int
    rarity: float


def write_postings(folder: Path, batches: Iterable[Batch]) -> None:
    """Write the postings of all terms; memory is needed for the terms alone."""
    terms, counts, rarities = list[str](), list[int](), list[float]()
    with ExitStack() as opened:
        numbers, weights = (
            opened.enter_context((folder / name).open("wb")) for name in (NUMBERS, WEIGHTS)
        )
        for some, their_counts, their_rarities, places, worths in batches:
            terms += some
            counts += their_counts
            rarities += their_rarities
            numbers.write(places.astype(NUMBER).tobytes())
            weights.write(worths.astype(WEIGHT).tobytes())
    WordTable.of(terms).write(folder, TERMS)
    kept(folder / ENDS, np.cumsum(np.array(counts, END)), END)
    kept(folder / RARITIES, np.array(rarities), WEIGHT)


class PostingsFile:
    """The postings of any term; none for a term that is nowhere.

    Raises:
        ValueError: the files are not whole.
    """

    def __init__(self, folder: Path) -> None:
        self._terms = WordTable.open(folder, TERMS)
        self._numbers, self._weights = (
            mapped(folder / NUMBERS, NUMBER),
            mapped(folder / WEIGHTS, WEIGHT),
        )
        self._ends, self._rarities = mapped(folder / ENDS, END), mapped(folder / RARITIES, WEIGHT)
        count = self._ends[-1] if self._ends.size else 0
        if not self._numbers.size == self._weights.size == count:
            raise ValueError(f"{folder}: the postings are not whole")
        if not len(self._terms) == self._ends.size == self._rarities.size:
            raise ValueError(f"{folder}: the terms are not whole")
        self.place = lru_cache(KEPT_TERMS)(self._found)

    def __getitem__(self, term: str) -> Postings:
        place = self.place(term)
        if place is None:
            return NOWHERE
        _, start, end, rarity = place
        return Postings(self._numbers[start:end], self._weights[start:end], rarity)

    def frequency(self, term: str) -> int:
        """In how many documents the term is."""
        place = self.place(term)
        return place.end - place.start if place else 0

    def _found(self, term: str) -> Place | None:
        number = self._terms.number(term)
        if number is None:
            return None
        start = int(self._ends[number - 1]) if number else 0
        return Place(number, start, int(self._ends[number]), float(self._rarities[number]))
