"""The cluster that a test process uses: one that is named, or one node of its own."""

import atexit
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from opensearch_server import start_nodes

from index.engine import EngineError
from index.opensearch_cluster import Cluster, ClusterSettings

URL = "PARTNER_BOT_OPENSEARCH_URL"
"""Names a cluster that is there for tests; not one that a bot uses."""

LONG = 20.0
"""Seconds for a question, on a machine that has other things to do."""


@cache
def cluster_url() -> str:
    """Where the cluster is; started when it is first asked for, and ended with the tests."""
    if URL in os.environ:
        return os.environ[URL]
    folder = Path(tempfile.mkdtemp(prefix="partner-bot-opensearch-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (node,) = start_nodes(folder)
    atexit.register(node.kill)
    return node.url


@contextmanager
def a_place() -> Iterator[ClusterSettings]:
    """A prefix that nobody else uses; what a test leaves there is thrown away."""
    place = ClusterSettings((cluster_url(),), prefix=f"t{uuid.uuid4().hex}", timeout=LONG)
    try:
        yield place
    finally:
        empty(place)


def empty(place: ClusterSettings) -> None:
    """Throw away everything of a prefix."""
    cluster = Cluster(place)
    for index in list(cluster.ask("GET", f"/{place.prefix}*/_alias")):
        try:
            cluster.ask("DELETE", f"/{index}")
        except EngineError:
            continue
