"""The ordinary ways to search, for comparison: plain Whoosh, SQLite FTS5 and rapidfuzz.

Each gets the same texts of the same partners, as somebody would set it up in an afternoon: its
own analyzer, OR of all words, its own BM25. None of them can say "nothing found".
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz, process
from whoosh import fields, query, scoring
from whoosh.analysis import StemmingAnalyzer
from whoosh.filedb.filestore import RamStorage

from content.models import Content, Partner

Ask = Callable[[str], Sequence[str]]
"""Gives partner ids, best first, at most five."""

SHOWN = 5


def baselines(content: Content) -> Mapping[str, Ask]:
    """The ordinary ways by name, each ready to be asked."""
    texts = {partner.id: _texts(content, partner) for partner in content.partners}
    return {
        "plain Whoosh": plain_whoosh(texts),
        "SQLite FTS5": sqlite_fts5(texts),
        "rapidfuzz": token_set_ratio(texts),
    }


def plain_whoosh(texts: Mapping[str, Mapping[str, str]]) -> Ask:
    """Whoosh with its stemming analyzer, BM25F, and OR over all words and fields."""
    analyzer = StemmingAnalyzer()
    names = list(next(iter(texts.values())))
    schema = fields.Schema(
        id=fields.STORED(), **{name: fields.TEXT(analyzer=analyzer) for name in names}
    )
    index = RamStorage().create_index(schema)
    writer: Any = index.writer()
    for partner_id, parts in texts.items():
        writer.add_document(id=partner_id, **parts)
    writer.commit()
    searcher = index.searcher(weighting=scoring.BM25F())

    def ask(question: str) -> Sequence[str]:
        words = {token.text for token in analyzer(question, mode="query")}
        if not words:
            return []
        wanted = query.Or([query.Term(name, word) for word in words for name in names])
        return [hit["id"] for hit in searcher.search(wanted, limit=SHOWN)]

    return ask


def sqlite_fts5(texts: Mapping[str, Mapping[str, str]]) -> Ask:
    """SQLite's FTS5 with the porter tokenizer over unicode61, bm25(), and OR over all words."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    names = list(next(iter(texts.values())))
    columns = ", ".join(f'"{name}"' for name in names)
    database.execute(
        f"CREATE VIRTUAL TABLE partners USING fts5(id UNINDEXED, {columns},"
        " tokenize = 'porter unicode61 remove_diacritics 2')"
    )
    marks = ", ".join("?" * (len(names) + 1))
    database.executemany(
        f"INSERT INTO partners VALUES ({marks})",  # noqa: S608  only question marks
        [(partner_id, *parts.values()) for partner_id, parts in texts.items()],
    )

    def ask(question: str) -> Sequence[str]:
        words = "".join(c if c.isalnum() else " " for c in question).split()
        if not words:
            return []
        wanted = " OR ".join(f'"{word}"' for word in words)
        rows = database.execute(
            "SELECT id FROM partners WHERE partners MATCH ? ORDER BY bm25(partners), id LIMIT ?",
            (wanted, SHOWN),
        )
        return [row[0] for row in rows]

    return ask


def token_set_ratio(texts: Mapping[str, Mapping[str, str]]) -> Ask:
    """The token_set_ratio of rapidfuzz between the question and all of a partner's text."""
    whole = {partner_id: " ".join(parts.values()).casefold() for partner_id, parts in texts.items()}

    def ask(question: str) -> Sequence[str]:
        found = process.extract(
            question.casefold(), whole, scorer=fuzz.token_set_ratio, limit=SHOWN
        )
        return [partner_id for _, score, partner_id in found if score > 0]

    return ask


def _texts(content: Content, partner: Partner) -> dict[str, str]:
    topics = [t for t in (content.topic(i) for i in partner.topics) if t]
    return {
        "name": " ".join([*partner.name.values(), *partner.aliases, partner.website or ""]),
        "people": " ".join(f"{p.name} {' '.join(p.role.values())}" for p in partner.people),
        "keywords": " ".join(word for words in partner.keywords.values() for word in words),
        "topics": " ".join(
            [label for t in topics for label in t.label.values()]
            + [word for t in topics for words in t.words.values() for word in words]
        ),
        "summary": " ".join(partner.summary.values()),
        "text": " ".join(partner.text.values()),
    }
