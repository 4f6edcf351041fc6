"""All postings of an index in files that are mapped: read as asked, kept by the system's cache."""

import json
import mmap
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.postings import NOWHERE, Postings

TERMS, NUMBERS, WEIGHTS = "terms.json", "numbers.bin", "weights.bin"
NUMBER, WEIGHT = np.dtype("<i4"), np.dtype("<f8")


def write_postings(folder: Path, postings: Iterable[tuple[str, Postings]]) -> None:
    """Write each term's postings after the last one's; memory is needed for the terms alone."""
    terms: list[str] = []
    ends: list[int] = []
    rarities: list[float] = []
    with (folder / NUMBERS).open("wb") as numbers, (folder / WEIGHTS).open("wb") as weights:
        for term, found in postings:
            numbers.write(found.numbers.astype(NUMBER).tobytes())
            weights.write(found.weights.astype(WEIGHT).tobytes())
            terms.append(term)
            ends.append(found.numbers.size + (ends[-1] if ends else 0))
            rarities.append(found.rarity)
    listed = {"terms": terms, "ends": ends, "rarities": rarities}
    (folder / TERMS).write_text(json.dumps(listed, ensure_ascii=False), encoding="utf-8")


class PostingsFile:
    """The postings of any term; none for a term that is nowhere.

    Raises:
        ValueError: the files are not whole.
    """

    def __init__(self, folder: Path) -> None:
        listed = json.loads((folder / TERMS).read_bytes())
        ends: list[int] = listed["ends"]
        self._numbers = _mapped(folder / NUMBERS, NUMBER)
        self._weights = _mapped(folder / WEIGHTS, WEIGHT)
        count = ends[-1] if ends else 0
        if not self._numbers.size == self._weights.size == count:
            raise ValueError(f"{folder}: the postings are not whole")
        places = zip([0, *ends], ends, listed["rarities"], strict=False)
        self._places = dict(zip(listed["terms"], places, strict=True))

    def __getitem__(self, term: str) -> Postings:
        place = self._places.get(term)
        if place is None:
            return NOWHERE
        start, end, rarity = place
        return Postings(self._numbers[start:end], self._weights[start:end], rarity)


def _mapped(path: Path, kind: "np.dtype[Any]") -> NDArray[Any]:
    with path.open("rb") as file:
        if not path.stat().st_size:
            return np.empty(0, kind)  # nothing cannot be mapped
        return np.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), kind)
