"""Our ranking on other content than the shipped one, beside the ordinary ways, in one run.

python benchmarks/other_content.py [--misses N] [--only NAME] [--json]

Directories of some hundred to some thousand entries, in two languages or one, without a
vocabulary, topics or translations of their own; see docs/decisions/0004-other-content.md.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from rich.console import Console
from rich.table import Table

from benchmarks.directories import Directory
from benchmarks.emoji_content import emoji_directory, nature_directory
from benchmarks.made_up_content import made_up_directory
from content.checking import check
from content.translations import load_translations
from index.baselines import Ask, baselines
from index.folder_library import FolderLibrary
from index.library import Generation
from index.quality import Figures, Outcome, by, figures, play
from index.whoosh_engine import WhooshFactory

OURS = "Partner Bot"


@dataclass(frozen=True, slots=True)
class Measured:
    """One way to search one directory; milliseconds a question, median and 95th percentile."""

    directory: str
    languages: str
    entries: int
    way: str
    outcomes: tuple[Outcome, ...]
    median: float
    slow: float

    @property
    def figures(self) -> Figures:
        return figures(self.outcomes)

    @property
    def turned_away(self) -> float:
        """The share of questions with an answer that got none."""
        asked = [o for o in self.outcomes if o.question.best]
        return sum(not o.answers for o in asked) / max(1, len(asked))


def directories() -> Iterator[Directory]:
    """Every directory, in two languages and in each one."""
    yield nature_directory()
    emoji = emoji_directory()
    yield from (emoji, emoji.only("en"), emoji.only("fr"))
    yield from (made_up_directory(400), made_up_directory(3000))


def measure(directory: Directory, say: Callable[[str], None]) -> list[Measured]:
    """Build the directory's index as the bot does, and ask everybody everything."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "content"
        directory.write(folder)
        begun = time.perf_counter()
        generation = _built(folder, Path(scratch) / "index")
        say(
            f"{directory.name} ({directory.languages}): {len(directory.entries)} entries, "
            f"{len(directory.questions)} questions; built in {time.perf_counter() - begun:.1f} s"
        )
        finder = generation.finder
        ways: dict[str, Ask] = {
            OURS: lambda text: [answer.id for answer in finder.find(text).answers],
            **baselines(generation.content),
        }
        measured = [_asked(directory, way, ask) for way, ask in ways.items()]
        generation.close()
    return measured


def _built(folder: Path, index: Path) -> Generation:
    loaded = check(folder)
    if loaded.content is None:
        raise SystemExit("\n".join(map(str, loaded.problems[:20])))
    return FolderLibrary(index, WhooshFactory()).build(
        loaded.content, load_translations(folder), loaded.fingerprint
    )


def _asked(directory: Directory, way: str, ask: Ask) -> Measured:
    taken: list[float] = []

    def timed(text: str) -> Sequence[str]:
        begun = time.perf_counter()
        answers = ask(text)
        taken.append(1000 * (time.perf_counter() - begun))
        return answers

    outcomes = play(directory.questions, timed)
    slow = statistics.quantiles(taken, n=20)[-1]
    entries = len(directory.entries)
    return Measured(
        directory.name, directory.languages, entries, way, outcomes, statistics.median(taken), slow
    )


def show(console: Console, results: Sequence[Measured]) -> None:
    """A table of everything, and one a directory with the kinds of questions."""
    table = _table("Other content, side by side in this run", "directory", "entries", "way")
    headings = (
        "questions",
        "hits@1",
        "MRR@5",
        "turned away",
        "off-topic",
        "rejected",
        "ms",
        "95 %",
    )
    for heading in headings:
        table.add_column(heading, justify="right")
    for one in results:
        first = (
            [f"{one.directory}, {one.languages}", str(one.entries)] if one.way == OURS else ["", ""]
        )
        table.add_row(*first, one.way, *_cells(one), f"{one.median:.2f}", f"{one.slow:.2f}")
    console.print(table)
    for one in results:
        if one.way == OURS:
            _show_kinds(console, one, results)


def _show_kinds(console: Console, ours: Measured, results: Sequence[Measured]) -> None:
    place = (ours.directory, ours.languages, ours.entries)
    same = [r for r in results if (r.directory, r.languages, r.entries) == place]
    table = _table(f"{ours.directory}, {ours.languages}, {ours.entries}: right", "kind", "language")
    for one in same:
        table.add_column(one.way, justify="right")
    parts = [by(one.outcomes, lambda q: f"{q.kind}|{q.language}") for one in same]
    for name in parts[0]:
        shares = [p[name].hits_at_1 if p[name].asked else p[name].rejected for p in parts]
        table.add_row(*name.split("|"), *(_share(share) for share in shares))
    console.print(table)


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left")
    for heading in headings:
        table.add_column(heading)
    return table


def _cells(one: Measured) -> list[str]:
    part = one.figures
    mrr = "–" if part.mrr_at_5 is None else f"{part.mrr_at_5:.3f}"
    return [
        str(part.asked),
        _share(part.hits_at_1),
        mrr,
        _share(one.turned_away),
        str(part.off_topic),
        _share(part.rejected),
    ]


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.1%}"


def show_misses(console: Console, one: Measured, count: int) -> None:
    """Some of what we got wrong, spread over the set."""
    wrong = [o for o in one.outcomes if not o.right]
    console.print(f"{one.directory}, {one.languages}: {len(wrong)} missed, for example:")
    for o in wrong[:: max(1, len(wrong) // count)]:
        wanted = ", ".join(sorted(o.question.best)) or "nothing"
        got = ", ".join(o.answers[:3]) or "nothing"
        line = f"  {o.question.kind} ({o.question.language}): {o.question.text} | {wanted} | {got}"
        console.print(line, markup=False)


def as_json(results: Sequence[Measured]) -> list[dict[str, Any]]:
    keys = ("directory", "languages", "entries", "way", "median", "slow")
    return [{key: getattr(r, key) for key in keys} | asdict(r.figures) for r in results]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="show N of our misses")
    parser.add_argument("--only", help="only directories of this name (nature, emoji, made up)")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    options = parser.parse_args()
    width = None if sys.stdout.isatty() else 130
    console, log = Console(width=width, soft_wrap=True), Console(stderr=True)
    results: list[Measured] = []
    for directory in directories():
        if options.only in (None, directory.name):
            results += measure(directory, log.print)
    if options.json:
        print(json.dumps(as_json(results), indent=1))
        return
    show(console, results)
    for one in results:
        if options.misses and one.way == OURS:
            show_misses(console, one, options.misses)


if __name__ == "__main__":
    main()
