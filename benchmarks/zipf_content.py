"""Partners of any number in words as common as they are in life, and questions about them.

Words come from wordfreq's lists of English and French, drawn by their frequency (Zipf's law), and
names are invented, so that the vocabulary grows with the content as it does in life (Heaps' law).
The same size and seed give the same content.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import wordfreq

from benchmarks.directories import FRAMES, Directory, mistyped
from content.folding import bare
from content.models import Content, Partner

LANGUAGES = ("en", "fr")
SYLLABLES = (
    "ba be bo ca cor da del do fa fi ga gra ha jo ka la len lo ma mi mon na no or pa per ra ri ro "
    "sa sol ta ti to va ver vi zan"
).split()
SUMMARY, TEXT, KEYWORDS = 12, 24, 3
"""Words of each, in each language."""

MISTYPED = 0.2
"""The share of questions with a slip in one of their words."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language and their running total of frequency."""

    words: Sequence[str]
    totals: Sequence[float]

    def draw(self, chance: random.Random, count: int) -> list[str]:
        return chance.choices(self.words, cum_weights=self.totals, k=count)


def lexicon(language: str) -> Lexicon:
    """The language's words of letters only, the commonest first."""
    listed = wordfreq.get_frequency_dict(language, "large")
    words = [word for word in listed if word.isalpha()]
    return Lexicon(words, list(accumulate(listed[word] for word in words)))


def zipf_content(size: int) -> Content:
    """So many partners, in English and French."""
    chance = random.Random(size)
    lexicons = {code: lexicon(code) for code in LANGUAGES}
    partners = tuple(_partner(chance, number, lexicons) for number in range(size))
    return Content(partners=partners, languages=LANGUAGES)


def write_content(content: Content, folder: Path) -> None:
    """A content folder: ``partners/*.yaml``, without the few that bear another's name."""
    taken: set[str] = set()
    entries: dict[str, Any] = {}
    for partner in content.partners:
        names = {bare(name).replace(" ", "") for name in partner.name.values()}
        if not taken.isdisjoint(names):
            continue
        taken |= names
        entries[partner.id] = partner.model_dump(mode="json", exclude_defaults=True, exclude={"id"})
    Directory("zipf", "en + fr", entries, ()).write(folder)


def questions(content: Content, count: int, seed: int = 1) -> list[str]:
    """Distinct questions of 3 to 12 words, each in the words of one partner."""
    chance = random.Random(seed)
    found: dict[str, None] = {}
    for text in _endless(chance, content):
        if 3 <= len(text.split()) <= 12:
            found[text] = None
        if len(found) == count:
            break
    return list(found)


def _endless(chance: random.Random, content: Content) -> Iterator[str]:
    while True:
        partner = chance.choice(content.partners)
        code = chance.choice(LANGUAGES)
        words = [*partner.summary[code].split(), *partner.text[code].split()]
        start = chance.randrange(len(words) - 8)
        asked = words[start : start + chance.randint(2, 8)]
        if chance.random() < 0.3:
            asked.append(chance.choice((*partner.name.values(), *partner.keywords[code])))
        text = " ".join(asked)
        if chance.random() < MISTYPED:
            text = mistyped(chance, text)
        yield chance.choice(FRAMES[code]).format(text) if chance.random() < 0.5 else text


def _partner(chance: random.Random, number: int, lexicons: dict[str, Lexicon]) -> Partner:
    own = "".join(chance.choices(SYLLABLES, k=chance.randint(2, 5)))
    drawn = {code: lexicons[code].draw(chance, 1 + SUMMARY + TEXT + KEYWORDS) for code in LANGUAGES}
    parts = {code: (w[1 : 1 + SUMMARY], w[1 + SUMMARY : -KEYWORDS]) for code, w in drawn.items()}
    person = " ".join("".join(chance.choices(SYLLABLES, k=2)).title() for _ in range(2))
    return Partner.model_validate(
        {
            "id": f"p{number}",
            "name": {code: f"{own.title()} {words[0]}" for code, words in drawn.items()},
            "summary": {code: " ".join(summary) for code, (summary, _) in parts.items()},
            "text": {code: " ".join(text) for code, (_, text) in parts.items()},
            "keywords": {code: tuple(dict.fromkeys(w[-KEYWORDS:])) for code, w in drawn.items()},
            "people": [{"name": person}],
        }
    )
