"""Where a term occurs and what it is worth there, as arrays."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.documents import FIELDS, SATURATION

Numbers: TypeAlias = NDArray[np.integer[Any]]
Weights: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The numbers of the documents that have a term, rising, with the saturated weight in each.

    ``rarity`` is the term's inverse document frequency, in nats.
    """

    numbers: Numbers
    weights: Weights
    rarity: float

    def at(self, numbers: Numbers) -> Weights:
        """The weights in some documents, 0 where the term does not occur."""
        if not self.numbers.size:
            return np.zeros(numbers.size)
        # Of another type, all of these would be copied to look up a few.
        numbers = numbers.astype(self.numbers.dtype, copy=False)
        places = self.numbers.searchsorted(numbers)
        there = self.numbers.take(places, mode="clip") == numbers
        found: Weights = self.weights.take(places, mode="clip") * there
        return found


NOWHERE = Postings(np.empty(0, np.intp), np.empty(0), 0.0)

InField: TypeAlias = tuple[list[int], list[float]]
"""The numbers of the documents that have a term in a field, and how often each has it."""


class Weighing:
    """BM25F for the documents of one index; ``lengths`` are their numbers of terms by field.

    Zaragoza et al., TREC 2004: field frequencies weighed and normed by length, summed, then
    saturated once.
    """

    def __init__(self, count: int, lengths: Mapping[str, Weights], means: Mapping[str, float]):
        self._count = count
        self._norms = {
            name: 1 - field.length + field.length * lengths[name] / means[name]
            for name, field in FIELDS.items()
        }

    def postings(self, occurrences: Iterable[tuple[str, InField]]) -> Postings:
        """One term's postings from where it occurs, field by field."""
        numbers, parts = [], []
        for name, (places, frequencies) in occurrences:
            numbers.append(np.array(places, np.intp))
            weighed = FIELDS[name].weight * np.array(frequencies)
            parts.append(weighed / self._norms[name][numbers[-1]])
        if not numbers:
            return NOWHERE
        found, inverse = np.unique(np.concatenate(numbers), return_inverse=True)
        sums = np.bincount(inverse, np.concatenate(parts))
        rarity = math.log(1 + (self._count - found.size + 0.5) / (found.size + 0.5))
        return Postings(found, sums / (SATURATION + sums), rarity)
