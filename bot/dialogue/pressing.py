"""Pressed buttons: each action does what the words for it would do."""

from bot.dialogue import guiding, listing
from bot.dialogue.follow_up import about
from bot.dialogue.messages import Kind
from bot.dialogue.more import at_page, more
from bot.dialogue.turn import Outcome, Turn
from bot.dialogue.wanted import What
from bot.dialogue.why import why

_OF_PARTNER = {"card": What.DETAIL, "link": What.LINK, "people": What.PEOPLE}

LARGEST_PAGE = 6
"""Digits of a page number; nobody pages further."""


async def pressed(turn: Turn, name: str, value: str) -> Outcome:  # noqa: PLR0911
    """The reply to an action's ``name:value``; a kind one when it leads nowhere."""
    if name in _OF_PARTNER:
        partner = turn.content.partner(value)
        return about(turn, partner, _OF_PARTNER[name]) if partner else _gone(turn, "press_gone")
    topic, _, page = value.partition(":")
    match name:
        case "topic" if turn.content.topic(topic) and _is_page(page or "0"):
            return listing.topic(turn, topic, int(page or 0))
        case "page" if _is_page(value):
            return await at_page(turn, int(value))
        case "partners" if _is_page(value or "0"):
            return listing.partners(turn, int(value or 0))
        case "topics":
            return turn.said(listing.topics(turn.voice), "topics")
        case "help":
            return turn.said(guiding.help_(turn.voice), "help")
        case "start":
            return turn.said(guiding.start(turn.voice), "start")
        case "more":
            return await more(turn)
        case "why":
            return await why(turn)
        case _:
            return _gone(turn, "press_old")


def _is_page(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= LARGEST_PAGE


def _gone(turn: Turn, key: str) -> Outcome:
    voice = turn.voice
    reply = voice.reply(Kind.ERROR, voice.paragraph(key), buttons=(voice.way_on(),))
    return turn.said(reply, key)
