"""Other engines on the very same tokens: SQLite FTS5, tantivy, bm25s and plain Whoosh.

Each is given documents whose words are already found, folded and stemmed by us, and asked for any
of some terms in any field, with our weights of the fields where it has such a thing. What they do
not do at all (typos, vocabulary, phrases, "nothing found") is not asked of them.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import bm25s
import tantivy
from whoosh import fields, query, scoring
from whoosh import index as whoosh_index
from whoosh.analysis import SpaceSeparatedTokenizer

from index.documents import FIELDS
from index.engine import Document
from index.ranking import LOOKED_AT


class Rival(Protocol):
    """An engine: build once, open, ask."""

    def build(self, folder: Path, documents: Iterable[Document]) -> None: ...

    def open(self, folder: Path) -> None: ...

    def ask(self, terms: Sequence[str]) -> Sequence[str]:
        """The ids of the best documents."""
        ...


class Fts5:
    """SQLite's FTS5 in a file, without positions, its bm25() weighed by field."""

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        names = ", ".join(f'"{name}"' for name in FIELDS)
        with closing(sqlite3.connect(folder / "fts5.db")) as database, database:
            database.execute(
                f"CREATE VIRTUAL TABLE docs USING fts5(id UNINDEXED, {names}, detail=column,"
                " tokenize = \"unicode61 remove_diacritics 0 tokenchars '=.-'\")"
            )
            marks = ", ".join("?" * (len(FIELDS) + 1))
            rows = ((d.id, *(" ".join(d.fields.get(f, ())) for f in FIELDS)) for d in documents)
            database.executemany(f"INSERT INTO docs VALUES ({marks})", rows)  # noqa: S608
            database.execute("INSERT INTO docs(docs) VALUES ('optimize')")

    def open(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "fts5.db")
        weights = ", ".join(str(field.weight) for field in FIELDS.values())
        self._select = (
            "SELECT id FROM docs WHERE docs MATCH ? AND rank MATCH"  # noqa: S608
            f" 'bm25(0, {weights})' ORDER BY rank LIMIT {LOOKED_AT}"
        )

    def ask(self, terms: Sequence[str]) -> Sequence[str]:
        if not terms:
            return []
        wanted = " OR ".join(f'"{term}"' for term in terms)
        return [row[0] for row in self._database.execute(self._select, (wanted,))]


class Tantivy:
    """tantivy, a text field each, terms boosted by the weight of their field."""

    def _schema(self) -> Any:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        for name in FIELDS:
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        return builder.build()

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        writer = tantivy.Index(self._schema(), path=str(folder)).writer(num_threads=1)
        for document in documents:
            texts = {name: " ".join(terms) for name, terms in document.fields.items()}
            writer.add_document(tantivy.Document(id=document.id, **texts))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        self._wanted = self._index.schema
        self._searcher = self._index.searcher()

    def ask(self, terms: Sequence[str]) -> Sequence[str]:
        of = tantivy.Query
        parts = [
            (
                tantivy.Occur.Should,
                of.boost_query(of.term_query(self._wanted, name, term), f.weight),
            )
            for term in terms
            for name, f in FIELDS.items()
        ]
        found = self._searcher.search(of.boolean_query(parts), LOOKED_AT, count=False).hits
        return [self._searcher.doc(place)["id"][0] for _, place in found]


class Bm25s:
    """bm25s, scores worked out when built; it knows no fields, so all words are one text."""

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        ids, rows = [], []
        for document in documents:
            ids.append(document.id)
            rows.append([term for terms in document.fields.values() for term in terms])
        retriever = bm25s.BM25()
        retriever.index(rows, show_progress=False)
        retriever.save(str(folder), corpus=None, show_progress=False)
        (folder / "ids.txt").write_text("\n".join(ids), encoding="utf-8")

    def open(self, folder: Path) -> None:
        self._retriever = bm25s.BM25.load(str(folder))
        self._ids = (folder / "ids.txt").read_text(encoding="utf-8").split("\n")

    def ask(self, terms: Sequence[str]) -> Sequence[str]:
        count = min(LOOKED_AT, len(self._ids))
        rows, _ = self._retriever.retrieve([list(terms)], k=count, show_progress=False)
        return [self._ids[number] for number in rows[0]]


class PlainWhoosh:
    """Whoosh as its documentation shows it: its searcher and its BM25F, kept open."""

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        tokenizer = SpaceSeparatedTokenizer()
        schema = fields.Schema(
            id=fields.STORED(),
            **{f: fields.TEXT(analyzer=tokenizer, phrase=False) for f in FIELDS},
        )
        writer: Any = whoosh_index.create_in(str(folder), schema).writer(limitmb=256)
        for document in documents:
            texts = {name: " ".join(terms) for name, terms in document.fields.items() if terms}
            writer.add_document(id=document.id, **texts)
        writer.commit()

    def open(self, folder: Path) -> None:
        opened = whoosh_index.open_dir(str(folder), readonly=True)
        self._searcher: Any = opened.searcher(weighting=scoring.BM25F())

    def ask(self, terms: Sequence[str]) -> Sequence[str]:
        wanted = query.Or([query.Term(f, t, boost=FIELDS[f].weight) for t in terms for f in FIELDS])
        return [hit["id"] for hit in self._searcher.search(wanted, limit=LOOKED_AT)]


RIVALS: dict[str, type[Rival]] = {
    "SQLite FTS5": Fts5,
    "tantivy": Tantivy,
    "bm25s": Bm25s,
    "plain Whoosh": PlainWhoosh,
}
