"""Inline results: one partner or one topic each, and the message that is sent when it is chosen."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from telegram import InlineQueryResultArticle, InputTextMessageContent
from telegram.constants import ParseMode

from bot.dialogue.messages import Button, Kind, Paragraph, Reply, Span, Style
from bot.dialogue.naming import full_name, short_name
from bot.services import Services
from bot.telegram_chat.inline_presses import replaced_buttons
from bot.telegram_chat.plain_text import clean, cut
from bot.telegram_chat.rendering import rendered
from content.models import Content, Partner, Topic, in_language

Result = InlineQueryResultArticle

DESCRIPTION = 200
"""Units of the words under a result; a phone shows two lines."""

LISTED, PRESSED = 30, 6
"""Partners that a topic's message names, and those with a button."""


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
        rows = [(self._card(partner),), (self._open(f"p_{partner.id}"),)]
        if partner.website:
            paragraphs.append((Span(partner.website, url=partner.website),))
            rows.insert(0, (Button(host(partner.website), url=partner.website),))
        return self._article(f"p_{partner.id}", self._name(partner), summary, paragraphs, rows)

    def _topic(self, topic: Topic) -> Result | None:
        members = [p for p in self._content.partners if topic.id in p.topics]
        if not members:
            return None
        label = in_language(topic.label, self._language) or topic.id
        title = self._texts.say("telegram_inline_topic", self._language, topic=label)
        shorter = (short_name(partner, self._language) for partner in members[:LISTED])
        names = self._texts.list(shorter, self._language)
        paragraphs: list[Paragraph] = [(Span(title, Style.BOLD),), self._lines(members)]
        rows = [(self._card(partner, named=True),) for partner in members[:PRESSED]]
        rows.append((self._open(f"t_{topic.id}"),))
        return self._article(f"t_{topic.id}", title, names, paragraphs, rows)

    def together(self, found: Sequence[tuple[str, Sequence[str]]]) -> Result | None:
        """One message for several needs: under each, the partners (by id) that answer it."""
        paragraphs: list[Paragraph] = []
        members: list[Partner] = []
        for need, ids in found:
            partners = [p for i in ids if (p := self._content.partner(i))]
            if partners:
                paragraphs += [(Span(clean(need), Style.BOLD),), self._lines(partners)]
                members += [p for p in partners if p not in members]
        if len(paragraphs) < 2 * len(found):
            return None
        needs = self._texts.list([clean(need) for need, _ in found], self._language)
        title = self._texts.say("telegram_inline_both", self._language, topics=needs)
        names = self._texts.list([short_name(p, self._language) for p in members], self._language)
        rows = [(self._card(partner, named=True),) for partner in members[:PRESSED]]
        return self._article("together", title, names, paragraphs, rows)

    def _lines(self, partners: Sequence[Partner]) -> Paragraph:
        """A line a partner, its name a link where it has a website."""
        lines = [(Span("• "), Span(self._name(p), url=p.website)) for p in partners[:LISTED]]
        if len(partners) > LISTED:
            lines.append((Span("• "), Span("…")))
        return tuple(span for line in lines for span in (*line, Span("\n")))[:-1]

    def _card(self, partner: Partner, named: bool = False) -> Button:
        """A button that turns the message into a partner's card."""
        name = short_name(partner, self._language)
        label = name if named else self._texts.say("button_card", self._language, name=name)
        return Button(label, action=f"card:{partner.id}")

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
        rows: Sequence[tuple[Button, ...]],
    ) -> Result:
        reply = Reply(Kind.MORE, self._language, tuple(paragraphs), buttons=tuple(rows))
        message = rendered(replaced_buttons(reply))
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
