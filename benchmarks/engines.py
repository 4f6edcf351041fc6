"""The search alone, beside other engines on the same tokens and questions, interleaved in one run.

python benchmarks/engines.py [--sizes 15,1000,10000] [--questions N] [--json FILE] [--picture FILE]

Partners are made up in words as common as in life. No question is asked twice; each has 3 to 12
words. Ours does everything (analysis, typos, confidence, why); the others get the terms that ours
made of the question and only rank. See docs/performance.md.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from rich.console import Console
from rich.table import Table

from benchmarks.engine_processes import (
    CONTENT,
    ENGINE,
    OURS,
    Asked,
    Built,
    Served,
    build,
    write_documents,
)
from benchmarks.plain_bm25f import PlainBm25f
from benchmarks.rival_engines import RIVALS
from benchmarks.zipf_content import questions, zipf_content
from content.translations import load_translations
from index.analysis import analysis
from index.engine import Query

SLOW = 5_000
"""Partners from which engines that take seconds for a question are asked only some of them."""

CHECKED = 60
"""Questions whose first answers are compared at more than that many partners: plain BM25F takes
seconds for each."""

WARMING = 5
"""One question in so many is asked before the clock starts, of every engine alike."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One engine at one size: seconds, megabytes, milliseconds, and shares (0 to 1)."""

    partners: int
    engine: str
    build: float
    building: float
    disk: float
    opening: float
    memory: float
    p50: float
    p99: float
    questions: int
    same_first: float | None


def measure(
    size: int, count: int, rivals: Sequence[str], say: Callable[[str], None]
) -> list[Measured]:
    """Build and ask every engine, at one size."""
    content = zipf_content(size)
    documents = list(analysis(content, load_translations(CONTENT)).documents)
    with tempfile.TemporaryDirectory() as scratch:
        tokens = Path(scratch) / "documents"
        write_documents(tokens, documents)
        built: dict[str, Built] = {}
        for name in (OURS, *rivals):
            say(f"{size}: {name} builds")
            built[name] = build(name, Path(scratch) / name, size, tokens)
        built[ENGINE] = built[OURS]
        plain = PlainBm25f(documents)
        del documents
        served = {name: Served(name, _folder(scratch, name)) for name in (OURS, ENGINE, *rivals)}
        asked = _ask(served, questions(content, count), size, say)
        same = _same_first(plain, asked)
        return [
            _measured(size, name, built[name], served[name], asked[name], same.get(name))
            for name in served
        ]


def _folder(scratch: str, name: str) -> Path:
    return Path(scratch) / (OURS if name == ENGINE else name)


def _ask(
    served: dict[str, Served], texts: Sequence[str], size: int, say: Callable[[str], None]
) -> dict[str, list[Asked]]:
    """Every question of every engine in turn, in another order each time."""
    chance, found = random.Random(size), {name: list[Asked]() for name in served}
    for number, text in enumerate(texts):
        ours = served[OURS].ask(text)
        assert ours.query is not None
        found[OURS].append(ours)
        terms = list(dict.fromkeys(t.text for c in ours.query.clauses for t in c.terms))
        names = [name for name in served if name != OURS]
        for name in chance.sample(names, len(names)):
            if name in {"plain Whoosh", "SQLite FTS5"} and size >= SLOW and number % 5:
                continue
            found[name].append(served[name].ask(ours.query if name == ENGINE else terms))
        if number % 100 == 99:
            say(f"{size}: {number + 1} of {len(texts)} questions asked")
    return found


def _same_first(plain: PlainBm25f, asked: dict[str, list[Asked]]) -> dict[str, float]:
    """How often an engine's first document is plain BM25F's, where that finds any."""
    queries: list[Query] = [one.query for one in asked[OURS] if one.query is not None]
    checked = queries if plain.count <= SLOW else queries[:CHECKED]
    firsts = [[i for i, _ in plain.best(query)[:1]] for query in checked]
    same: dict[str, float] = {}
    for name, answers in asked.items():
        if name != OURS and len(answers) == len(queries):
            pairs = [(a.ids, f) for a, f in zip(answers, firsts, strict=False) if f]
            same[name] = statistics.mean(list(ids[:1]) == first for ids, first in pairs)
    return same


def _measured(
    size: int, name: str, built: Built, one: Served, asked: list[Asked], same: float | None
) -> Measured:
    taken = [a.milliseconds for a in asked[len(asked) // WARMING :]]
    p99 = statistics.quantiles(taken, n=100)[98]
    opening, memory = one.opening, one.close()
    return Measured(
        size, name, built.seconds, built.peak, built.disk, opening, memory,
        statistics.median(taken), p99, len(taken), same,
    )  # fmt: skip


def show(console: Console, results: Sequence[Measured]) -> None:
    table = Table(title="The same tokens and questions, in this run", title_justify="left")
    table.add_column("partners", justify="right")
    table.add_column("engine")
    for heading in (
        "build CPU s",
        "building MB",
        "disk MB",
        "open s",
        "serving MB",
        "p50 ms",
        "p99 ms",
    ):
        table.add_column(heading, justify="right")
    for heading in ("p50 of ours / this", "first as BM25F"):
        table.add_column(heading, justify="right")
    for one in results:
        ours = next(r for r in results if (r.partners, r.engine) == (one.partners, OURS))
        figures = (one.build, one.building, one.disk, one.opening, one.memory)
        table.add_row(
            f"{one.partners:,}" if one.engine == OURS else "",
            one.engine,
            *(f"{figure:.1f}" for figure in figures),
            f"{one.p50:.3f}",
            f"{one.p99:.2f}",
            f"{ours.p50 / one.p50:.2f}",
            "–" if one.same_first is None else f"{one.same_first:.1%}",
        )
    console.print(table)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", default="15,1000,10000", help="numbers of partners")
    parser.add_argument("--questions", type=int, default=1000, help="asked at each size")
    parser.add_argument("--without", action="append", default=[], help="an engine to leave out")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    parser.add_argument("--picture", type=Path, help="where to draw them (SVG or PNG)")
    options = parser.parse_args()
    log = Console(stderr=True)
    results: list[Measured] = []
    rivals = [name for name in RIVALS if name not in options.without]
    for size in map(int, options.sizes.split(",")):
        results += measure(size, options.questions, rivals, log.print)
        show(Console(width=None if sys.stdout.isatty() else 150), results)
        if options.json:
            rows = [asdict(result) for result in results]
            options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    if options.picture:
        from benchmarks.engines_picture import draw  # noqa: PLC0415  needs matplotlib only here

        draw(options.picture, results)


if __name__ == "__main__":
    main()
