"""The emoji and signs of Unicode CLDR as a directory: real words of many hands, in two languages.

An entry has the name and the keywords that CLDR gives in English and French. Asked are its
keywords (two or three together, plain or mistyped) and, the hard part, the names and keywords that
other people gave to the same sign for other regions (Canada, Britain, Australia, India): they were
written without sight of the entry's wording. See data/README.md for source and licence.
"""

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.directories import (
    Directory,
    asked,
    entry_id,
    everyday,
    mistyped,
    numbered,
    words_of,
)
from content.folding import bare, fold
from index.quality import Question

DATA = Path(__file__).parent / "data" / "cldr.json"
NATURE = ("monkey face", "amphora")
"""The first and last sign of the smaller directory: animals, plants and food."""

PER_KIND = 150
"""Questions a kind and a language, at most."""

Rows = Mapping[str, dict[str, Any]]


def emoji_directory() -> Directory:
    """All signs."""
    rows = _rows()
    return _directory("emoji", rows, [*_questions(rows), *everyday()])


def nature_directory() -> Directory:
    """Animals, plants and food; asked about the other signs, it has nothing to say."""
    rows = _rows()
    names = [row["en"]["name"] for row in rows.values()]
    first, last = (names.index(name) for name in NATURE)
    kept = dict(list(rows.items())[first : last + 1])
    others = {i: row for i, row in rows.items() if i not in kept}
    known = words_of(
        text for row in kept.values() for code in ("en", "fr") for text in _texts(row[code])
    )
    absent = [
        Question(f"absent-{q.id}", q.language, "of other signs", q.text, frozenset(), frozenset())
        for q in _questions(others)
        if q.kind == "keywords"
        and not any(
            words_of([q.text]) & known & words_of(_texts(rows[i][q.language])) for i in q.best
        )
    ]
    chosen = random.Random(5).sample(absent, min(len(absent), 2 * PER_KIND))
    return _directory("nature", kept, [*_questions(kept), *everyday(), *chosen])


def _rows() -> Rows:
    """The signs by id, without those whose name is another's in either language (cricket)."""
    rows: dict[str, dict[str, Any]] = {}
    taken: set[str] = set()
    for row in json.loads(DATA.read_text(encoding="utf-8"))["emoji"]:
        names = {bare(row[code]["name"]).replace(" ", "") for code in ("en", "fr")}
        if not names & taken:
            rows[entry_id(row["en"]["name"], rows)] = row
            taken |= names
    return rows


def _directory(name: str, rows: Rows, questions: Iterable[Question]) -> Directory:
    entries: dict[str, dict[str, Any]] = {}
    for row_id, row in rows.items():
        entry: dict[str, Any] = {"name": {}, "summary": {}, "keywords": {}}
        for code in ("en", "fr"):
            words = _keywords(row[code])
            entry["name"][code] = row[code]["name"]
            entry["summary"][code] = ", ".join([row[code]["name"], *words[::2]])[:400]
            entry["keywords"][code] = words[1::2] or [row[code]["name"]]
        entries[row_id] = entry
    return Directory(name, "en + fr", entries, tuple(questions))


def _texts(part: dict[str, Any]) -> list[str]:
    return [part["name"], *part["words"]]


def _keywords(part: dict[str, Any]) -> list[str]:
    """Keywords with a letter or digit in them, each once."""
    words = {bare(w): w for w in part["words"] if bare(w) and len(w) <= 60}
    return list(words.values())


def _questions(rows: Rows) -> list[Question]:
    found: list[Question] = []
    for code in ("en", "fr"):
        chance = random.Random(f"{code} 7")
        kinds = {
            "keywords": list(_by_keywords(rows, code, chance)),
            "name elsewhere": list(_elsewhere(rows, code, "names elsewhere")),
            "words elsewhere": list(_elsewhere(rows, code, "words elsewhere")),
        }
        for kind, pairs in kinds.items():
            chosen = chance.sample(pairs, min(PER_KIND, len(pairs)))
            texts = [(code, asked(chance, code, words), best) for words, best in chosen]
            found += numbered(kind, texts)
        typos = [
            (code, fold(asked(chance, code, slip)), best)
            for words, best in chance.sample(
                kinds["keywords"], min(PER_KIND, len(kinds["keywords"]))
            )
            if (slip := mistyped(chance, words)) != words
        ]
        found += numbered("typo", typos)
    return found


def _by_keywords(
    rows: Rows, code: str, chance: random.Random
) -> Iterator[tuple[str, frozenset[str]]]:
    """Two or three keywords that at most three entries have together."""
    holders: dict[str, set[str]] = {}
    for row_id, row in rows.items():
        for text in _texts(row[code]):
            holders.setdefault(bare(text), set()).add(row_id)
    for row in rows.values():
        words = [w for w in _keywords(row[code]) if len(w.split()) < 3 and len(bare(w)) > 2]
        groups = [g for size in (2, 3) for g in combinations(words, size)]
        chance.shuffle(groups)
        for group in groups[:20]:
            best = set.intersection(*(holders[bare(word)] for word in group))
            if len(best) <= 3:
                yield " ".join(group), frozenset(best)
                break


def _elsewhere(rows: Rows, code: str, key: str) -> Iterator[tuple[str, frozenset[str]]]:
    """What other regions call a sign, where no word for word the same is here."""
    here: dict[str, set[str]] = {}
    there: dict[str, set[str]] = {}
    for row_id, row in rows.items():
        for text in _texts(row[code]):
            here.setdefault(bare(text), set()).add(row_id)
        for text in _said(row[code], key):
            there.setdefault(text, set()).add(row_id)
    for text, best in there.items():
        if bare(text) not in here and len(best) <= 3 and len(bare(text)) > 2:
            yield text, frozenset(best)


def _said(part: dict[str, Any], key: str) -> Sequence[str]:
    """Names one by one; of keywords a few together, with the first known one beside them."""
    if key == "names elsewhere":
        return [str(name) for name in part.get(key, [])]
    new = [w for w in part.get(key, []) if bare(w) not in words_of([part["name"]])]
    return [" ".join([*part["words"][:1], *new[:2]])] if new and part["words"] else []
