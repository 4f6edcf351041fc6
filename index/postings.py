"""Where a term occurs and what it is worth there, as arrays."""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.documents import FIELDS, SATURATION

Numbers: TypeAlias = NDArray[np.integer[Any]]
Weights: TypeAlias = NDArray[np.float64]


NUMBER = np.dtype(np.int32)
"""Of documents' numbers: to look up those of another type, all postings would be turned into it."""


class Postings(NamedTuple):
    """The numbers of the documents that have a term, rising, with the saturated weight in each.

    ``rarity`` is the term's inverse document frequency, in nats.
    """

    numbers: Numbers
    weights: Weights
    rarity: float

    def are_in(self, numbers: Numbers) -> NDArray[np.bool]:
        """In which of some documents the term occurs."""
        if not self.numbers.size:
            return np.zeros(numbers.size, np.bool)
        there: NDArray[np.bool]
        there = self.numbers.take(self.numbers.searchsorted(numbers), mode="clip") == numbers
        return there

    def at(self, numbers: Numbers) -> Weights:
        """The weights in some documents, 0 where the term does not occur."""
        if not self.numbers.size:
            return np.zeros(numbers.size)
        places = self.numbers.searchsorted(numbers)
        there = self.numbers.take(places, mode="clip") == numbers
        found: Weights = self.weights.take(places, mode="clip") * there
        return found


NOWHERE = Postings(np.empty(0, NUMBER), np.empty(0), 0.0)


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

    def weights(self, numbers: Numbers, frequencies: Mapping[str, Numbers]) -> Weights:
        """What occurrences are worth: in which documents, and how often in each field there."""
        sums = np.zeros(numbers.size)
        for name, field in FIELDS.items():
            sums += field.weight * frequencies[name] / self._norms[name][numbers]
        weights: Weights = sums / (SATURATION + sums)
        return weights

    def rarity(self, documents: int) -> float:
        """The inverse document frequency of a term that so many documents have."""
        return math.log(1 + (self._count - documents + 0.5) / (documents + 0.5))
