"""What is kept of a person, said in plain words, and taken away when they ask."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from babel.dates import format_date

from bot.commands.command import Asking, Outcome, language_of
from bot.commands.new_drafts import NewDrafts
from bot.commands.upload_offers import Offers
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Kind, Paragraph, Reply, Span
from bot.services import Services

MISS_DAYS = 90
"""Days that a question without an answer is kept (``bot.records.misses.DAYS``)."""

log = logging.getLogger(__name__)


async def privacy(services: Services, asking: Asking) -> Outcome:
    """What is kept, for how long, how much of it there is now, and how to have it deleted."""
    language = language_of(services, asking)
    say, days = services.texts.say, MISS_DAYS
    kept = ("command_privacy_kept", "command_privacy_not_kept", "command_privacy_misses")
    paragraphs = (
        *((Span(say(key, language, days=days)),) for key in kept),
        *[(Span(line),) for line in await _now(services, language)],
        (Span(say("command_privacy_forget", language)),),
    )
    return Reply(Kind.HELP, language, paragraphs), asking.conversation


async def forget(services: Services, asking: Asking) -> Outcome:
    """Forgets the person's conversations with the chosen language, and says what it forgot."""
    language = language_of(services, asking)
    say, is_known = services.texts.say, replace(asking.conversation, at=0.0) != Conversation()
    try:
        chats, answers = await _delete(services, asking.person)
    except _records_error() as error:
        log.warning("somebody was not forgotten: %s", error)
        text = say("command_forget_failed", language)
    else:
        key = "command_forget_done" if is_known or answers else "command_forget_nothing"
        text = say("command_forget_deleted" if chats else key, language, count=chats)
        if answers:
            text += " " + say("command_forget_answers", language, count=answers)
    if asking.is_admin and asking.person is not None and services.desk:
        # What they have begun and not confirmed has their id beside it.
        NewDrafts(services).drop(asking.person)
        Offers(services).drop_all(asking.person)
    paragraph: Paragraph = (Span(text),)
    return Reply(Kind.HELP, language, (paragraph,)), Conversation()


async def _delete(services: Services, person: int | None) -> tuple[int, int]:
    """Deletes what the records hold of a person; how many conversations and answers that were."""
    if services.records is None or person is None:
        return 0, 0
    deleted = await services.records.forget(person)
    return deleted.conversations, deleted.answers


async def _now(services: Services, language: str) -> tuple[str, ...]:
    """How much is kept at this moment, in words."""
    say = services.texts.say
    if services.records is None:
        return (say("command_privacy_memory", language),)
    try:
        about = await services.records.about()
    except _records_error() as error:
        log.warning("what is kept was not counted: %s", error)
        return ()
    counts = {
        "conversations": about.conversations,
        "languages": about.languages,
        "questions": about.misses,
    }
    said = {
        name: say(f"command_privacy_{name}", language, count=count)
        for name, count in counts.items()
    }
    return (
        say("command_privacy_now", language, **said),
        *_since(services, about.since, language),
    )


def _since(services: Services, since: date | None, language: str) -> Iterator[str]:
    if since:
        day = format_date(since, "long", locale=services.texts.locale(language))
        yield services.texts.say("command_privacy_since", language, day=day)


def _records_error() -> type[Exception]:
    # Imported late: the terminal has no records, and need not load a database for them.
    from bot.records.faults import RecordsError  # noqa: PLC0415

    return RecordsError
