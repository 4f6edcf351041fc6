"""Greetings, thanks and chat: short, kind, and back to what the bot knows."""

from dataclasses import replace

from bot.dialogue.cards import card
from bot.dialogue.messages import Kind
from bot.dialogue.turn import Outcome, Turn
from bot.dialogue.wanted import What

LEADS_ON = frozenset({What.JOKE, What.ROBOT, What.INSULT, What.WRONG, What.NO, What.YES})
"""After these, buttons show what can be asked."""


def small_talk(turn: Turn, what: What) -> Outcome:
    """A short reply; said twice in a row, it is worded differently."""
    voice = turn.voice
    if turn.conversation.last == "perhaps" and what is What.YES and turn.focus:
        return card(voice, turn.focus), replace(turn.conversation, last="card")
    paragraph = voice.paragraph(turn.again(what.value), **_values(turn, what))
    reply = voice.reply(
        Kind.SMALLTALK, paragraph, buttons=(voice.way_on() if what in LEADS_ON else (),)
    )
    return turn.said(reply, what.value)


def _values(turn: Turn, what: What) -> dict[str, str]:
    if what is not What.JOKE:
        return {}
    return {"partners": turn.voice.partners_counted(), "topics": turn.voice.topics_named()}
