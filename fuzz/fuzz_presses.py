"""Buttons: any data, after any question; and which of them turn pages or work inline."""

from functools import cache

from hostile import as_seen
from knowing import dialogue, done, text_of

from bot.commands.commands import spoken
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Incoming
from bot.telegram_chat.inline_presses import FROM_INLINE
from bot.telegram_chat.presses import IN_PLACE

ASKED = "who helps poor families?"
DATA = 64
"""Bytes of a button's data."""
ACTIONS = (
    "card:cose", "link:amf", "people:dipp", "topic:screens", "topic:health:1", "page:1", "more",
    "partners", "partners:2", "topics", "help", "start", "why", "ask:screens", "language:fr",
    "language:auto", "languages", "in:en:card:cose", "/upload apply 0123456789ab", "/misses",
)  # fmt: skip


@cache
def asked() -> Conversation:
    """The conversation after a question."""
    return done(dialogue().answer(Incoming(ASKED), Conversation()))[1]


def seeds() -> list[bytes]:
    """The actions of the bot's own buttons, alone and one after the other."""
    return [*(action.encode() for action in ACTIONS), "\n".join(ACTIONS[:5]).encode()]


def one(data: bytes) -> None:
    """A line a button: each gets a reply that Telegram takes, and leads where it may."""
    conversation = asked()
    for line in text_of(data).split("\n")[:5]:
        action = line.encode()[:DATA].decode("utf-8", "ignore")
        spoken(action)
        inline = FROM_INLINE.match(action)
        assert not inline or inline[2].partition(":")[0] in ("card", "topic", "people", "link")
        reply, conversation = done(dialogue().press(action, Incoming(""), conversation))
        if IN_PLACE.match(action):
            assert reply.kind != "card"
        as_seen(reply)
