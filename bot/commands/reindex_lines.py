"""A reindex in words for a terminal and a log."""

from collections.abc import Iterator, Sequence

from bot.reindexing import ReindexReport
from content.freshness import Freshness
from index.expected import Comparison

IDS = 50
"""Partners named of a kind."""

QUESTIONS = 20
"""Questions told of a kind."""


def report_lines(report: ReindexReport) -> Iterator[str]:
    """What a reindex, or the way back, did; a line a thing."""
    yield from map(str, report.problems)
    if report.failure:
        yield report.failure
    if not report.done:
        yield "Nothing was changed; the index of before stays in use."
        return
    for what in ("added", "changed", "removed"):
        if ids := getattr(report, what):
            yield f"{what}: {_named(ids, IDS)}"
    if not (report.added or report.changed or report.removed):
        yield "no partner changed"
    if report.expected and report.expected.asked:
        yield from _expected(report.expected)
    yield from fresh_lines(report.fresh)
    if report.undone:
        yield f"back on the content of before: {report.partners} partners"
        yield "The files are as they were; `python run_bot.py reindex` uses them again."
    else:
        yield f"{report.partners} partners indexed in {report.seconds:.1f} s"


def fresh_lines(fresh: Freshness) -> Iterator[str]:
    """Which partners nobody has checked for long; at most a line a kind."""
    if fresh.old:
        shown = [f"{partner_id} ({day})" for partner_id, day in fresh.old]
        yield f"last checked over a year ago: {_named(shown, IDS)}"
    if fresh.undated:
        yield f"without verified_on: {_named(fresh.undated, IDS)}"


def _expected(found: Comparison) -> Iterator[str]:
    sampled = f" (asked were {found.asked} of {found.total}, always the same)"
    before = "" if found.right_before is None else f", before: {found.right_before}"
    yield f"expected questions that find their partner first: {found.right} of {found.asked}" + (
        before + sampled * (found.asked < found.total)
    )
    for what, questions in (
        ("worse", found.worse),
        ("better", found.better),
        ("new, and not found", found.missed),
    ):
        if questions:
            yield f"{what}: {len(questions)}"
            yield from (f'  {partner}: "{text}"' for partner, text in questions[:QUESTIONS])
        if len(questions) > QUESTIONS:
            yield f"  and {len(questions) - QUESTIONS} more"


def _named(ids: Sequence[str], most: int) -> str:
    more = f" and {len(ids) - most} more" * (len(ids) > most)
    return ", ".join(ids[:most]) + more
