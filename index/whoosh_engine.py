"""The embedded engine: Whoosh makes the inverted index; BM25F is summed over its postings.

Whoosh's query parser and searcher are not used: the parser takes a French " ?" for a wildcard,
and the searcher cannot say what each word of a question found. Its postings are decoded once,
when the index is built: a question would wait for it (docs/performance.md).
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import fields as whoosh_fields
from whoosh import index as whoosh_index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.reading import TermNotFound
from whoosh.writing import IndexingError

from index.documents import FIELDS
from index.engine import Document, EngineError, Query, SearchEngine, SearchResults
from index.postings import InField, Postings, Weighing
from index.postings_file import PostingsFile, write_postings
from index.scoring import Scoring

IDS = "ids.json"
"""The file with the ids of the documents, in the order of their numbers."""


class WhooshEngine:
    """An opened index; it only reads, so threads may share it."""

    def __init__(self, folder: Path) -> None:
        try:
            with closing(whoosh_index.open_dir(str(folder), readonly=True)) as index:
                self._count: int = index.doc_count()
            ids = json.loads((folder / IDS).read_bytes())
            self._postings = PostingsFile(folder)
        except Exception as error:  # Whoosh raises many kinds for a broken folder
            raise EngineError(f"{folder}: no whole index here ({error}); reindex") from error
        if self._count != len(ids):
            raise EngineError(f"{folder}: {self._count} documents instead of {len(ids)}; reindex")
        self._scoring = Scoring(ids, self._postings)

    def search(self, query: Query) -> SearchResults:
        return self._scoring.search(query)

    def frequency(self, term: str) -> int:
        return int(self._postings[term].numbers.size)

    def count(self) -> int:
        return self._count

    def close(self) -> None:
        """Nothing is kept open but mapped files, which go with the last who reads them."""


class _Decoding:
    """Reads every term of an index that was just written."""

    def __init__(self, reader: Any) -> None:
        self._reader, self._count = reader, reader.doc_count()
        lengths = {
            f: np.array([reader.doc_field_length(n, f) or 0 for n in range(self._count)])
            for f in FIELDS
        }
        means = {f: max(1.0, reader.field_length(f) / max(1, self._count)) for f in FIELDS}
        self._weighing = Weighing(self._count, lengths, means)

    def __iter__(self) -> Iterator[tuple[str, Postings]]:
        terms = sorted({term for f in FIELDS for term in self._reader.field_terms(f)})
        return ((term, self._weighing.postings(self._occurrences(term))) for term in terms)

    def _occurrences(self, term: str) -> Iterator[tuple[str, InField]]:
        for name in FIELDS:
            try:
                matcher = self._reader.postings(name, term)
            except TermNotFound:
                continue
            numbers, frequencies = [], []
            while matcher.is_active():
                numbers.append(matcher.id())
                frequencies.append(matcher.weight())
                matcher.next()
            yield name, (numbers, frequencies)


class WhooshFactory:
    """Builds and opens Whoosh indexes."""

    name = "whoosh"

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        tokenizer = SpaceSeparatedTokenizer()
        schema = whoosh_fields.Schema(
            **{f: whoosh_fields.TEXT(analyzer=tokenizer, phrase=False) for f in FIELDS}
        )
        folder.mkdir(parents=True, exist_ok=True)
        writer: Any = whoosh_index.create_in(str(folder), schema).writer(limitmb=256)
        ids: list[str] = []
        try:
            for document in documents:
                texts = {f: " ".join(document.fields.get(f, ())) for f in FIELDS}
                writer.add_document(**{f: t for f, t in texts.items() if t})
                ids.append(document.id)
            writer.commit()
        except BaseException:
            # The lock must go; the half-written folder is the caller's to throw away.
            with suppress(IndexingError):
                writer.cancel()
            raise
        (folder / IDS).write_text(json.dumps(ids), encoding="utf-8")
        with (
            closing(whoosh_index.open_dir(str(folder), readonly=True)) as index,
            closing(index.reader()) as reader,
        ):
            write_postings(folder, _Decoding(reader))

    def open(self, folder: Path) -> SearchEngine:
        return WhooshEngine(folder)
