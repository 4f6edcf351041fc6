"""A codec of Whoosh that writes postings as questions read them: weighed, in mapped files.

Whoosh numbers the documents, collects what they have and sorts it by term and document, over
files when it is much; then it hands the sorted postings to its codec, which this is. Its own
codec would pack them term by term, for a searcher that is not used here (docs/decisions/0010).
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import fields as whoosh_fields
from whoosh import formats
from whoosh.codec.base import FieldWriter
from whoosh.codec.whoosh3 import W3Codec
from whoosh.util.numeric import byte_to_length, length_to_byte

from index.documents import FIELDS
from index.engine import Document
from index.postings import Weighing
from index.postings_file import Batch, write_postings

TERMS = "terms"
"""The field of Whoosh's with all terms; which of ours each occurs in is its value."""

MARKS = {name: bytes([place]) for place, name in enumerate(FIELDS)}

AT_ONCE = 200_000
"""Postings that are weighed together."""

Posting = tuple[str, bytes, int, float, bytes]


class Terms(whoosh_fields.FieldType):  # type: ignore[misc]
    """The terms of a document, each with the number of its field for each time it occurs."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None, scorable=False)

    def index(self, value: Document, **_: object) -> Iterable[tuple[bytes, int, float, bytes]]:
        """What Whoosh collects of a document."""
        found: dict[str, bytes] = {}
        for name, mark in MARKS.items():
            for term in value.fields.get(name, ()):
                found[term] = found.get(term, b"") + mark
        return [(term.encode(), 1, 1.0, marks) for term, marks in found.items()]


class Lengths:
    """The numbers of terms of documents, field by field, rounded as Whoosh rounds them."""

    def __init__(self) -> None:
        self._rounded: dict[str, list[int]] = {name: [] for name in FIELDS}
        self._totals = dict.fromkeys(FIELDS, 0)

    def add(self, document: Document) -> None:
        """The next document."""
        for name, rounded in self._rounded.items():
            length = len(document.fields.get(name, ()))
            self._totals[name] += length
            byte = length_to_byte(length)
            rounded.append(byte_to_length(byte) if byte else 0)

    def weighing(self) -> Weighing:
        """BM25F for these documents."""
        count = len(self._rounded["name"])
        means = {name: max(1.0, all_ / max(1, count)) for name, all_ in self._totals.items()}
        lengths = {name: np.array(rounded, float) for name, rounded in self._rounded.items()}
        return Weighing(count, lengths, means)


class PostingsCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's own codec in all but the postings, which go to a folder as ours."""

    length_stats = False

    def __init__(self, folder: Path, lengths: Lengths) -> None:
        super().__init__()
        self._folder, self._lengths = folder, lengths

    def field_writer(self, _storage: Any, _segment: Any) -> FieldWriter:
        return _Postings(self._folder, self._lengths)

    def new_segment(self, storage: Any, indexname: str) -> Any:
        # What is kept of a segment names its codec; Whoosh's own will do to count documents.
        return W3Codec().new_segment(storage, indexname)


class _Postings(FieldWriter):  # type: ignore[misc]
    """Takes the sorted postings."""

    is_closed = False

    def __init__(self, folder: Path, lengths: Lengths) -> None:
        self._folder, self._lengths = folder, lengths

    def add_postings(self, _schema: object, _lengths: object, items: Iterable[Posting]) -> None:
        weighing = self._lengths.weighing()
        write_postings(self._folder, (_weighed(weighing, *some) for some in _batches(items)))

    def close(self) -> None:
        self.is_closed = True


def _batches(
    items: Iterable[Posting],
) -> Iterator[tuple[list[bytes], list[int], list[int], list[bytes]]]:
    """Whole terms with where each begins, and the documents and marks of all their postings."""
    terms, starts, numbers, marks = list[bytes](), list[int](), list[int](), list[bytes]()
    last = None
    for _, term, number, _, fields in items:
        if term != last:
            if len(numbers) >= AT_ONCE:
                yield terms, starts, numbers, marks
                terms, starts, numbers, marks = [], [], [], []
            terms.append(term)
            starts.append(len(numbers))
            last = term
        numbers.append(number)
        marks.append(fields)
    yield terms, starts, numbers, marks


def _weighed(
    weighing: Weighing,
    terms: list[bytes],
    starts: list[int],
    numbers: list[int],
    marks: list[bytes],
) -> Batch:
    places = np.array(numbers, np.int64)
    counts = np.diff(np.array([*starts, places.size])).tolist()
    weights = weighing.weights(places, _frequencies(marks))
    rarities = list(map(weighing.rarity, counts))
    return [term.decode() for term in terms], counts, rarities, places, weights


def _frequencies(marks: list[bytes]) -> Mapping[str, Any]:
    """How often each posting's term is in each field."""
    whose = np.repeat(np.arange(len(marks)), np.fromiter(map(len, marks), np.int64, len(marks)))
    fields = np.frombuffer(b"".join(marks), np.uint8)
    table = np.bincount(whose * len(FIELDS) + fields, minlength=len(marks) * len(FIELDS))
    return dict(zip(FIELDS, table.reshape(-1, len(FIELDS)).T, strict=True))
