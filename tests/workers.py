"""Which worker of pytest-xdist runs which tests: the longest first, a server's tests together."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

ONE_NODE, THREE_NODES = "one node of OpenSearch", "three nodes of OpenSearch"

ON_THREE_NODES = ("test_opensearch_nodes", "test_replicas")
"""Files that one worker runs, as each that runs one of them would start a cluster of its own."""

APART = ("test_telegram_killed", "test_writing")
"""Files whose tests share nothing, and are long where CI asks for many sudden deaths."""

LONGEST = (
    *("test_telegram_killed", "test_writing", ONE_NODE, THREE_NODES, "test_inbox"),
    *("test_faults", "test_diagnose", "test_bringing", "test_telegram_upload", "test_reindex"),
    *("test_content_bombs", "test_webhook", "test_telegram_faults", "test_telegram_reindex"),
    *("test_health", "test_telegram_new", "test_telegram_thumbs"),
)
"""What is begun first, so that no worker is left with a long one when the others have ended."""


def unit_of(nodeid: str) -> str:
    """What a test is run with: nothing, its file, or all that need the same server."""
    file, _, test = nodeid.partition("::")
    name = file.rpartition("/")[2].removesuffix(".py")
    if name in APART:
        return f"{name}::{test}"
    if name in ON_THREE_NODES:
        return THREE_NODES
    return ONE_NODE if name.startswith("test_opensearch_") or "[opensearch" in test else name


def place_of(unit: str) -> int:
    """The longest come first; the others stay as they are."""
    file = unit.partition("::")[0]
    return LONGEST.index(file) if file in LONGEST else len(LONGEST)


class Workers(LoadScopeScheduling):  # type: ignore[misc]  # it has no types
    """Like ``--dist loadfile``, but that it knows what takes long and what shares a server."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)

    def _assign_work_unit(self, node: WorkerController) -> None:
        first = min(self.workqueue, key=place_of)
        self.workqueue.move_to_end(first, last=False)
        super()._assign_work_unit(node)
