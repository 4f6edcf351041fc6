"""An index in the cluster: written by the chunk, counted, and copied to other nodes."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from index.document_weights import weights_of
from index.engine import AwayError, EngineError
from index.opensearch_cluster import LONG, Cluster
from index.opensearch_faults import MissingError
from index.progress import Progress
from index.whoosh_engine import IDS

AT_ONCE = 2_000
"""Documents whose weights are in memory together."""

BULK = 4_000_000
"""Characters of a request, about."""

COPIED = 30.0
"""Seconds that copies are waited for; a full disk may keep them away for good."""

MAPPINGS = {
    "dynamic": "strict",
    "properties": {
        "id": {"type": "keyword"},
        "terms": {"type": "rank_features"},
        "data": {"type": "binary"},
    },
}
"""A document's id and the weight of each of its terms; or a piece of the generation's files."""


def write_index(cluster: Cluster, index: str, folder: Path, progress: Progress) -> None:
    """Give the cluster what the embedded engine's folder says; half an index is thrown away.

    Raises:
        EngineError: the cluster does not take it.
    """
    ids = json.loads((folder / IDS).read_bytes())
    # Never written again once it is whole: nothing is to be refreshed by itself.
    settings = {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"}
    cluster.ask("PUT", f"/{index}", {"settings": settings, "mappings": MAPPINGS})
    try:
        bulk(cluster, index, _documents(folder, ids, progress))
        cluster.ask("POST", f"/{index}/_refresh")
        there = count_of(cluster, index, LONG)
        if there != len(ids):
            raise EngineError(
                f"OpenSearch at {cluster.settings.where} has {there} of {len(ids)} documents"
            )
        _copied(cluster, index)
    except BaseException:
        drop(cluster, index)
        raise


def bulk(cluster: Cluster, index: str, documents: Iterator[tuple[str, Any]]) -> None:
    """Write documents, each with its name, some megabytes at a time."""
    lines, size = list[str](), 0
    for name, document in documents:
        lines += [f'{{"index":{{"_id":"{name}"}}}}', json.dumps(document, ensure_ascii=False)]
        size += len(lines[-1])
        if size > BULK:
            _send(cluster, index, lines)
            lines, size = [], 0
    if lines:
        _send(cluster, index, lines)


def count_of(cluster: Cluster, index: str, patience: float | None = None) -> int:
    """How many partners an index has."""
    query = {"query": {"exists": {"field": "id"}}}
    patience = patience or cluster.settings.timeout
    return int(cluster.ask("POST", f"/{index}/_count", query, patience=patience)["count"])


def drop(cluster: Cluster, index: str) -> None:
    """Throw an index away; one that cannot be thrown away now is for the next who tidies."""
    try:
        cluster.ask("DELETE", f"/{index}")
    except (AwayError, MissingError):
        return


def _send(cluster: Cluster, index: str, lines: Sequence[str]) -> None:
    answer = cluster.ask("POST", f"/{index}/_bulk", "\n".join(lines) + "\n")
    if answer["errors"]:
        faults = (i["index"]["error"] for i in answer["items"] if "error" in i["index"])
        fault = next(faults)
        where = cluster.settings.where
        raise EngineError(f"OpenSearch at {where} does not take it ({fault.get('reason')})")


def _documents(folder: Path, ids: Sequence[str], progress: Progress) -> Iterator[tuple[str, Any]]:
    for begin in range(0, len(ids), AT_ONCE):
        some = weights_of(folder, begin, min(begin + AT_ONCE, len(ids)))
        for number, (terms, weights) in enumerate(some, start=begin):
            pairs = zip(map(str, terms.tolist()), weights.tolist(), strict=True)
            yield f"partner-{number}", {"id": ids[number], "terms": dict(pairs)}
            progress(number + 1, len(ids))


def _copied(cluster: Cluster, index: str) -> None:
    """Have copies at other nodes, and wait until those that can be there are."""
    replicas = cluster.settings.replicas
    cluster.ask("PUT", f"/{index}/_settings", {"index": {"number_of_replicas": replicas}})
    health = f"/_cluster/health/{index}"
    try:
        nodes = int(cluster.ask("GET", health)["number_of_data_nodes"])
        # Not "no initializing shards": a new copy is neither that nor there until the
        # cluster has looked which node has files of it already.
        waiting = {
            "wait_for_active_shards": str(min(1 + replicas, nodes)),
            "timeout": f"{COPIED:g}s",
        }
        cluster.ask("GET", health, parameters=waiting, patience=COPIED + LONG)
    except AwayError:
        return  # the copies come by and by; the index is whole without them
