"""Words that mean the same, as concepts: a question's "kid" finds a text's "enfant".

Each group of ``vocabulary.yaml`` (and each topic) is a concept. Texts are indexed with the
concepts of their words, and a question asks for the concepts of its own, so phrases ("day care")
cost no more than words and the engine needs to know nothing of either.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from content.models import WordGroup
from index.words import Words


@dataclass(frozen=True, slots=True)
class Spotted:
    """A word or phrase of the vocabulary at tokens ``start:end``, and what it stands for."""

    start: int
    end: int
    concepts: tuple[str, ...]


@dataclass
class _Node:
    next: dict[str, "_Node"] = field(default_factory=dict)
    concepts: tuple[str, ...] = ()


class Vocabulary:
    """Finds the concepts of a row of words; longer phrases win over the words inside them."""

    def __init__(self, groups: Sequence[WordGroup], words: Words, light: frozenset[str]) -> None:
        self._words = words
        self._root = _Node()
        self._members: dict[str, tuple[str, ...]] = {}
        self.surfaces: set[str] = set()
        for number, group in enumerate(groups):
            concept = f"={number}"
            self._members[concept] = tuple(p for ps in group.words.values() for p in ps)
            for language, phrases in group.words.items():
                for phrase in phrases:
                    self._add(phrase, language, concept, light)

    def _add(self, phrase: str, language: str, concept: str, light: frozenset[str]) -> None:
        tokens = [t.text for t in self._words.tokens(phrase)]
        meaningful = [t for t in tokens if t not in light] or tokens
        if not meaningful:
            return
        self.surfaces.update(meaningful)
        for way in {
            tuple(self._words.stem(t, language) for t in meaningful),
            *({tuple(self._words.stems(meaningful[0])[:1])} if len(meaningful) == 1 else ()),
        }:
            node = self._root
            for stem in way:
                node = node.next.setdefault(stem, _Node())
            if concept not in node.concepts:
                node.concepts += (concept,)

    def spot(self, tokens: Sequence[str]) -> list[Spotted]:
        """The vocabulary's words and phrases in folded ``tokens``, longest first at each place."""
        found: list[Spotted] = []
        place = 0
        while place < len(tokens):
            spotted = self._longest(tokens, place)
            if spotted:
                found.append(spotted)
            place = spotted.end if spotted else place + 1
        return found

    def _longest(self, tokens: Sequence[str], start: int) -> Spotted | None:
        best: Spotted | None = None
        nodes = [self._root]
        for place in range(start, len(tokens)):
            stems = self._words.stems(tokens[place])
            nodes = [n.next[s] for n in nodes for s in stems if s in n.next]
            if not nodes:
                break
            concepts = tuple(dict.fromkeys(c for n in nodes for c in n.concepts))
            if concepts:
                best = Spotted(start, place + 1, concepts)
        return best

    def members(self, concept: str) -> tuple[str, ...]:
        """The words and phrases of a concept, as the editors wrote them."""
        return self._members.get(concept, ())


def concepts_of(vocabulary: Vocabulary, tokens: Sequence[str]) -> Iterable[str]:
    """Every concept that a text's words stand for, words inside phrases included."""
    for spotted in vocabulary.spot(tokens):
        yield from spotted.concepts
        if spotted.end - spotted.start > 1:
            for token in tokens[spotted.start : spotted.end]:
                for inner in vocabulary.spot([token]):
                    yield from inner.concepts
