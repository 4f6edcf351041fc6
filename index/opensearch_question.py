"""A query as OpenSearch takes it, and its answer with scores as exact as those of postings.

The cluster knows terms by their numbers. What it scores with has nine bits of a weight, enough
to find who may be among the best; the weights themselves come with those, and are added up here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from index.engine import Query, SearchResults
from index.postings import NOWHERE, Postings
from index.postings_file import Place
from index.scoring import TIE, Scoring

ROUNDED = 1 + 2.0**-8 + 1e-5
"""How much an exact score may be above that of the cluster, which cuts weights to nine bits."""

MOST_TERMS = 1_000
"""Terms asked for; OpenSearch takes 1,024 clauses."""


def body(query: Query, places: Mapping[str, Place], size: int) -> dict[str, Any] | None:
    """The request for the ``size`` likeliest documents; None when nothing can be found."""
    clauses, asked = list[Any](), set[str]()
    for clause in query.clauses:
        features = []
        for term in clause.terms:
            place = places.get(term.text)
            worth = term.weight * place.rarity * clause.weight if place else 0.0
            if place and worth > 0 and len(asked) < MOST_TERMS:
                asked.add(field := f"terms.{place.number}")
                features.append({"rank_feature": {"field": field, "linear": {}, "boost": worth}})
        if features:
            clauses.append({"dis_max": {"queries": features}})
    if not clauses:
        return None
    return {
        "size": size,
        "query": {"bool": {"should": clauses}},
        "sort": [{"_score": "desc"}, {"id": "asc"}],
        "_source": sorted(asked),
        "track_total_hits": True,
    }


class Candidates:
    """The documents that the cluster found, by its own scores."""

    def __init__(self, answer: Any, places: Mapping[str, Place]) -> None:
        found = answer["hits"]["hits"]
        self.total = int(answer["hits"]["total"]["value"])
        self._ids: Sequence[str] = [hit["sort"][1] for hit in found]
        self._last = float(found[-1]["sort"][0]) if found else 0.0
        self._weights = [hit["_source"].get("terms", {}) for hit in found]
        self._places = places

    def scored(self, query: Query) -> SearchResults:
        """The best of them, by exact scores."""
        return SearchResults(Scoring(self._ids, self).search(query).hits, self.total)

    def are_enough(self, results: SearchResults, limit: int) -> bool:
        """Can nobody who was not fetched be among the best?"""
        if len(self._ids) >= self.total or not limit:
            return True
        worst = results.hits[limit - 1].score if len(results.hits) >= limit else 0.0
        return worst > self._last * ROUNDED + TIE

    def __getitem__(self, term: str) -> Postings:
        """The postings of a term among these documents."""
        place = self._places.get(term)
        if place is None:
            return NOWHERE
        weights = [found.get(str(place.number), 0.0) for found in self._weights]
        there = np.flatnonzero(weights)
        return Postings(there, np.array(weights, float)[there], place.rarity)
