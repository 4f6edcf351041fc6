"""The port to a search engine: one object in, one object out, and no engine's own words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol


@dataclass(frozen=True, slots=True)
class Document:
    """What of a partner can be found: the terms of each field, repeated as often as they occur."""

    id: str
    fields: Mapping[str, Sequence[str]]


class Term(NamedTuple):
    """An indexed term that would answer a clause; a tuple, as clauses are compared very often.

    ``weight`` (0 to 1) is what it counts in the ranking, ``sure`` (0 to 1) how certain it is that
    the term means what was asked.
    """

    text: str
    weight: float = 1.0
    sure: float = 1.0


class Clause(NamedTuple):
    """One thing a question asks for: any of its terms answers it, the best one counts.

    A tuple, as it is looked up among those remembered.

    ``information`` is the surprise of the word in bits; it is the clause's share in the
    question, whether or not the index knows the word. ``weight`` multiplies its scores.
    """

    word: str
    terms: tuple[Term, ...]
    information: float
    weight: float = 1.0


class Query(NamedTuple):
    """What is looked for. ``limit`` is the number of hits wanted."""

    clauses: tuple[Clause, ...]
    limit: int = 10


class Hit(NamedTuple):
    """A document found: its BM25F score, and for each clause the term that answered it best.

    Tuples are made much sooner than data classes, and a question makes many of these.
    """

    id: str
    score: float
    answered: tuple[Term | None, ...]


class SearchResults(NamedTuple):
    """Hits, best first (ties by id), and how many documents matched anything at all."""

    hits: tuple[Hit, ...]
    total: int


class EngineError(Exception):
    """The engine cannot answer; the message says why and what to do."""


class AwayError(EngineError):
    """A remote engine cannot be asked now; later it may."""


class SearchEngine(Protocol):
    """An opened, unchanging index; it may be asked from several threads at once."""

    remote: bool
    """Whether a search goes over a network: once for a question, and never on an event loop."""

    def search(self, query: Query) -> SearchResults:
        """The documents that answer the query best."""
        ...

    def frequency(self, term: str) -> int:
        """In how many documents the term occurs; 0 when the index does not know it."""
        ...

    def count(self) -> int:
        """How many documents the index has."""
        ...

    def close(self) -> None:
        """Give back files and memory; the engine is not asked afterwards."""
        ...


class EngineFactory(Protocol):
    """Builds and opens indexes in folders of their own."""

    name: str

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        """Write a whole index into an empty folder."""
        ...

    def open(self, folder: Path) -> SearchEngine:
        """Open an index that ``build`` wrote.

        Raises:
            EngineError: the folder holds no whole index.
        """
        ...
