"""The table of docs/operating.md: each fault, how often it was tried, and what came of it."""

from __future__ import annotations

import platform
import statistics
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from os import cpu_count, getloadavg
from pathlib import Path

from faults.everything import FAMILIES, Result
from faults.trial import CannotTryError, Fault, Outcome

BEGIN, END = "<!-- made by `make faults`: -->", "<!-- end of what `make faults` made -->"
HEAD = (
    "| fault | tried | questions | lost | twice | well again after | |",
    "| --- | --- | --- | --- | --- | --- | --- |",
)

Tries = Mapping[str, Sequence[Result]]


def table(tries: Tries) -> str:
    """The table as Markdown, with when and on what it was made."""
    libraries = ("python-telegram-bot", "SQLAlchemy", "Whoosh-Reloaded")
    versions = ", ".join(f"{name} {version(name)}" for name in libraries)
    machine = (
        f"{platform.system()} {platform.machine()}, {cpu_count()} cores, load {getloadavg()[0]:.0f}"
    )
    made = f"Made on {datetime.now(UTC):%Y-%m-%d}: {machine}, Python {platform.python_version()}"
    faults = [fault for family in FAMILIES for fault in family.faults if tries.get(fault.name)]
    rows = [_row(fault, tries[fault.name]) for fault in faults]
    return "\n".join([f"{made}, {versions}.", "", *HEAD, *rows])


def _row(fault: Fault, results: Sequence[Result]) -> str:
    outcomes = [result for result in results if isinstance(result, Outcome)]
    notes = list(dict.fromkeys(_notes(fault, results)))
    numbers = ["", "", "", ""]
    if outcomes:
        seconds = [outcome.seconds for outcome in outcomes]
        numbers = [
            str(sum(outcome.asked for outcome in outcomes)),
            str(sum(outcome.lost for outcome in outcomes)),
            str(sum(outcome.doubled for outcome in outcomes)),
            f"{statistics.median(seconds):.1f} s, at most {max(seconds):.1f} s",
        ]
    tried = sum(not isinstance(result, CannotTryError) for result in results)
    return f"| {fault.name} | {tried} | {' | '.join(numbers)} | {'; '.join(notes)} |"


def _notes(fault: Fault, results: Sequence[Result]) -> Iterable[str]:
    for result in results:
        if isinstance(result, CannotTryError):
            yield f"could not be tried: {result}"
        elif not isinstance(result, Outcome):
            yield f"**failed**: {type(result).__name__}"
    notes = [result.note for result in results if isinstance(result, Outcome) and result.note]
    yield from notes[-1:]
    if fault.unkept:
        yield "answered, not recorded meanwhile"


def write_into(path: Path, made: str) -> None:
    """Puts the table between its two markers."""
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n\n{made}\n\n{END}{after}", encoding="utf-8")
