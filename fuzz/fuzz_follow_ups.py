"""Conversations: any messages in any order; every reply is one that Telegram takes."""

from hostile import as_seen
from knowing import dialogue, done, questions, text_of

from bot.dialogue.conversation import LARGEST, Conversation
from bot.dialogue.messages import Incoming

FOLLOW_UPS = (
    "their website?", "et leur site ?", "the second one", "2", "tell me more", "d'autres ?",
    "who runs it?", "and for nurses?", "why?", "in English please", "no, the other", "merci",
    "compare the first two", "how many partners?", "is OVEO a partner?", "what about poverty?",
)  # fmt: skip
MOST = 6
"""Messages of a conversation."""


def seeds() -> list[bytes]:
    """Questions of the sets, each with some follow-ups."""
    asked = questions()[::7]
    return [
        "\n".join((question, FOLLOW_UPS[n % 16], FOLLOW_UPS[(n * 5 + 3) % 16])).encode()
        for n, question in enumerate(asked)
    ]


def one(data: bytes) -> None:
    """A line a message; what is kept between two of them is small and comes back as it went."""
    conversation, now = Conversation(), 1_000.0
    for line in text_of(data).split("\n")[:MOST]:
        now += 1.0
        incoming = Incoming(line, conversation.chosen, None, now)
        reply, after = done(dialogue().answer(incoming, conversation))
        as_seen(reply)
        stored = after.dumps()
        assert len(stored.encode()) <= LARGEST
        conversation = Conversation.loads(stored)
