"""BM25F as the books have it, in the plainest way: what the engine's order is held against."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from index.documents import FIELDS, SATURATION
from index.engine import Document, Query


class PlainBm25f:
    """Every document that has a term is scored; nothing is rounded, left out or kept."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._ids: list[str] = []
        self._lengths: list[dict[str, int]] = []
        self._places: dict[str, dict[int, dict[str, int]]] = {}
        for number, document in enumerate(documents):
            self._ids.append(document.id)
            self._lengths.append({name: len(terms) for name, terms in document.fields.items()})
            for name, terms in document.fields.items():
                for term, count in Counter(terms).items():
                    self._places.setdefault(term, {}).setdefault(number, {})[name] = count
        self._means = {
            name: max(1.0, sum(row.get(name, 0) for row in self._lengths) / len(self._ids))
            for name in FIELDS
        }

    @property
    def count(self) -> int:
        """How many documents there are."""
        return len(self._ids)

    def best(self, query: Query) -> Sequence[tuple[str, float]]:
        """The first ids with their scores."""
        scores: defaultdict[int, float] = defaultdict(float)
        for clause in query.clauses:
            best: dict[int, float] = {}
            for term in clause.terms:
                places = self._places.get(term.text, {})
                rarity = math.log(1 + (len(self._ids) - len(places) + 0.5) / (len(places) + 0.5))
                worth = term.weight * rarity * clause.weight
                for number, counts in places.items():
                    best[number] = max(best.get(number, 0.0), worth * self._weight(number, counts))
            for number, score in best.items():
                scores[number] += score
        ranked = sorted(scores, key=lambda n: (-round(scores[n], 9), self._ids[n]))
        return [(self._ids[number], scores[number]) for number in ranked[: query.limit]]

    def _weight(self, number: int, counts: dict[str, int]) -> float:
        total = 0.0
        for name, count in counts.items():
            field = FIELDS[name]
            length = self._lengths[number][name] / self._means[name]
            total += field.weight * count / (1 - field.length + field.length * length)
        return total / (SATURATION + total)
