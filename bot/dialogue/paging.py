"""Lists longer than a phone's screen: which part is on show, and what a place in them means."""

from typing import NamedTuple

from bot.dialogue.conversation import Conversation
from bot.dialogue.wanted import LAST
from content.folding import fold
from content.models import Content, in_language

ANSWERS_A_PAGE = 3
LISTED_A_PAGE = 5


class Page(NamedTuple):
    """Page ``number`` (from 0) of a list of partner ids."""

    ids: tuple[str, ...]
    number: int
    size: int

    @property
    def on_show(self) -> tuple[str, ...]:
        """The ids on this page."""
        return self.ids[self.begin : self.begin + self.size]

    @property
    def begin(self) -> int:
        """How many come before this page."""
        return self.number * self.size

    @property
    def end(self) -> int:
        """How many are shown with the end of this page."""
        return min(len(self.ids), self.begin + self.size)

    @property
    def has_next(self) -> bool:
        """Whether there is a page after this one."""
        return self.end < len(self.ids)

    def at(self, place: int) -> str | None:
        """The id at a place counted from 1, or the last one shown so far; None beyond the list."""
        if place == LAST:
            return self.ids[self.end - 1] if self.end else None
        return self.ids[place - 1] if 0 < place <= len(self.ids) else None


def page_of(conversation: Conversation, content: Content, language: str) -> Page:
    """The page on show in a conversation; ids that the content has lost are left out."""
    if conversation.listing:
        return listing_page(conversation.listing, conversation.page, content, language)
    ids = tuple(i for i in conversation.shown if content.partner(i))
    return Page(ids, conversation.page, ANSWERS_A_PAGE)


def listing_page(listing: str, number: int, content: Content, language: str) -> Page:
    """A page of all partners ("partners"), or of a topic's ("topic:<id>"), by name."""
    topic = listing.removeprefix("topic:") if listing.startswith("topic:") else None
    chosen = [p for p in content.partners if topic is None or topic in p.topics]
    chosen.sort(key=lambda p: fold(in_language(p.name, language) or p.id))
    last = max(0, (len(chosen) - 1) // LISTED_A_PAGE)
    return Page(tuple(p.id for p in chosen), min(max(0, number), last), LISTED_A_PAGE)
