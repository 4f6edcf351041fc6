"""Inline results: one partner or one topic each, and the message that is sent when it is chosen."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from telegram import InlineQueryResultArticle, InputTextMessageContent
from telegram.constants import ParseMode

from bot.dialogue.messages import Button, Kind, Paragraph, Reply, Span, Style
from bot.dialogue.naming import full_name, short_name
from bot.services import Services
from bot.telegram_chat.plain_text import clean, cut
from bot.telegram_chat.rendering import rendered
from content.models import Content, Partner, Topic, in_language

Result = InlineQueryResultArticle

DESCRIPTION = 200
"""Units of the words under a result; a phone shows two lines."""

LISTED = 30
"""Partners that a topic's message names."""


class Articles:
    """Makes results in one language from one generation of the content."""

    def __init__(self, services: Services, username: str, language: str) -> None:
        self._texts, self._language, self._username = services.texts, language, username
        self._content: Content = services.knowledge.content

    def everything(self) -> list[Result]:
        """All topics that have partners, then all partners: what to choose from before typing."""
        partners = sorted(self._content.partners, key=lambda p: self._name(p).casefold())
        topics = [made for topic in self._content.topics if (made := self._topic(topic))]
        return [*topics, *(self._partner(partner) for partner in partners)]

    def partner(self, partner_id: str) -> Result | None:
        """The result for a partner, or None when there is none of that id."""
        partner = self._content.partner(partner_id)
        return self._partner(partner) if partner else None

    def _partner(self, partner: Partner) -> Result:
        summary = in_language(partner.summary, self._language) or ""
        paragraphs: list[Paragraph] = [
            (Span(self._name(partner), Style.BOLD),),
            (Span(summary),),
        ]
        buttons = [self._open(f"p_{partner.id}")]
        if partner.website:
            paragraphs.append((Span(partner.website, url=partner.website),))
            buttons.insert(0, Button(host(partner.website), url=partner.website))
        return self._article(f"p_{partner.id}", self._name(partner), summary, paragraphs, buttons)

    def _topic(self, topic: Topic) -> Result | None:
        members = [p for p in self._content.partners if topic.id in p.topics]
        if not members:
            return None
        label = in_language(topic.label, self._language) or topic.id
        title = self._texts.say("telegram_inline_topic", self._language, topic=label)
        shorter = (short_name(partner, self._language) for partner in members[:LISTED])
        names = self._texts.list(shorter, self._language)
        lines = [(Span("• "), Span(self._name(p), url=p.website)) for p in members[:LISTED]]
        if len(members) > LISTED:
            lines.append((Span("• "), Span("…")))
        one_a_line = tuple(span for line in lines for span in (*line, Span("\n")))[:-1]
        paragraphs: list[Paragraph] = [(Span(title, Style.BOLD),), one_a_line]
        return self._article(
            f"t_{topic.id}", title, names, paragraphs, [self._open(f"t_{topic.id}")]
        )

    def _name(self, partner: Partner) -> str:
        return full_name(partner, self._language)

    def _open(self, parameter: str) -> Button:
        """A button that goes on in the private chat; it works wherever the message is."""
        url = f"https://t.me/{self._username}?start={parameter}"
        return Button(self._texts.say("telegram_inline_open", self._language), url=url)

    def _article(
        self,
        result_id: str,
        title: str,
        description: str,
        paragraphs: Sequence[Paragraph],
        buttons: Sequence[Button],
    ) -> Result:
        reply = Reply(Kind.MORE, self._language, tuple(paragraphs), buttons=(tuple(buttons),))
        message = rendered(reply)
        content = InputTextMessageContent(
            message.html, parse_mode=ParseMode.HTML, link_preview_options=message.preview
        )
        return InlineQueryResultArticle(
            id=result_id,
            title=clean(title),
            input_message_content=content,
            reply_markup=message.buttons,
            description=cut(description, DESCRIPTION),
        )


def host(url: str) -> str:
    """The name of a website, as people say it: no scheme, no www."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
