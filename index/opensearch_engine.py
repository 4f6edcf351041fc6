"""The engine for many machines: OpenSearch finds the candidates, and they are scored exactly here.

The same terms, fields, weights and rarities as the embedded engine's: its postings are built
first, and the cluster is given what they say (docs/decisions/0013-opensearch.md).
"""

import json
import uuid
from collections.abc import Iterable
from pathlib import Path

from index.engine import AwayError, Document, EngineError, Query, SearchEngine, SearchResults
from index.opensearch_cluster import Cluster
from index.opensearch_faults import MissingError
from index.opensearch_question import Candidates, body
from index.opensearch_writing import count_of, write_index
from index.progress import Progress, nobody_told
from index.stand_in import Outages, StandIn
from index.whoosh_engine import WhooshEngine, WhooshFactory

INDEX = "opensearch.json"
"""The file that names the cluster's index."""

BESIDE = (12, 150, 1_000)
"""Documents fetched beside those wanted; of a crowd of near ties more, on further trips."""

MOST = 10_000
"""Documents that a cluster gives at once."""


class OpenSearchEngine:
    """An index in the cluster; what is asked of its words alone is known here."""

    remote = True

    def __init__(self, cluster: Cluster, index: str, embedded: WhooshEngine) -> None:
        self._cluster, self._index, self._embedded = cluster, index, embedded

    def search(self, query: Query) -> SearchResults:
        """The best documents; one trip to the cluster, more when there is a crowd."""
        known = self._embedded.postings.place
        terms = {t.text for clause in query.clauses for t in clause.terms}
        places = {term: place for term in terms if (place := known(term)) is not None}
        results = SearchResults((), 0)
        for beside in BESIDE:
            size = min(query.limit + beside, MOST)
            request = body(query, places, size)
            if request is None:
                break
            found = Candidates(self._ask(request), places)
            results = found.scored(query)
            if size == MOST or found.are_enough(results, query.limit):
                break
        return results

    def _ask(self, request: object) -> object:
        try:
            return self._cluster.ask(
                "POST",
                f"/{self._index}/_search",
                request,
                parameters={"allow_partial_search_results": "false"},
                patience=self._cluster.settings.timeout,
            )
        except MissingError:
            raise EngineError(_gone(self._cluster, self._index)) from None

    def frequency(self, term: str) -> int:
        return self._embedded.frequency(term)

    def count(self) -> int:
        return self._embedded.count()

    def verify(self) -> None:
        """See that the cluster has the whole index.

        Raises:
            EngineError: it has not.
        """
        self._cluster.greet()
        try:
            there = count_of(self._cluster, self._index)
        except MissingError:
            raise EngineError(_gone(self._cluster, self._index)) from None
        if there != self.count():
            raise EngineError(
                f"the index {self._index} at {self._cluster.settings.where} has {there} documents"
                f" instead of {self.count()}; reindex"
            )

    def close(self) -> None:
        """The connections stay, for the next one."""


class OpenSearchFactory:
    """Builds and opens indexes in a cluster; their words are kept in the folder."""

    name = "opensearch"

    def __init__(
        self,
        cluster: Cluster,
        outages: Outages,
        index: str | None = None,
        progress: Progress = nobody_told,
    ) -> None:
        self._cluster, self._outages = cluster, outages
        self._index, self._progress = index, progress

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        self._cluster.greet()
        WhooshFactory().build(folder, documents)
        index = self._index or f"{self._cluster.settings.prefix}--{uuid.uuid4().hex}"
        write_index(self._cluster, index, folder, self._progress)
        (folder / INDEX).write_text(json.dumps({"index": index}), encoding="utf-8")

    def open(self, folder: Path) -> SearchEngine:
        embedded = WhooshEngine(folder)
        try:
            index = json.loads((folder / INDEX).read_bytes())["index"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EngineError(f"{folder}: no index of a cluster here ({error}); reindex") from error
        engine = OpenSearchEngine(self._cluster, index, embedded)
        self._outages.ask(engine.verify, lambda: None, AwayError)
        return StandIn(engine, embedded, self._outages)


def _gone(cluster: Cluster, index: str) -> str:
    return f"OpenSearch at {cluster.settings.where} has no index {index} any more; reindex"
