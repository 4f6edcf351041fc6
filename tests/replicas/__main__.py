"""Replicas behind nginx, PostgreSQL and OpenSearch, killed under load: ``make replicas``.

Exit status 1 when something was lost, wrong or out of order; 2 when a server is not installed.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import nullcontext
from os import cpu_count, getloadavg
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import postgresql_server  # noqa: E402  found by the path
import pytest  # noqa: E402
from opensearch_nodes import running_nodes  # noqa: E402
from opensearch_server import Node  # noqa: E402

from replicas.cluster import cluster  # noqa: E402
from replicas.places import Place, apart, together  # noqa: E402
from replicas.trials import Step, tried  # noqa: E402

HEAD = (
    "| step | sent | brought twice | answered | lost | doubled | out of order | |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
)


async def run(
    places: list[Place], folder: Path, database: str, nodes: Sequence[Node], given: Namespace
) -> list[Step]:
    """Every step, told as it is done."""
    steps = []
    settings = dict(one.split("=", 1) for one in given.set)
    async with cluster(folder, database, places, nodes, **settings) as made:
        async for step in tried(made, given.people):
            steps.append(step)
            print(f"{step.name}: {step.told}; {step.note}", file=sys.stderr, flush=True)
    return steps


def with_servers(given: Namespace) -> list[Step]:
    """Every step, on servers that are there meanwhile."""
    on_nodes = given.engine == "opensearch"
    with (
        tempfile.TemporaryDirectory() as made,
        postgresql_server.server() as server,
        postgresql_server.database(server, "partner_bot_replicas") as database,
        running_nodes(given.nodes) if on_nodes else nullcontext(()) as nodes,
    ):
        folder = Path(made)
        places = (apart if on_nodes else together)(folder, given.replicas)
        return asyncio.run(run(places, folder, database, nodes, given))


def table(steps: list[Step]) -> str:
    """What came of it, as Markdown."""
    rows = (
        f"| {s.name} | {s.told.sent} | {s.told.redelivered} | {s.told.answered} | {s.told.lost}"
        f" | {s.told.doubled} | {s.told.disordered} | {s.note} |"
        for s in steps
    )
    return "\n".join([*HEAD, *rows])


def main() -> int:
    """The exit status."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--replicas", type=int, default=3)
    parser.add_argument("--people", type=int, default=100, help="in each step")
    parser.add_argument(
        "--engine",
        choices=("opensearch", "whoosh"),
        default="opensearch",
        help="opensearch: a cluster, and no folder in common; whoosh: one folder for all",
    )
    parser.add_argument("--nodes", type=int, default=3, help="of OpenSearch")
    parser.add_argument(
        "--set", action="append", default=[], metavar="BOT_X=Y", help="a setting of the replicas"
    )
    given = parser.parse_args()
    try:
        steps = with_servers(given)
    except (pytest.skip.Exception, pytest.fail.Exception) as missing:
        print(missing.msg, file=sys.stderr)
        return 2
    nodes = f", {given.nodes} nodes" if given.engine == "opensearch" else ""
    print(
        f"{given.replicas} replicas on {given.engine}{nodes};"
        f" {cpu_count()} cores, load {getloadavg()[0]:.0f}\n"
    )
    print(table(steps))
    return int(any(s.told.lost or s.told.disordered or s.told.wrong for s in steps))


if __name__ == "__main__":
    sys.exit(main())
