"""From a thousand partners to a hundred thousand, on the embedded engine and on OpenSearch.

python benchmarks/scale.py [--sizes 1000,10000,100000] [--engines whoosh,opensearch]
    [--questions N] [--json FILE]

Partners are made up in words as common as in life (``benchmarks/zipf_content.py``; the extra
``benchmarks``). Each build and each serving is a process of its own, one at a time, so that memory
can be told and is given back. OpenSearch is the tests' node of 512 MB heap. Progress goes to
stderr, a row to stdout as soon as it is known. See docs/scaling.md.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from os import cpu_count, getloadavg
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from opensearch_cluster import a_place  # noqa: E402  found by the path

from benchmarks.scale_processes import Job, built, say, served  # noqa: E402
from index.opensearch_cluster import Cluster, ClusterSettings  # noqa: E402

WARMING = 5
"""One question in so many is asked before the clock starts."""


@dataclass(frozen=True, slots=True)
class Row:
    """One engine at one size; seconds, megabytes, milliseconds."""

    partners: int
    engine: str
    build_s: float
    building_mb: float
    disk_mb: float
    cluster_mb: float
    open_s: float
    serving_mb: float
    own_mb: float
    p50_ms: float
    p99_ms: float
    same: float


HEADINGS = (
    "partners | engine | build s | building MB | disk MB | in the cluster MB | open s"
    " | serving MB | of it not files | p50 ms | p99 ms | same answers %"
)


def measured(size: int, engines: Sequence[str], count: int) -> Iterator[Row]:
    """Every engine at one size; answers are compared with those of the first."""
    first: list[list[str]] = []
    for engine in engines:
        with _place(engine) as place, tempfile.TemporaryDirectory() as folder:
            job = Job(Path(folder) / "index", place, size, count)
            made = built(job)
            disk = sum(f.stat().st_size for f in job.folder.rglob("*") if f.is_file()) / 1e6
            serving = served(job, made.questions)
            found = [one.ids for one in serving.asked]
            first = first or found
            taken = [one.milliseconds for one in serving.asked[len(found) // WARMING :]]
            yield Row(
                size, engine, made.seconds, made.peak, disk, _in_cluster(place), serving.opening,
                serving.memory, serving.own, statistics.median(taken),
                statistics.quantiles(taken, n=100)[98],
                statistics.mean(100.0 * (a == b) for a, b in zip(first, found, strict=True)),
            )  # fmt: skip


@contextmanager
def _place(engine: str) -> Iterator[ClusterSettings | None]:
    if engine == "whoosh":
        yield None
        return
    say("OpenSearch starts")
    with a_place() as place:
        yield place


def _in_cluster(place: ClusterSettings | None) -> float:
    """Megabytes of all copies there."""
    if place is None:
        return 0.0
    told = Cluster(place).ask("GET", f"/{place.prefix}*/_stats/store")
    return float(told["_all"]["total"]["store"]["size_in_bytes"]) / 1e6


def line(row: Row) -> str:
    cells = (getattr(row, field.name) for field in fields(row))
    words = (f"{c:.1f}" if isinstance(c, float) else f"{c:,}" if c.__class__ is int else c
             for c in cells)  # fmt: skip
    return f"| {' | '.join(words)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="1000,10000,100000", help="numbers of partners")
    parser.add_argument("--engines", default="whoosh,opensearch")
    parser.add_argument("--questions", type=int, default=300, help="asked at each size")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    given = parser.parse_args()
    print(f"{cpu_count()} cores, load {getloadavg()[0]:.1f} at the start\n")
    print(f"| {HEADINGS} |\n|{' --- |' * len(fields(Row))}", flush=True)
    rows: list[Row] = []
    for size in map(int, given.sizes.split(",")):
        for row in measured(size, given.engines.split(","), given.questions):
            rows.append(row)
            print(line(row), flush=True)
            if given.json:
                text = json.dumps([asdict(one) for one in rows], indent=1)
                given.json.write_text(f"{text}\n", encoding="utf-8")
    print(f"\nload {getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    main()
