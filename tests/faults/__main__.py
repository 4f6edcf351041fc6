"""Tries every fault at full size, and writes the table into docs/operating.md: ``make faults``."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from faults.everything import FAMILIES, Place, Result, results  # noqa: E402  found by the path
from faults.table import table, write_into  # noqa: E402
from faults.trial import FULL, SMALL, Family, Outcome, Size  # noqa: E402


async def try_all(times: int, at_once: int, size: Size, only: str) -> dict[str, list[Result]]:
    """Each family so often, some at the same time; the log level takes turns."""
    tries: dict[str, list[Result]] = defaultdict(list)
    room = asyncio.Semaphore(at_once)
    with tempfile.TemporaryDirectory() as folder:
        place = Place.made(Path(folder))

        async def one(family: Family, level: str) -> None:
            async with room:
                async for fault, result in results(family, place, size, level):
                    tries[fault.name].append(result)
                    said = result if isinstance(result, Outcome) else f"FAILED {result!r}"
                    print(f"{fault.name}: {said}", file=sys.stderr, flush=True)

        jobs = [
            one(family, ("info", "debug")[turn % 2])
            for turn in range(times)
            for family in sorted(FAMILIES, key=lambda f: f.name != "backlog")
            # Ten thousand answers take as long as Telegram wants them to.
            if only in family.name and (turn == 0 or family.name != "backlog")
        ]
        await asyncio.gather(*jobs)
    return tries


def main() -> int:
    """The exit status: 1 when a fault did harm."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5, help="how often each fault is tried")
    parser.add_argument("--at-once", type=int, default=3, help="families at the same time")
    parser.add_argument("--small", action="store_true", help="as the tests do; writes no file")
    parser.add_argument("--only", default="", help="families with this in their name; no file")
    given = parser.parse_args()
    size = SMALL if given.small else FULL
    tries = asyncio.run(try_all(given.times, given.at_once, size, given.only))
    made = table(tries)
    print(made)
    if not (given.small or given.only):
        write_into(ROOT / "docs" / "operating.md", made)
    every = [result for some in tries.values() for result in some]
    harm = [r for r in every if not isinstance(r, Outcome) or r.lost]
    return int(any(isinstance(r, Outcome | AssertionError) for r in harm))


if __name__ == "__main__":
    sys.exit(main())
