"""The embedded engine: Whoosh makes the inverted index; BM25F is summed over its postings.

Whoosh's query parser and searcher are not used: the parser takes a French " ?" for a wildcard,
and the searcher cannot say what each word of a question found. Its postings are weighed when the
index is built, and a question only reads them (docs/decisions/0010-postings-files.md).
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from whoosh import fields as whoosh_fields
from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.writing import IndexingError

from index.engine import Document, EngineError, Query, SearchEngine, SearchResults
from index.postings_file import PostingsFile, write_postings
from index.scoring import Scoring
from index.whoosh_postings import TERMS, Lengths, PostingsCodec, Terms

IDS = "ids.json"
"""The file with the ids of the documents, in the order of their numbers."""

NAME = "MAIN"
"""What Whoosh calls the index in its folder."""

MEGABYTES = 128
"""Of postings that Whoosh keeps before it sorts them into a file."""


class WhooshEngine:
    """An opened index; it only reads, so threads may share it."""

    remote = False

    def __init__(self, folder: Path) -> None:
        try:
            # Its reader would look for Whoosh's own postings; the count is all that is wanted.
            written = TOC.read(FileStorage(str(folder), readonly=True), NAME)
            self._count: int = sum(segment.doc_count() for segment in written.segments)
            ids = json.loads((folder / IDS).read_bytes())
            self.postings = PostingsFile(folder)
        except Exception as error:  # Whoosh raises many kinds for a broken folder
            raise EngineError(f"{folder}: no whole index here ({error}); reindex") from error
        if self._count != len(ids):
            raise EngineError(f"{folder}: {self._count} documents instead of {len(ids)}; reindex")
        self._scoring = Scoring(ids, self.postings)

    def search(self, query: Query) -> SearchResults:
        return self._scoring.search(query)

    def frequency(self, term: str) -> int:
        return self.postings.frequency(term)

    def count(self) -> int:
        return self._count

    def close(self) -> None:
        """Nothing is kept open but mapped files, which go with the last who reads them."""


class WhooshFactory:
    """Builds and opens Whoosh indexes."""

    name = "whoosh"

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        lengths, ids = Lengths(), list[str]()
        schema = whoosh_fields.Schema(**{TERMS: Terms()})
        codec = PostingsCodec(folder, lengths)
        index = whoosh_index.create_in(str(folder), schema, NAME)
        writer: Any = index.writer(limitmb=MEGABYTES, codec=codec, compound=False)
        try:
            for document in documents:
                lengths.add(document)
                writer.add_document(**{TERMS: document})
                ids.append(document.id)
            writer.commit()
            if not ids:
                write_postings(folder, ())  # Whoosh has nothing to hand over
        except BaseException:
            # The lock must go; the half-written folder is the caller's to throw away.
            with suppress(IndexingError):
                writer.cancel()
            raise
        (folder / IDS).write_text(json.dumps(ids), encoding="utf-8")

    def open(self, folder: Path) -> SearchEngine:
        return WhooshEngine(folder)
