"""The whole conversation: a message or a pressed button in, a reply and the conversation out."""

from collections.abc import Sequence

from bot.dialogue.conversation import Conversation
from bot.dialogue.knowledge import Latest
from bot.dialogue.messages import Incoming, Reply
from content.texts import Texts
from content.translations import Translation


class Dialogue:
    """Answers people; it holds no state of theirs, so one serves every chat.

    ``latest`` gives the generation of content and search to answer from.
    """

    def __init__(self, texts: Texts, translations: Sequence[Translation], latest: Latest) -> None: ...

    async def answer(
        self, incoming: Incoming, conversation: Conversation
    ) -> tuple[Reply, Conversation]:
        """The reply to a message, and the conversation to keep."""
        ...

    async def press(
        self, action: str, incoming: Incoming, conversation: Conversation
    ) -> tuple[Reply, Conversation]:
        """The reply to a pressed button; an unknown action gets a kind reply.

        Actions: ``card:<id>`` ``link:<id>`` ``people:<id>`` ``topic:<id>`` ``page:<n>`` (of the list
        on show) ``ask:<text>`` ``language:<code>`` (``language:auto`` unfixes it) ``partners``
        ``topics`` ``languages`` ``help`` ``start`` ``more`` ``why``. ``incoming.text`` is not looked at.
        """
        ...

    def language_of(self, incoming: Incoming, conversation: Conversation) -> str:
        """The language to reply in."""
        ...

    # What commands share; `press` with the same name also remembers the list for follow-ups.
    def start(self, language: str) -> Reply: ...
    def help(self, language: str) -> Reply: ...
    def partners(self, language: str, page: int = 0) -> Reply: ...
    def topics(self, language: str) -> Reply: ...
    def topic(self, topic_id: str, language: str) -> Reply: ...
    def card(self, partner_id: str, language: str) -> Reply: ...
    def language_choice(self, language: str) -> Reply: ...
