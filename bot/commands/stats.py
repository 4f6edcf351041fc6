"""``/stats``: how much is asked, what, and how well it is answered; a picture and its numbers."""

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.commands.command import Asking, Outcome, language_of
from bot.dialogue.messages import Attachment, Button, Kind, Reply, Span, Style
from bot.services import Services

if TYPE_CHECKING:
    from bot.commands.stats_numbers import Numbers
    from bot.commands.stats_words import Words

PERIODS, USUAL = (7, 30, 90), 30
"""Days to choose from by buttons, and those told when none are named."""

MOST = 730
"""Days that numbers are kept (``bot.records.counts.DAYS``)."""

log = logging.getLogger(__name__)


async def stats(services: Services, asking: Asking) -> Outcome:
    """The numbers of the last 30 days; ``/stats 7`` those of the last seven."""
    language = language_of(services, asking)
    days = wanted_days(asking.arguments)
    if days is None:
        text = services.texts.say("stats_usage", language, most=MOST)
        return _said(text, language), asking.conversation
    return await stats_reply(services, days, language), asking.conversation


def wanted_days(arguments: str) -> int | None:
    """The number of days that the words behind the command name; None when they name none."""
    if not arguments:
        return USUAL
    first = arguments.split(maxsplit=1)[0]
    is_number = first.isascii() and first.isdigit() and len(first) <= len(str(MOST))
    return int(first) if is_number and 1 <= int(first) <= MOST else None


async def stats_reply(services: Services, days: int, language: str) -> Reply:
    """The numbers of so many days in words, with their picture where one can be drawn."""
    # Imported late: what is told here loads a database, and few ever ask for it.
    from bot.commands.stats_numbers import numbers_of  # noqa: PLC0415
    from bot.commands.stats_words import Words, sentences  # noqa: PLC0415
    from bot.records.faults import RecordsError  # noqa: PLC0415

    words = Words(services.texts, services.knowledge.content, language)
    if services.records is None:
        return _said(words.say("away", reason=""), language)
    try:
        numbers = await numbers_of(services.records.counts, days)
    except RecordsError as error:
        return _said(words.say("away", reason=str(error)), language)
    buttons = (tuple(_button(words, n, n == days) for n in PERIODS),)
    if numbers.is_empty:
        nothing = words.say("none", count=days)
        return Reply(Kind.HELP, language, ((Span(nothing),),), buttons=buttons)
    title = f"{words.say('title', count=days)} ({words.period(numbers)})"
    told = [(Span(title, Style.BOLD),), *((Span(line),) for line in sentences(numbers, words))]
    drawn = await asyncio.to_thread(drawn_if_possible, numbers, words)
    if drawn is None:
        told.insert(0, (Span(words.say("no_picture")),))
    name = f"stats-{numbers.last}.png"
    attachment = Attachment(name, drawn, is_picture=True) if drawn else None
    return Reply(Kind.HELP, language, tuple(told), buttons=buttons, attachment=attachment)


def drawn_if_possible(numbers: "Numbers", words: "Words") -> bytes | None:
    """The picture as PNG; None where matplotlib is not installed."""
    try:
        from bot.commands.stats_picture import picture  # noqa: PLC0415  it loads matplotlib
    except ImportError as error:
        log.warning("no picture of the numbers: %s", error)
        return None
    return picture(numbers, words)


def _button(words: "Words", days: int, is_shown: bool) -> Button:
    label = words.say("button", count=days)
    return Button(f"✓ {label}" if is_shown else label, action=f"/stats {days}")


def _said(text: str, language: str) -> Reply:
    return Reply(Kind.ERROR, language, ((Span(text.strip()),),))
