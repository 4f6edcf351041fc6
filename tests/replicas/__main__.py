"""Replicas behind nginx with one PostgreSQL, one killed under load: ``make replicas``."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from os import cpu_count, getloadavg
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import postgresql_server  # noqa: E402  found by the path
from running_bot import copied_content  # noqa: E402

from replicas.cluster import cluster  # noqa: E402
from replicas.trials import Step, tried  # noqa: E402

HEAD = (
    "| step | sent | brought twice | answered | lost | doubled | out of order | |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
)


async def run(count: int, people: int, settings: dict[str, str]) -> list[Step]:
    """Every step, told as it is done."""
    with (
        tempfile.TemporaryDirectory() as folder,
        postgresql_server.server() as server,
        postgresql_server.database(server, "partner_bot_replicas") as database,
    ):
        data, content = Path(folder) / "data", copied_content(Path(folder) / "content")
        data.mkdir()
        steps = []
        async with cluster(Path(folder), data, database, count, content, **settings) as made:
            async for step in tried(made, content, people):
                steps.append(step)
                print(f"{step.name}: {step.told}; {step.note}", file=sys.stderr, flush=True)
        return steps


def table(steps: list[Step]) -> str:
    """What came of it, as Markdown."""
    rows = (
        f"| {s.name} | {s.told.sent} | {s.told.redelivered} | {s.told.answered} | {s.told.lost}"
        f" | {s.told.doubled} | {s.told.disordered} | {s.note} |"
        for s in steps
    )
    return "\n".join([*HEAD, *rows])


def main() -> int:
    """The exit status: 1 when something was lost, wrong or out of order."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicas", type=int, default=3)
    parser.add_argument("--people", type=int, default=100, help="in each step")
    parser.add_argument(
        "--set", action="append", default=[], metavar="BOT_X=Y", help="a setting of the replicas"
    )
    given = parser.parse_args()
    settings = dict(one.split("=", 1) for one in given.set)
    steps = asyncio.run(run(given.replicas, given.people, settings))
    print(f"{given.replicas} replicas, {cpu_count()} cores, load {getloadavg()[0]:.0f}\n")
    print(table(steps))
    return int(any(s.told.lost or s.told.disordered or s.told.wrong for s in steps))


if __name__ == "__main__":
    sys.exit(main())
