"""What an admin confirmed is written and used; the reply says exactly what stands where."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import suppress

from bot.commands.changes import write_down
from bot.commands.command import Asking, language_of
from bot.commands.reindex_report import problem_lines, report_reply
from bot.commands.reindex_watched import reindex_in_turn, write_down_reindex
from bot.commands.upload_offers import Offer, Offers
from bot.commands.upload_words import bold, sentence
from bot.dialogue.messages import Kind, Paragraph, Reply
from bot.reindexing import ReindexReport
from bot.services import Services
from content.problems import Severity
from content.writing_together import Written, write_together

FILES = 8
"""Files named; more would bury what came of them."""


async def written_reply(services: Services, asking: Asking, offer: Offer) -> Reply:
    """Writes the files of an offer, waits for its turn to reindex, and reports.

    Raises:
        ChangedError: another has changed one of the files; nothing was written.
        WritingError: the disk refuses; nothing was written.
        BusyError: that is being done already.
    """
    folder, before = services.content_folder, services.knowledge.content
    offers = Offers(services)
    with offers.alone(offer.id):
        written = await asyncio.to_thread(write_together, folder, offer.changes)
        if written:
            await _write_down(services, asking, offer.action, written)
        report = await reindex_in_turn(services, asking)
        # Not before: whoever is killed on the way does it again at the next start.
        offers.drop(offer.id)
    language = language_of(services, asking)
    first = tuple(_written_lines(services, language, written))
    if not report.done:
        wrong = tuple(_not_used(services, language, report))
        return Reply(Kind.ERROR, language, (*first, *wrong))
    await write_down_reindex(services, asking, "reindex", report)
    reply = report_reply(services, report, before, language)
    return Reply(reply.kind, language, (*first, *reply.paragraphs))


async def _write_down(
    services: Services, asking: Asking, action: str, written: Sequence[Written]
) -> None:
    names = ", ".join(one.name for one in written)
    details = "; ".join(
        f"{one.name}: {f'before in {_below(services, one)}' if one.kept else 'new'}"
        for one in written
    )
    await write_down(services, asking, action, names, details)


def _written_lines(
    services: Services, language: str, written: Sequence[Written]
) -> Iterator[Paragraph]:
    if not written:
        yield bold(services, language, "upload_written_already")
        return
    yield bold(services, language, "upload_written", count=len(written))
    for one in written[:FILES]:
        key = "upload_written_over" if one.kept else "upload_written_new"
        yield sentence(services, language, key, name=one.name, kept=_below(services, one))
    if len(written) > FILES:
        yield sentence(services, language, "change_more", count=len(written) - FILES)


def _not_used(services: Services, language: str, report: ReindexReport) -> Iterator[Paragraph]:
    errors = [p for p in report.problems if p.severity is Severity.ERROR]
    count = len(errors) + bool(report.failure)
    yield bold(services, language, "upload_not_used", count=count)
    yield from problem_lines(services, errors, language)
    if report.failure:
        yield ((*sentence(services, language, "upload_failure", reason=report.failure),))
    yield sentence(services, language, "upload_not_used_then")


def _below(services: Services, written: Written) -> str:
    """Where the file before is kept, from the content folder on."""
    path = written.kept
    if path is None:
        return ""
    with suppress(ValueError):
        path = path.relative_to(services.content_folder.parent)
    return path.as_posix()
