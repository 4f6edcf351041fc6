"""The embedded engine: Whoosh keeps the inverted index; BM25F is summed over its postings.

Whoosh's query parser and searcher are not used: the parser takes a French " ?" for a wildcard,
and the searcher cannot say what each word of a question found. Postings are decoded once and
kept for as long as the index is open. BM25F: Zaragoza et al., TREC 2004.
"""

import heapq
import math
import threading
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from whoosh import fields as whoosh_fields
from whoosh import index as whoosh_index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.writing import IndexingError

from index.documents import FIELDS, SATURATION
from index.engine import (
    Clause,
    Document,
    EngineError,
    Hit,
    Query,
    SearchEngine,
    SearchResults,
    Term,
)

KEPT_TERMS = 50_000
"""Decoded terms kept in memory, the last used; unknown words of questions count among them."""


class _Postings(NamedTuple):
    """Where a term occurs: ``{document number: saturated weight}``, and its rarity."""

    weights: dict[int, float]
    rarity: float


_NOWHERE = _Postings({}, 0.0)


class WhooshEngine:
    """An opened Whoosh index. Reading is guarded by a lock; what was read is shared freely."""

    def __init__(self, folder: Path) -> None:
        try:
            self._index = whoosh_index.open_dir(str(folder), readonly=True)
            self._reader: Any = self._index.reader()
        except Exception as error:  # Whoosh raises many kinds for a broken folder
            raise EngineError(f"{folder}: no whole index here ({error}); reindex") from error
        self._lock = threading.Lock()
        self._term = lru_cache(maxsize=KEPT_TERMS)(self._decoded)
        self._count: int = self._reader.doc_count()
        self._ids = [self._reader.stored_fields(n)["id"] for n in range(self._count)]
        self._mean_length = {
            f: max(1.0, self._reader.field_length(f) / max(1, self._count)) for f in FIELDS
        }

    def search(self, query: Query) -> SearchResults:
        scores: dict[int, float] = {}
        for clause in query.clauses:
            for number, score in self._clause_scores(clause).items():
                scores[number] = scores.get(number, 0.0) + score
        ranked = heapq.nsmallest(
            query.limit, scores, key=lambda n: (-round(scores[n], 9), self._ids[n])
        )
        hits = (Hit(self._ids[n], scores[n], self._answered(query, n)) for n in ranked)
        return SearchResults(tuple(hits), len(scores))

    def _clause_scores(self, clause: Clause) -> dict[int, float]:
        """What the best of the clause's terms is worth in each document."""
        best: dict[int, float] = {}
        for term in clause.terms:
            postings = self._term(term.text)
            worth = term.weight * postings.rarity * clause.weight
            if not best:
                best = {n: worth * weight for n, weight in postings.weights.items()}
                continue
            for number, weight in postings.weights.items():
                if worth * weight > best.get(number, 0.0):
                    best[number] = worth * weight
        return best

    def _answered(self, query: Query, number: int) -> tuple[Term | None, ...]:
        """The term of each clause that is worth most in a document."""

        def worth(term: Term) -> float:
            postings = self._term(term.text)
            return term.weight * postings.rarity * postings.weights.get(number, 0.0)

        best = (max(clause.terms, key=worth, default=None) for clause in query.clauses)
        return tuple(term if term and worth(term) > 0 else None for term in best)

    def frequency(self, term: str) -> int:
        return len(self._term(term).weights)

    def count(self) -> int:
        return self._count

    def close(self) -> None:
        with self._lock:
            self._reader.close()
            self._index.close()

    def _decoded(self, term: str) -> _Postings:
        with self._lock:  # no distribution of Whoosh can be read by two threads at once
            return self._read(term)

    def _read(self, term: str) -> _Postings:
        """BM25F: field frequencies weighed and normed by length, summed, then saturated once."""
        sums: dict[int, float] = {}
        for name, field in FIELDS.items():
            if (name, term) not in self._reader:
                continue
            matcher = self._reader.postings(name, term)
            while matcher.is_active():
                number = matcher.id()
                length = self._reader.doc_field_length(number, name) or 0
                norm = 1 - field.length + field.length * length / self._mean_length[name]
                sums[number] = sums.get(number, 0.0) + field.weight * matcher.weight() / norm
                matcher.next()
        if not sums:
            return _NOWHERE
        rarity = math.log(1 + (self._count - len(sums) + 0.5) / (len(sums) + 0.5))
        return _Postings({n: s / (SATURATION + s) for n, s in sums.items()}, rarity)


class WhooshFactory:
    """Builds and opens Whoosh indexes."""

    name = "whoosh"

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        tokenizer = SpaceSeparatedTokenizer()
        schema = whoosh_fields.Schema(
            id=whoosh_fields.STORED(),
            **{f: whoosh_fields.TEXT(analyzer=tokenizer, phrase=False) for f in FIELDS},
        )
        folder.mkdir(parents=True, exist_ok=True)
        writer: Any = whoosh_index.create_in(str(folder), schema).writer(limitmb=256)
        try:
            for document in documents:
                texts = {f: " ".join(document.fields.get(f, ())) for f in FIELDS}
                writer.add_document(id=document.id, **{f: t for f, t in texts.items() if t})
            writer.commit()
        except BaseException:
            # The lock must go; the half-written folder is the caller's to throw away.
            with suppress(IndexingError):
                writer.cancel()
            raise

    def open(self, folder: Path) -> SearchEngine:
        return WhooshEngine(folder)
