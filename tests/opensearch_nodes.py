"""Several nodes of OpenSearch, for tests that kill one of them; each cluster is a test's own."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from opensearch_server import Node, start_nodes


@contextmanager
def running_nodes(count: int) -> Iterator[Sequence[Node]]:
    """A cluster of so many nodes; its folder and its processes are gone in the end."""
    # Not in a folder of pytest's, which nobody else may enter.
    folder = Path(tempfile.mkdtemp(prefix="partner-bot-opensearch-"))
    try:
        nodes = start_nodes(folder, count)
        try:
            yield nodes
        finally:
            for node in nodes:
                node.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def cluster_manager(nodes: Sequence[Node]) -> Node:
    """The node that leads the others."""
    name = nodes[0].ask("/_cat/cluster_manager?format=json")[0]["node"]
    return next(node for node in nodes if node.name == name)


def primary(nodes: Sequence[Node], prefix: str) -> Node:
    """The node with the primary shard of what is in use."""
    shards = nodes[0].ask(f"/_cat/shards/{prefix}?format=json")
    name = next(shard["node"] for shard in shards if shard["prirep"] == "p")
    return next(node for node in nodes if node.name == name)


def copies(nodes: Sequence[Node], prefix: str) -> Sequence[str]:
    """The state of each copy of what is in use."""
    return [shard["state"] for shard in nodes[0].ask(f"/_cat/shards/{prefix}?format=json")]
