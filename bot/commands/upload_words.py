"""What is said of files that admins send: what is wrong with them, or what they would change."""

from collections.abc import Iterator, Sequence

from bot.commands.changes_words import Wording
from bot.commands.reindex_report import problem_lines
from bot.commands.upload_offers import Offer
from bot.dialogue.messages import Button, Kind, Paragraph, Reply, Span, Style
from bot.services import Services
from content.archives import ARCHIVE_LIMIT, FILES_LIMIT, SUM_LIMIT
from content.files import SIZE_LIMIT
from content.refusals import Refusal
from content.trying import Trial

REFUSALS = 10
"""Refusals told; the rest comes once these are mended."""

MIB = 1024 * 1024


def sentence(services: Services, language: str, key: str, **values: str | int) -> Paragraph:
    """One sentence as a paragraph."""
    return (Span(services.texts.say(key, language, **values)),)


def bold(services: Services, language: str, key: str, **values: str | int) -> Paragraph:
    """One sentence as a title."""
    return (Span(services.texts.say(key, language, **values), Style.BOLD),)


def refused_reply(services: Services, language: str, refusals: Sequence[Refusal]) -> Reply:
    """Why files are not taken, with what would be right."""
    paragraphs = [bold(services, language, "upload_refused", count=len(refusals))]
    for refusal in refusals[:REFUSALS]:
        paragraphs.append(
            sentence(
                services,
                language,
                f"upload_refused_{refusal.reason}",
                name=refusal.name[:80] or "?",
                right=refusal.right[:100],
                kib=SIZE_LIMIT // 1024,
                archive=ARCHIVE_LIMIT // MIB,
                sum=SUM_LIMIT // MIB,
                files=FILES_LIMIT,
            )
        )
    if len(refusals) > REFUSALS:
        more = len(refusals) - REFUSALS
        paragraphs.append(sentence(services, language, "command_reindex_more_problems", count=more))
    return Reply(Kind.ERROR, language, tuple(paragraphs))


def wrong_reply(services: Services, language: str, trial: Trial, sent: Sequence[str]) -> Reply:
    """What is wrong with the content as it would be, with file, line and mend."""
    folder, errors = services.content_folder, trial.errors
    own = {folder / name for name in sent}
    is_elsewhere = not any(problem.path in own for problem in errors)
    title = "upload_wrong_elsewhere" if is_elsewhere else "upload_wrong"
    return Reply(
        Kind.ERROR,
        language,
        (
            bold(services, language, title, count=len(errors)),
            *problem_lines(services, errors, language),
            sentence(services, language, "upload_nothing_written"),
        ),
    )


def offer_reply(
    services: Services,
    language: str,
    trial: Trial,
    offer: Offer,
    first: Sequence[Paragraph] = (),
    is_told: bool = False,
) -> Reply:
    """What the files would change, with a button to do it and one to drop it."""
    return Reply(
        Kind.HELP,
        language,
        (*first, *_offered(services, language, trial, is_told)),
        buttons=offer_buttons(services, language, offer),
    )


def offer_buttons(
    services: Services, language: str, offer: Offer
) -> tuple[tuple[Button, ...], ...]:
    """The two buttons under an offer."""
    say = services.texts.say
    return (
        (Button(say("upload_button_apply", language), action=f"/upload apply {offer.id}"),),
        (Button(say("upload_button_drop", language), action=f"/upload drop {offer.id}"),),
    )


def _offered(services: Services, language: str, trial: Trial, is_told: bool) -> Iterator[Paragraph]:
    spoken = services.knowledge.generation.translations
    if not is_told:
        yield bold(services, language, "upload_offer", count=len(trial.changes))
        yield from Wording(services.texts, language, trial, spoken).paragraphs()
    yield from warning_lines(services, language, trial)
    yield sentence(services, language, "upload_question")


def warning_lines(services: Services, language: str, trial: Trial) -> Iterator[Paragraph]:
    """What is to be looked at in the files that would change."""
    changed = {services.content_folder / change.name for change in trial.changes}
    warnings = [problem for problem in trial.problems if problem.path in changed]
    if warnings:
        yield bold(services, language, "command_reindex_warnings")
        yield from problem_lines(services, warnings[:REFUSALS], language)
