"""A screen of a chat as a small HTML page in Telegram's look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from bot_api_server import Chat, Message, User

PAGE = Template((Path(__file__).parent / "telegram.html").read_text(encoding="utf-8"))
COLOURS = ("#e17076", "#7bc862", "#65aadd", "#a695e7", "#ee7aae", "#6ec9cb", "#faa774")
MEMBERS = {"en": "members", "fr": "membres"}
TAGS = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code",
    "pre": "code",
}  # fmt: skip
LINKS = (
    "text_link", "url", "email", "mention", "text_mention", "hashtag", "bot_command", "cashtag",
    "phone_number",
)  # fmt: skip
STROKE = 'fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"'
CHEVRON = f'<svg viewBox="0 0 16 16" {STROKE} stroke-width="2"><path d="m3 6 5 5 5-5"/></svg>'
ARROW = f'<svg viewBox="0 0 10 10" {STROKE} stroke-width="1.6"><path d="M1 9 9 1M3 1h6v6"/></svg>'
SHEETS = (
    f'<svg viewBox="0 0 10 10" {STROKE} stroke-width="1.2">'
    '<rect x="3" y="3" width="6" height="6" rx="1"/><path d="M1 7V2a1 1 0 0 1 1-1h5"/></svg>'
)


@dataclass(frozen=True)
class Screen:
    """A chat as `viewer` sees it: its messages, perhaps words being typed and results for them."""

    language: str
    viewer: User
    chat: Chat
    bot: User
    messages: Sequence[Message]
    typed: str = ""
    results: Sequence[dict[str, Any]] = ()


def page(screen: Screen, height: int = 0) -> str:
    """The whole page, at least `height` CSS pixels high."""
    bot, chat = screen.bot, screen.chat
    title = bot.first_name if chat.is_private else chat.title
    members = f"{len(chat.statuses) + 1} {MEMBERS[screen.language]}"
    typing = f'<span class="typed">{escape(screen.typed)}</span>'
    return PAGE.substitute(
        language=screen.language,
        height=height,
        placed="flex-end" if screen.results else "flex-start",
        title=escape(title),
        subtitle="bot" if chat.is_private else members,
        face=_face(title, bot.id if chat.is_private else -chat.id),
        messages="\n".join(_messages(screen)),
        results=_results(screen),
        typing=typing if screen.typed else "<span>Message</span>",
    )


def _messages(screen: Screen) -> list[str]:
    """A minute passes with each thing a person says."""
    drawn, minute = [], 41
    for number, message in enumerate(screen.messages):
        minute += number > 0 and message.sender is not screen.bot
        drawn.append(_message(screen, message, f"09:{minute}"))
    return drawn


def _message(screen: Screen, message: Message, time: str) -> str:
    is_own = message.sender is screen.viewer
    is_named = not is_own and not screen.chat.is_private
    kind = "message own" if is_own else "message"
    kind += " has-keys wide" if message.buttons else ""
    face = _face(message.sender.first_name, message.sender.id) if is_named else ""
    ticks = " ✓✓" if is_own else ""
    return (
        f'<div class="{kind}">{face}<div class="block"><div class="bubble">'
        f"{_above(message, is_named)}"
        f'<div class="words">{words(message.text, message.entities)}</div>'
        f'<span class="time">{time}{ticks}</span></div>{_keys(message)}</div></div>'
    )


def _above(message: Message, is_named: bool) -> str:
    """Who wrote, by which bot, and what it answers."""
    drawn = ""
    if is_named:
        colour = _colour(message.sender.id)
        drawn += (
            f'<div class="name" style="color:{colour}">{escape(message.sender.first_name)}</div>'
        )
    if message.via_bot:
        drawn += f'<div class="via">via <b>@{escape(message.via_bot.username)}</b></div>'
    if message.reply_to:
        name, text = message.reply_to.sender.first_name, message.reply_to.text
        drawn += f'<div class="reply"><b>{escape(name)}</b><span>{escape(text)}</span></div>'
    return drawn


def words(text: str, entities: Sequence[dict[str, Any]]) -> str:
    """The text with its entities, whose offsets count UTF-16 units, as HTML."""
    units = text.encode("utf-16-le")
    ordered = sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))
    return _between(units, ordered, 0, len(units) // 2)


def _between(units: bytes, entities: Sequence[dict[str, Any]], start: int, end: int) -> str:
    """The part from `start` to `end`, with the entities inside it; they nest, never overlap."""
    drawn, at = "", start
    for number, entity in enumerate(entities):
        first, last = entity["offset"], entity["offset"] + entity["length"]
        if not at <= first < last <= end:
            continue
        inner = _between(units, entities[number + 1 :], first, last)
        is_block = "blockquote" in entity["type"]
        drawn += _plain(units, at, first).removesuffix("\n" if is_block else "")
        drawn += _marked(entity, inner)
        # A block has its own line already.
        at = last + (is_block and units[2 * last : 2 * last + 2] == "\n".encode("utf-16-le"))
    return drawn + _plain(units, at, end)


def _plain(units: bytes, start: int, end: int) -> str:
    return escape(units[2 * start : 2 * end].decode("utf-16-le"))


def _marked(entity: dict[str, Any], inner: str) -> str:
    kind = entity["type"]
    if kind == "expandable_blockquote":
        return f'<blockquote class="folded"><div>{inner}</div>{CHEVRON}</blockquote>'
    if kind == "blockquote":
        return f"<blockquote>{inner}</blockquote>"
    if kind in LINKS:
        return f"<a>{inner}</a>"
    return f"<{TAGS[kind]}>{inner}</{TAGS[kind]}>"


def _keys(message: Message) -> str:
    """The keyboard; the keys of a row share its width, long labels are cut, as on a phone."""
    rows = (message.reply_markup or {}).get("inline_keyboard", [])
    drawn = ["".join(_key(key) for key in row) for row in rows]
    return f'<div class="keys">{"".join(f"<div class=row>{row}</div>" for row in drawn)}</div>'


def _key(key: dict[str, Any]) -> str:
    sign = ARROW if "url" in key or any(name.startswith("switch") for name in key) else ""
    sign = SHEETS if "copy_text" in key else sign
    return f'<div class="key"><span>{escape(key["text"])}</span>{sign}</div>'


def _results(screen: Screen) -> str:
    drawn = ""
    for number, result in enumerate(screen.results):
        title, about = escape(result["title"]), escape(result.get("description", ""))
        face = _face(result["title"][0], number)
        drawn += f'<div class="result">{face}<div><b>{title}</b><p>{about}</p></div></div>'
    return f'<div class="results">{drawn}</div>' if drawn else ""


def _face(name: str, number: int) -> str:
    """The round mark of somebody without a photo: initials on a colour of their own."""
    initials = "".join(word[0] for word in name.split()[:2]).upper()
    return f'<div class="face" style="background:{_colour(number)}">{escape(initials)}</div>'


def _colour(number: int) -> str:
    return COLOURS[number % len(COLOURS)]
