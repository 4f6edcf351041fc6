"""Postings the other way round: what each document's terms are worth."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from index.mapped import mapped
from index.postings import NUMBER, Numbers, Weights
from index.postings_file import END, ENDS, NUMBERS, WEIGHT, WEIGHTS


def weights_of(folder: Path, begin: int, end: int) -> Iterator[tuple[Numbers, Weights]]:
    """For the documents ``begin`` to ``end``: the numbers of the terms, and their weights.

    All postings are looked through once for it; memory is needed for those found.
    """
    numbers, weights = mapped(folder / NUMBERS, NUMBER), mapped(folder / WEIGHTS, WEIGHT)
    places = np.flatnonzero((numbers >= begin) & (numbers < end))
    documents = numbers[places]
    order = np.argsort(documents, kind="stable")
    terms = np.searchsorted(mapped(folder / ENDS, END), places[order], side="right")
    worths = weights[places[order]]
    starts = np.searchsorted(documents[order], np.arange(begin, end + 1)).tolist()
    for start, stop in itertools.pairwise(starts):
        yield terms[start:stop], worths[start:stop]
