"""Which words of a question a partner does not know yet, as people wrote them."""

import re
from collections.abc import Iterator, Sequence

from bot.dialogue.nothing import as_typed
from content.folding import fold
from content.translations import Translation
from index.clauses import DOUBTED
from index.engine import Clause, Hit
from index.finder import Finder

MOST = 6
"""Words offered at once; who wants more writes them."""

LONGEST = 100
"""Characters of a word (``content.models.Word``)."""

_MASKED = re.compile(r"\[[a-z-]+\]")
_CAPITALISED = r"[A-ZÀ-Þ][^\W\d_]+(?:[-’'][^\W\d_]+)*"
_NAMES = re.compile(rf"\b{_CAPITALISED}(?:\s+{_CAPITALISED})+")
_LONELY = re.compile(r" (?=[,.])")
_BETWEEN = re.compile(r"[,;\n•·]+")


def without_masks(question: str) -> str:
    """A masked question as it can be asked again: what was masked is left out."""
    return _LONELY.sub("", " ".join(_MASKED.sub(" ", question).split()))


def words_for(
    finder: Finder, translations: Sequence[Translation], question: str, partners: Sequence[str]
) -> tuple[str, ...]:
    """The telling words of a question that not all of these partners have; no names of people."""
    query, results = finder.look(question, finder.count())
    hits = [hit for hit in results.hits if hit.id in partners]
    unknown = [
        clause.word
        for place, clause in enumerate(query.clauses)
        if len(hits) < len(partners) or not all(_knows(hit, place, clause) for hit in hits)
    ]
    asides = {fold(word) for t in translations for word in t.phrases("asides")}
    names = {fold(word) for found in _names(question) for word in found.split()}
    telling = [w for w in unknown if not (w[0].isdigit() or w in asides or w in names)]
    return tuple(dict.fromkeys(_written(question, telling)))[:MOST]


def words_written(text: str) -> tuple[str, ...]:
    """The words that somebody wrote, commas or lines between them."""
    words = (" ".join(part.split()).strip(' ."“”«»') for part in _BETWEEN.split(text))
    return tuple(dict.fromkeys(word[:LONGEST] for word in words if word))


def _knows(hit: Hit, place: int, clause: Clause) -> bool:
    """Whether a partner answers a clause with more than a doubtful correction."""
    term = hit.answered[place]
    return term is not None and bool(clause.terms) and term.sure > DOUBTED


def _written(question: str, words: Sequence[str]) -> Iterator[str]:
    """Words in the spelling of the question; its capitals only where they belong to the word."""
    for word in as_typed(question, words):
        is_first = question.startswith(word)
        is_shouted = question.isupper()
        inner = any(letter.isupper() for letter in word[1:])
        yield word.lower() if is_shouted or (is_first and not inner) else word


def _names(question: str) -> list[str]:
    """What looks like the name of a person: capitalised words in a row, among others that are not.

    Names that somebody announced were masked before; nobody else's may stand in the content.
    """
    words = re.findall(r"[^\W\d_]{2,}", question)
    if not words or sum(word[0].isupper() for word in words) * 2 > len(words) + 2:
        return []
    return _NAMES.findall(question)
