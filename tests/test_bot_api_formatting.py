"""HTML becomes text and entities, and what Telegram refuses or swallows of it is told."""

from __future__ import annotations

import calling_bot_api
import pytest
from bot_api_server import BotApiServer, User
from calling_bot_api import refused
from telegram import Bot
from telegram.error import BadRequest

ana, bot, server = calling_bot_api.ana, calling_bot_api.bot, calling_bot_api.server


async def test_html_becomes_text_and_entities(server: BotApiServer, bot: Bot, ana: User) -> None:
    source = (
        '😀 <b>bold <i>both</i></b> <a href="https://a.org/?x=1&amp;y=2">l&lt;nk</a> '
        '<u>u</u><s>s</s><code>c</code><span class="tg-spoiler">p</span>'
        "<blockquote expandable>long &#233;</blockquote>"
        '<pre><code class="language-python">x = 1</code></pre>'
    )
    message = await bot.send_message(ana.id, source, parse_mode="HTML")
    assert message.text == "😀 bold both l<nk uscplong éx = 1"
    found = [(e.type, message.parse_entity(e)) for e in message.entities]
    assert found == [
        ("bold", "bold both"),
        ("italic", "both"),
        ("text_link", "l<nk"),
        ("underline", "u"),
        ("strikethrough", "s"),
        ("code", "c"),
        ("spoiler", "p"),
        ("expandable_blockquote", "long é"),
        ("pre", "x = 1"),
    ]
    assert message.entities[0].offset == 3
    assert message.entities[2].url == "https://a.org/?x=1&y=2"
    assert message.entities[-1].language == "python"
    assert server.complaints == []
    assert server.messages(ana)[0].links == ["https://a.org/?x=1&y=2"]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("é<x>a</x>", 'Unsupported start tag "x" at byte offset 2'),
        ("a<br/>b", 'Unsupported start tag "br/" at byte offset 1'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ('<span class="x">a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href=http://a.org>a</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="a.org>a</a>', "Unclosed start tag at byte offset 0"),
        ("<a href>a</a>", 'Expected equal sign in declaration of an attribute of the tag "a"'),
        ('<tg-emoji emoji-id="x">a</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
async def test_broken_html_is_refused_in_telegrams_words(
    bot: Bot, ana: User, source: str, words: str
) -> None:
    with pytest.raises(BadRequest) as refusal:
        await bot.send_message(ana.id, source, parse_mode="HTML")
    assert refusal.value.message.lower().startswith(f"can't parse entities: {words}".lower())


@pytest.mark.parametrize(
    ("source", "text", "finding"),
    [
        ("a&nbsp;b", "a&nbsp;b", "'&nbsp;' is shown"),
        ("R & D", "R & D", "'&' is shown"),
        ('<a href="javascript:x">a</a>', "a", "the link 'javascript:x' is dropped"),
        ('<b style="x">a</b>', "a", "attribute style of <b> is ignored"),
        ("<b>a</b> " * 101, ("a " * 101).strip(), "the last of 101 are ignored"),
        ("<code><b>a</b></code>", "a", "<b> inside code or pre"),
        ("<blockquote><blockquote>a</blockquote></blockquote>", "a", "can't be nested"),
    ],
)
async def test_what_telegram_swallows_is_noted(
    server: BotApiServer, bot: Bot, ana: User, source: str, text: str, finding: str
) -> None:
    message = await bot.send_message(ana.id, source, parse_mode="HTML")
    assert message.text == text
    assert len(server.complaints) == 1
    assert finding in server.complaints[0]


async def test_length_counts_in_utf16_after_parsing(bot: Bot, ana: User) -> None:
    longest = "<b>" + "😀" * 2048 + "</b>"
    assert (await bot.send_message(ana.id, longest, parse_mode="HTML")).text == "😀" * 2048
    with refused("message is too long"):
        await bot.send_message(ana.id, "😀" * 2048 + "a")


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "message text is empty"), ("<b> </b>", "text must be non-empty")],
)
async def test_an_empty_message_is_refused(bot: Bot, ana: User, text: str, words: str) -> None:
    with refused(words):
        await bot.send_message(ana.id, text, parse_mode="HTML")


async def test_space_around_a_message_is_trimmed(bot: Bot, ana: User) -> None:
    message = await bot.send_message(ana.id, "\n <b> a</b> \n", parse_mode="HTML")
    assert (message.text, message.entities[0].offset, message.entities[0].length) == ("a", 0, 1)


async def test_other_parse_modes_are_refused(server: BotApiServer, bot: Bot, ana: User) -> None:
    with refused("unsupported parse_mode"):
        await bot.send_message(ana.id, "*a*", parse_mode="MarkdownV2")
    assert len(server.complaints) == 1
