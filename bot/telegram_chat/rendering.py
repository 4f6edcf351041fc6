"""A reply as Telegram shows it: HTML, buttons, link preview. Everything in a reply is data."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape

from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    SwitchInlineQueryChosenChat,
)

from bot.dialogue.messages import Button, Kind, Paragraph, Reply, Span, Style

LONGEST = 4096
"""UTF-16 units of a message, counted without its markup."""

DATA, COPIED, QUERY = 64, 256, 256
"""The most that buttons take: bytes of an action, characters to copy, characters to share."""

ROWS, IN_A_ROW = 12, 8
GAP = "\n\n"
CUT = "…"
PREVIEWED = (Kind.CARD, Kind.LINK)

_TAGS = {
    Style.BOLD: ("<b>", "</b>"),
    Style.ITALIC: ("<i>", "</i>"),
    Style.QUOTE: ("<blockquote expandable>", "</blockquote>"),
}
_WEB = re.compile(r"https?://[^\s/?#@]+\.[^\s/?#@.]{2,}([/?#]\S*)?\Z", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Rendered:
    """What is given to Telegram for one message."""

    html: str
    plain: str
    buttons: InlineKeyboardMarkup | None
    preview: LinkPreviewOptions


def rendered(reply: Reply) -> Rendered:
    """The whole reply for Telegram."""
    paragraphs = fitting(reply.paragraphs)
    return Rendered(
        html(paragraphs), reply.text[: LONGEST // 2], keyboard(reply.buttons), preview(reply)
    )


def html(paragraphs: Iterable[Paragraph]) -> str:
    """Paragraphs as Telegram's HTML, an empty line between them."""
    return GAP.join("".join(_span(span) for span in paragraph) for paragraph in paragraphs)


def _span(span: Span) -> str:
    text = escape(clean(span.text), quote=False)
    if span.url and is_web(span.url) and text.strip():
        text = f'<a href="{escape(span.url)}">{text}</a>'
    before, after = _TAGS.get(span.style, ("", ""))
    return f"{before}{text}{after}" if text.strip() else text


def clean(text: str) -> str:
    """Text that can be sent: no half letters, no control characters."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _CONTROL.sub(" ", whole)


def is_web(url: str) -> bool:
    """May a person be sent there? Only to http and https, and only to a real host."""
    return bool(_WEB.match(url))


def fitting(paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """As many whole paragraphs as one message holds; the first is cut when it is too long."""
    kept: list[Paragraph] = []
    left = LONGEST - units(GAP + CUT)
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
            yield replace(span, text=cut(text, left))
            return
        yield span
        left -= units(text)


def cut(text: str, limit: int) -> str:
    """A text of at most about ``limit`` UTF-16 units: after a whole word where it must end."""
    text = clean(text)
    if units(text) <= limit:
        return text
    words = first_units(text, limit)
    return (words.rpartition(" ")[0] or words).rstrip(" ,;:") + CUT


def units(text: str) -> int:
    """How long Telegram says a text is: its UTF-16 code units."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def first_units(text: str, limit: int) -> str:
    """The beginning of a text, at most ``limit`` UTF-16 units, no letter cut in two."""
    return text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")


def keyboard(rows: Iterable[Iterable[Button]]) -> InlineKeyboardMarkup | None:
    """The buttons Telegram would take; one that it would refuse is left out."""
    kept = [[made for button in row if (made := _button(button))][:IN_A_ROW] for row in rows]
    full = [row for row in kept if row][:ROWS]
    return InlineKeyboardMarkup(full) if full else None


def _button(button: Button) -> InlineKeyboardButton | None:
    label = clean(button.label).strip()
    if not label:
        return None
    if button.action and len(button.action.encode()) <= DATA:
        return InlineKeyboardButton(label, callback_data=button.action)
    if button.url and is_web(button.url):
        return InlineKeyboardButton(label, url=button.url)
    if button.copy and units(button.copy) <= COPIED:
        return InlineKeyboardButton(label, copy_text=CopyTextButton(button.copy))
    if button.share is not None:
        chats = SwitchInlineQueryChosenChat(
            first_units(button.share, QUERY),
            allow_user_chats=True,
            allow_group_chats=True,
            allow_channel_chats=True,
        )
        return InlineKeyboardButton(label, switch_inline_query_chosen_chat=chats)
    return None


def preview(reply: Reply) -> LinkPreviewOptions:
    """A preview of the website under a single card; none under lists, where it would mislead."""
    spans = [span for paragraph in reply.paragraphs for span in paragraph]
    buttons = [button for row in reply.buttons for button in row]
    links = {url for url in [*(s.url for s in spans), *(b.url for b in buttons)] if url}
    if reply.kind in PREVIEWED and len(links) == 1 and is_web(link := links.pop()):
        return LinkPreviewOptions(url=link, prefer_small_media=True)
    return LinkPreviewOptions(is_disabled=True)
