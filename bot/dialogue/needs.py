"""Two needs in one question: where it may be parted, and what is shown for each."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.dialogue.phrases import Word, folded_words, has_words, words_of
from index.findings import Answer, Findings

MOST_PARTS = 4
"""Needs looked for in one question."""

MOST_JOINTS = 8
"""Joints tried."""

LONGEST = 300
"""Characters of a text that is looked at for several needs; a longer one is a story."""

COVERED = 0.8
"""A partner that accounts for this share of a question's words answers it as a whole."""

QUITE_SURE = 0.7
"""The confidence of each need's own answer, where nobody answers everything."""

SURE = 0.85
"""The confidence of each need's own answer that outweighs one answer to everything."""

A_NEED = 2
"""Partners shown for each need."""

_STOPS = re.compile(r"[,;.?!\n/+&]")


class Need(NamedTuple):
    """A part of a question, and what it found by itself."""

    text: str
    findings: Findings

    def has_answer(self, score: float) -> bool:
        """Whether its first answer is as sure as that, or surer."""
        return self.findings.found and self.findings.answers[0].score >= score


def joints(text: str, joining: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Where a text may be parted: at words that join ("and", "et") and at commas."""
    at_words: list[tuple[int, int]] = []
    if not joining.isdisjoint(folded_words(text)):
        at_words = [(w.start, w.end) for w in words_of(text) if w.text in joining]
    at_stops = [(m.start(), m.end()) for m in _STOPS.finditer(text)]
    return tuple(sorted(at_words + at_stops))[:MOST_JOINTS]


def partings(text: str, joining: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """Ways to part a text, the finest first, then in two at each joint."""
    places = joints(text, joining) if len(text) <= LONGEST else ()
    seen: set[tuple[str, ...]] = set()
    in_two = [(place,) for place in places] if len(places) > 1 else []
    for chosen in (places, *in_two) if places else ():
        parts = tuple(p for p in _cut(text, chosen) if has_words(p))
        if 1 < len(parts) <= MOST_PARTS and parts not in seen:
            seen.add(parts)
            yield parts


def sure_enough(whole: Findings) -> float:
    """How sure each need's own answer has to be."""
    return SURE if covered(whole) else QUITE_SURE


def several(whole: Findings, needs: Sequence[Need]) -> bool:
    """Whether these are really several needs, each with an answer of its own."""
    if not all(need.has_answer(sure_enough(whole)) for need in needs):
        return False
    if len({need.findings.answers[0].id for need in needs}) == 1:
        return False
    # The first answer may have all the words; but does it have them by chance ("poor sleep")?
    return not covered(whole) or any(
        all(a.id != whole.answers[0].id for a in need.findings.answers) for need in needs
    )


def covered(whole: Findings) -> bool:
    """Whether the first answer accounts for the question as a whole."""
    return whole.found and len(whole.answers[0].why.matched) >= COVERED * len(whole.words)


def for_all(needs: Sequence[Need]) -> tuple[Answer, ...]:
    """The partners that every need found, in the order of the first."""
    rest = [{a.id for a in need.findings.answers} for need in needs[1:]]
    return tuple(a for a in needs[0].findings.answers if all(a.id in ids for ids in rest))


def for_each(needs: Sequence[Need], taken: frozenset[str]) -> list[tuple[Need, tuple[Answer, ...]]]:
    """The best partners of each need that are not shown yet; nobody is shown twice."""
    seen = set(taken)
    found: list[tuple[Need, tuple[Answer, ...]]] = []
    for need in needs:
        best = tuple(a for a in need.findings.answers if a.id not in seen)[:A_NEED]
        seen.update(a.id for a in best)
        found.append((need, best))
    return found


def told(text: str, words: Sequence[str]) -> str:
    """The piece of a need from its first to its last word that counts, as typed."""
    parts = {part for word in words for part in word.split()}
    counting: list[Word] = [w for w in words_of(text) if w.text in parts]
    return text[counting[0].start : counting[-1].end] if counting else text.strip()


def _cut(text: str, places: Sequence[tuple[int, int]]) -> Iterator[str]:
    at = 0
    for start, end in places:
        yield text[at:start].strip()
        at = max(at, end)
    yield text[at:].strip()
