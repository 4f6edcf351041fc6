"""One turn of a conversation: everything that making its reply needs."""

from dataclasses import replace
from typing import NamedTuple

from bot.dialogue.conversation import Conversation
from bot.dialogue.explaining import Explainer
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.messages import Reply
from bot.dialogue.naming import Names
from bot.dialogue.paging import Page, page_of
from bot.dialogue.voice import Voice
from bot.dialogue.wanted import Wanted
from content.models import Content, Partner

Outcome = tuple[Reply, Conversation]


class Turn(NamedTuple):
    """What is wanted, what was said before, and what to answer from."""

    wanted: Wanted
    voice: Voice
    conversation: Conversation
    knowledge: Knowledge
    names: Names
    explainer: Explainer

    @property
    def content(self) -> Content:
        """What may be answered from."""
        return self.knowledge.content

    @property
    def focus(self) -> Partner | None:
        """The partner talked about, if the content still has it."""
        focus = self.conversation.focus
        return self.content.partner(focus) if focus else None

    @property
    def page(self) -> Page:
        """The page on show."""
        return page_of(self.conversation, self.content, self.voice.language)

    def wants(self, key: str) -> bool:
        """Whether the message has a phrase for this, whatever else it wants."""
        return key in self.wanted.wants

    def said(self, reply: Reply, last: str) -> Outcome:
        """The reply, and the conversation as it was but for what was said last."""
        return reply, replace(self.conversation, last=last)

    def again(self, key: str) -> str:
        """The key of a sentence, or of its other wording when it was just said."""
        return f"{key}_again" if self.conversation.last == key else key
