"""A reply as Telegram shows it: HTML, buttons, link preview. Everything in a reply is data."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from telegram import InlineKeyboardMarkup, LinkPreviewOptions

from bot.dialogue.messages import Kind, Paragraph, Reply, Span, Style
from bot.telegram_chat.keyboard import keyboard
from bot.telegram_chat.plain_text import CUT, clean, cut, is_web, units

LONGEST = 4096
"""UTF-16 units of a message, counted without its markup."""

GAP = "\n\n"

KEPT = 2_000
"""Spans whose HTML is remembered: names, links and sentences stand in many answers."""

PREVIEWED = (Kind.CARD, Kind.LINK)

_NO_PREVIEW = json.dumps({"is_disabled": True})

_TAGS = {
    Style.BOLD: ("<b>", "</b>"),
    Style.ITALIC: ("<i>", "</i>"),
    Style.QUOTE: ("<blockquote expandable>", "</blockquote>"),
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """What is given to Telegram for one message; ``keyboard`` and ``link_preview`` as its JSON."""

    reply: Reply
    html: str
    keyboard: str | None
    link_preview: str

    @property
    def plain(self) -> str:
        """The text where Telegram refuses the HTML."""
        return clean(self.reply.text)[: LONGEST // 2]

    @property
    def buttons(self) -> InlineKeyboardMarkup | None:
        """The keyboard as the library has it."""
        return InlineKeyboardMarkup.de_json(json.loads(self.keyboard)) if self.keyboard else None

    @property
    def preview(self) -> LinkPreviewOptions:
        """What is shown of a link, as the library has it."""
        return LinkPreviewOptions.de_json(json.loads(self.link_preview))


def rendered(reply: Reply) -> Rendered:
    """The whole reply for Telegram."""
    paragraphs = fitting(said_once(reply))
    return Rendered(reply, html(paragraphs), keyboard(reply.buttons), preview(reply))


def said_once(reply: Reply) -> tuple[Paragraph, ...]:
    """The paragraphs without example questions that stand on buttons as well: phones are small."""
    asked = {b.label for row in reply.buttons for b in row if (b.action or "").startswith("ask:")}
    if not asked:
        return reply.paragraphs
    kept = [p for p in reply.paragraphs if _unquoted(p) not in asked]
    before = zip(reply.paragraphs, reply.paragraphs[1:], strict=False)
    announcing = [p for p, after in before if p in kept and after not in kept]
    # "For example:" announces the buttons when nothing comes between.
    return tuple(p for p in kept if p not in announcing or p is kept[-1])


def _unquoted(paragraph: Paragraph) -> str:
    return "".join(span.text for span in paragraph).strip("“”«»„\"'\u00a0\u202f ")


def html(paragraphs: Iterable[Paragraph]) -> str:
    """Paragraphs as Telegram's HTML, an empty line between them."""
    return GAP.join(["".join([_span(span) for span in paragraph]) for paragraph in paragraphs])


@lru_cache(KEPT)
def _span(span: Span) -> str:
    text = escape(clean(span.text), quote=False)
    if (span.style is Style.PLAIN and not span.url) or not text.strip():
        return text
    if span.url and is_web(span.url):
        text = f'<a href="{escape(span.url)}">{text}</a>'
    before, after = _TAGS.get(span.style, ("", ""))
    return f"{before}{text}{after}"


def fitting(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """As many whole paragraphs as one message holds; the first is cut when it is too long."""
    kept: list[Paragraph] = []
    left = LONGEST - units(GAP + CUT)
    letters = sum([len(span.text) for paragraph in paragraphs for span in paragraph])
    if 2 * (letters + len(GAP) * len(paragraphs)) <= left:
        return tuple(paragraphs)  # whatever letters they are; nearly all replies
    for paragraph in paragraphs:
        size = sum(units(clean(span.text)) for span in paragraph) + (units(GAP) if kept else 0)
        if size > left:
            kept.append((Span(CUT),) if kept else tuple(_cut(paragraph, left)))
            break
        kept.append(paragraph)
        left -= size
    return tuple(kept)


def _cut(paragraph: Paragraph, left: int) -> Iterator[Span]:
    for span in paragraph:
        text = clean(span.text)
        if units(text) > left:
            yield span._replace(text=cut(text, left))
            return
        yield span
        left -= units(text)


def preview(reply: Reply) -> str:
    """A preview of the website under a single card; none under lists, where it would mislead."""
    if reply.kind in PREVIEWED:
        spans = [span for paragraph in reply.paragraphs for span in paragraph]
        buttons = [button for row in reply.buttons for button in row]
        links = {url for url in [*(s.url for s in spans), *(b.url for b in buttons)] if url}
        if len(links) == 1 and is_web(link := links.pop()):
            return json.dumps({"url": link, "prefer_small_media": True})
    return _NO_PREVIEW
