"""Three nodes: whichever is killed, questions are answered within seconds and a reindex works."""

import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from opensearch_nodes import cluster_manager, copies, primary
from opensearch_server import Node
from searching import built, ids, partner

from index.opensearch_cluster import ClusterSettings
from index.opensearch_library import OpenSearchLibrary

COSE = partner("cose", "Screens", "Dangers of screens for toddlers")
OVEO = partner("oveo", "Against smacking", "Violence used every day in families")

SECONDS = 15.0
"""In which ten questions are answered after a node's death, on a machine that has much to do."""


@pytest.mark.parametrize("role", ["cluster manager", "primary"])
def test_a_node_is_killed(three_nodes: Sequence[Node], tmp_path: Path, role: str) -> None:
    nodes = three_nodes
    prefix = role.replace(" ", "-")
    settings = ClusterSettings(tuple(node.url for node in nodes), prefix=prefix, timeout=5.0)
    here, there = (OpenSearchLibrary(tmp_path / name, settings) for name in ("here", "there"))
    built(here, [COSE], fingerprint="one")
    generation = there.current()
    assert generation is not None
    assert copies(nodes, prefix) == ["STARTED", "STARTED"]
    find_manager = role == "cluster manager"
    killed = cluster_manager(nodes) if find_manager else primary(nodes, prefix)
    killed.kill()
    try:
        begun = time.monotonic()
        for _ in range(10):
            assert ids(generation.finder, "screens") == ["cose"]
        assert time.monotonic() - begun < SECONDS
        new = built(here, [COSE, OVEO], fingerprint="two")
        assert there.current_name() == new.name
        current = there.current()
        assert current is not None
        assert ids(current.finder, "smacking") == ["oveo"]
        assert here.undo().name == generation.name
    finally:
        killed.start()
        killed.wait(len(nodes))
