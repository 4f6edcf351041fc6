"""The loopback Bot API server refuses what Telegram refuses, and takes what Telegram takes.

Driven by a real `telegram.Bot` and `Application` over HTTP; raw requests where those are too good.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from bot_api_server import TOKEN, BotApiServer, Chat, User
from telegram import (
    Bot,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    ReactionTypeEmoji,
    ReplyParameters,
    Update,
)
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0\0\0\x20\0\0\0\x10" + b"\0" * 20


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as running:
        yield running


@pytest.fixture
async def bot(server: BotApiServer) -> AsyncIterator[Bot]:
    client = Bot(TOKEN, base_url=server.base_url, base_file_url=server.base_file_url)
    async with client:
        yield client


@pytest.fixture
def ana(server: BotApiServer) -> User:
    user = server.new_user("Ana", language_code="fr", username="ana_p")
    server.start(user)
    return user


async def raw(server: BotApiServer, method: str, **params: Any) -> tuple[int, dict[str, Any]]:
    """A JSON request past python-telegram-bot."""
    url = f"{server.base_url}{TOKEN}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=params) as answer:
        return answer.status, await answer.json()


def refused(words: str, kind: type[TelegramError] = BadRequest) -> Any:
    """Expects a refusal with these words; python-telegram-bot changes their capital letters."""
    return pytest.raises(kind, match=f"(?i){re.escape(words)}")


def article(
    result_id: str = "a", title: str = "A", text: str = "a", **more: Any
) -> InlineQueryResultArticle:
    content = InputTextMessageContent(text, parse_mode="HTML")
    return InlineQueryResultArticle(result_id, title, content, **more)


def one_button(**action: Any) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Go", **action)]])


# --- the edge -----------------------------------------------------------------------------


async def test_get_me_answers_the_bot(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.username, me.id, me.is_bot) == ("partner_test_bot", bot.id, True)
    assert me.supports_inline_queries
    assert not me.can_read_all_group_messages


async def test_a_wrong_token_is_refused(server: BotApiServer) -> None:
    stranger = Bot("7000000001:wrong", base_url=server.base_url)
    with pytest.raises(InvalidToken):
        await stranger.get_me()
    await stranger.request.shutdown()


async def test_an_unknown_method_is_refused_and_noted(server: BotApiServer) -> None:
    status, body = await raw(server, "sendTelepathy")
    assert (status, body["error_code"]) == (404, 404)
    assert server.complaints == [
        "sendTelepathy: aiogram: no such method",
        "unknown method sendTelepathy",
    ]


async def test_an_unknown_parameter_is_refused_and_noted(server: BotApiServer, ana: User) -> None:
    status, body = await raw(server, "sendMessage", chat_id=ana.id, text="a", colour="red")
    assert (status, body["ok"]) == (400, False)
    assert server.complaints == [
        "sendMessage: aiogram: unknown colour",
        "sendMessage: unknown parameter colour",
    ]
    assert server.messages(ana) == []


async def test_a_parameter_of_a_wrong_kind_is_refused_and_noted(
    server: BotApiServer, ana: User
) -> None:
    status, _ = await raw(server, "deleteMessage", chat_id=ana.id, message_id="first")
    assert status == 400
    assert server.complaints == [
        "deleteMessage: aiogram: message_id: Input should be a valid integer ('first')",
        "deleteMessage: message_id is no int: 'first'",
    ]


async def test_json_forms_and_queries_say_the_same(server: BotApiServer, ana: User) -> None:
    params = {"chat_id": str(ana.id), "text": "hello"}
    url = f"{server.base_url}{TOKEN}/sendmessage"
    async with aiohttp.ClientSession() as session:
        for given in ({"json": params}, {"data": params}, {"params": params}):
            async with session.post(url, **given) as answer:  # type: ignore[arg-type]
                assert (await answer.json())["result"]["text"] == "hello"
    assert [call.params["chat_id"] for call in server.calls] == [ana.id] * 3


# --- updates ------------------------------------------------------------------------------


async def test_updates_stay_until_they_are_confirmed(
    server: BotApiServer, bot: Bot, ana: User
) -> None:
    for word in ("one", "two", "three"):
        await server.send_text(ana, ana, word)
    first = await bot.get_updates(limit=2)
    again = await bot.get_updates(limit=2)
    assert [u.message.text for u in first if u.message] == ["one", "two"]
    assert [u.update_id for u in again] == [u.update_id for u in first]
    rest = await bot.get_updates(offset=first[-1].update_id + 1)
    assert [u.message.text for u in rest if u.message] == ["three"]
    assert await bot.get_updates(offset=rest[-1].update_id + 1) == ()
    await server.idle()


async def test_a_long_poll_ends_when_something_comes(
    server: BotApiServer, bot: Bot, ana: User
) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    assert not poll.done()
    await server.send_text(ana, ana, "hello")
    assert len(await asyncio.wait_for(poll, 2)) == 1


async def test_only_kinds_the_bot_asked_for_are_sent(
    server: BotApiServer, bot: Bot, ana: User
) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    await server.send_text(ana, ana, "unheard")
    assert await bot.get_updates() == ()
    assert len(server.updates.withheld) == 1
    await bot.get_updates(allowed_updates=["message"])
    await server.send_text(ana, ana, "heard")
    assert len(await bot.get_updates()) == 1


async def test_an_update_kind_nobody_knows_is_noted(server: BotApiServer, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["mesage"])
    assert server.complaints == ["allowed_updates: there is no kind 'mesage'"]


async def test_a_second_poll_ends_the_first(server: BotApiServer, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    async with Bot(TOKEN, base_url=server.base_url) as other:
        second = await other.get_updates(timeout=0)
    with refused("make sure that only one bot instance is running", Conflict):
        await first
    assert second == ()


async def test_a_conflict_can_be_played(server: BotApiServer, bot: Bot) -> None:
    server.conflict(times=2)
    for _ in range(2):
        with pytest.raises(Conflict):
            await bot.get_updates()
    assert await bot.get_updates() == ()


async def test_polling_with_a_webhook_set_is_a_conflict(server: BotApiServer, bot: Bot) -> None:
    await bot.set_webhook("https://bot.example.org/hook", secret_token="s-1")
    with refused("can't use getUpdates method while webhook is active", Conflict):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://bot.example.org/hook", "An HTTPS URL must be provided"),
        ("https://bot.example.org:444/hook", "only on ports"),
        ("ftp://bot.example.org", "invalid webhook URL"),
    ],
)
async def test_a_webhook_needs_an_address_telegram_takes(bot: Bot, url: str, words: str) -> None:
    with refused(words):
        await bot.set_webhook(url)
    assert (await bot.get_webhook_info()).url == ""


async def test_a_secret_token_has_plain_letters(bot: Bot) -> None:
    with refused("unallowed characters"):
        await bot.set_webhook("https://bot.example.org/hook", secret_token="é à")


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}/hook", "https://bot.example.org/hook"])
async def test_a_webhook_gets_updates_again_until_it_takes_them(
    server: BotApiServer, bot: Bot, ana: User, url: str
) -> None:
    posts: list[tuple[str | None, Any]] = []

    async def hook(request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        posts.append((secret, await request.json()))
        return web.Response(status=500 if len(posts) == 1 else 200)

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    server.updates.retry_delay = 0.02
    server.updates.reroute = f"http://127.0.0.1:{port}"
    await bot.set_webhook(url.format(port=port), secret_token="s-1")
    await server.send_text(ana, ana, "hello")
    await server.idle()
    assert [secret for secret, _ in posts] == ["s-1", "s-1"]
    assert posts[0][1] == posts[1][1]
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
    assert info.pending_update_count == 0
    await runner.cleanup()


async def test_what_a_dead_webhook_missed_waits_for_polling(
    server: BotApiServer, bot: Bot, ana: User
) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    await server.send_text(ana, ana, "hello")
    await server.wait_until(lambda: bool(server.updates.webhook.last_error_message))  # type: ignore[union-attr]
    await bot.delete_webhook()
    assert len(await bot.get_updates()) == 1
    await server.send_text(ana, ana, "again")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_any_update_can_be_pushed(server: BotApiServer, bot: Bot, ana: User) -> None:
    body = {"message_id": 7, "date": 1, "chat": {"id": ana.id, "type": "private"}, "text": "x"}
    await server.push_update({"update_id": 42, "channel_post": body})
    (update,) = await bot.get_updates()
    assert (update.update_id, update.channel_post.text) == (42, "x")  # type: ignore[union-attr]


# --- what people send ---------------------------------------------------------------------


async def test_messages_carry_the_entities_telegram_finds(
    server: BotApiServer, bot: Bot, ana: User
) -> None:
    await server.send_text(
        ana, ana, "😀 /ask@partner_test_bot @ana_p https://a.org/b?c. #x a@b.org"
    )
    (update,) = await bot.get_updates()
    assert update.message is not None
    found = update.message.parse_entities()
    assert {entity.type: text for entity, text in found.items()} == {
        "bot_command": "/ask@partner_test_bot",
        "mention": "@ana_p",
        "url": "https://a.org/b?c",
        "hashtag": "#x",
        "email": "a@b.org",
    }
    assert update.message.from_user is not None
    assert update.message.from_user.language_code == "fr"


async def test_replies_edits_and_topics_look_as_telegrams(
    server: BotApiServer, bot: Bot, ana: User
) -> None:
    forum = server.new_group("Nursery", ana, is_forum=True, bot_status="administrator")
    thread = server.new_topic(forum, ana, "Sleep")
    sent = await server.send_text(forum, ana, "in topic", thread_id=thread)
    await server.send_text(forum, ana, "reply", reply_to=sent.message, thread_id=thread)
    await server.edit_text(sent.message, "changed")
    first, reply, edit = await bot.get_updates()
    assert first.message is not None
    assert reply.message is not None
    assert edit.edited_message is not None
    assert (first.message.message_thread_id, first.message.is_topic_message) == (thread, True)
    assert first.message.reply_to_message is not None
    assert first.message.reply_to_message.forum_topic_created is not None
    assert reply.message.reply_to_message is not None
    assert reply.message.reply_to_message.text == "in topic"
    assert (edit.edited_message.text, edit.edited_message.edit_date is not None) == (
        "changed",
        True,
    )


@pytest.mark.parametrize(
    ("text", "reaches"),
    [
        ("who helps?", False),
        ("@partner_test_bot who helps?", False),
        ("/ask who helps?", True),
        ("/ask@partner_test_bot x", True),
        ("/ask@other_bot x", False),
    ],
)
async def test_privacy_mode_keeps_group_talk_from_the_bot(
    server: BotApiServer, bot: Bot, ana: User, text: str, reaches: bool
) -> None:
    group = server.new_group("Nursery", ana)
    sent = await server.send_text(group, ana, text)
    assert (len(await bot.get_updates()) == 1) is reaches
    assert (sent.update is not None) is reaches


async def test_privacy_mode_lets_replies_to_the_bot_through(
    server: BotApiServer, bot: Bot, ana: User
) -> None:
    group = server.new_group("Nursery", ana)
    answer = await bot.send_message(group.id, "hello")
    mine = server.chats[group.id].messages[answer.message_id]
    await server.send_text(group, ana, "and for babies?", reply_to=mine)
    assert len(await bot.get_updates()) == 1


async def test_files_people_send_can_be_fetched(server: BotApiServer, bot: Bot, ana: User) -> None:
    await server.send_document(ana, ana, "cose.yaml", b"name: x", caption="new")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    assert update.message.document.file_name == "cose.yaml"
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"name: x"
    with refused("invalid file_id"):
        await bot.get_file("no-such-file")


# --- sending ------------------------------------------------------------------------------


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


async def test_only_chats_that_are_there_can_be_written_to(
    server: BotApiServer, bot: Bot, ana: User
) -> None:
    stranger = server.new_user("Bo")
    for chat_id in (123, stranger.id):
        with refused("chat not found"):
            await bot.send_message(chat_id, "hello")
    group = server.new_group("Nursery", stranger)
    with refused("bot can't initiate conversation with a user", Forbidden):
        await bot.send_message(stranger.id, "hello")
    assert await bot.get_chat_member(group.id, stranger.id)
    await server.send_text(stranger, stranger, "/start")
    assert await bot.send_message(stranger.id, "hello")
    await server.set_bot_status(stranger, stranger, "kicked")
    with refused("bot was blocked by the user", Forbidden):
        await bot.send_message(stranger.id, "hello")
    *_, update = await bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"


async def test_a_group_the_bot_left_is_closed(server: BotApiServer, bot: Bot, ana: User) -> None:
    group = server.new_group("Nursery", ana, kind="group")
    assert (await bot.get_chat_member(group.id, ana.id)).status == "creator"
    assert (await bot.get_chat(group.id)).title == "Nursery"
    await bot.leave_chat(group.id)
    with refused("bot is not a member of the group chat", Forbidden):
        await bot.send_message(group.id, "hello")
    with refused("private chats"):
        await bot.leave_chat(ana.id)


async def test_replies_must_be_to_messages_that_are_there(
    server: BotApiServer, bot: Bot, ana: User
) -> None:
    sent = await server.send_text(ana, ana, "hello")
    reply = ReplyParameters(sent.message.message_id)
    answer = await bot.send_message(ana.id, "hi", reply_parameters=reply)
    assert answer.reply_to_message is not None
    with refused("message to be replied not found"):
        await bot.send_message(ana.id, "hi", reply_parameters=ReplyParameters(99))
    forgiving = ReplyParameters(99, allow_sending_without_reply=True)
    assert (await bot.send_message(ana.id, "hi", reply_parameters=forgiving)).text == "hi"


async def test_topics_must_be_there(server: BotApiServer, bot: Bot, ana: User) -> None:
    forum = server.new_group("Nursery", ana, is_forum=True)
    thread = server.new_topic(forum, ana, "Sleep")
    sent = await bot.send_message(forum.id, "a", message_thread_id=thread)
    assert sent.message_thread_id == thread
    for chat, wrong in ((forum, 99), (server.chats[ana.id], thread)):
        with refused("message thread not found"):
            await bot.send_message(chat.id, "a", message_thread_id=wrong)


async def test_link_previews_have_known_fields(server: BotApiServer, bot: Bot, ana: User) -> None:
    options = LinkPreviewOptions(is_disabled=True)
    assert await bot.send_message(ana.id, "a", link_preview_options=options)
    status, _ = await raw(
        server, "sendMessage", chat_id=ana.id, text="a", link_preview_options={"off": True}
    )
    assert status == 400
    assert server.complaints == [
        "sendMessage: aiogram: unknown link_preview_options.off",
        "link preview options: unknown field off",
    ]


async def test_an_upgraded_group_says_its_new_id(server: BotApiServer, ana: User) -> None:
    group = server.new_group("Nursery", ana, kind="group")
    new = server.upgrade(group)
    status, body = await raw(server, "sendMessage", chat_id=group.id, text="a")
    assert (status, body["parameters"]) == (400, {"migrate_to_chat_id": new.id})


async def test_documents_and_photos_are_uploaded(server: BotApiServer, bot: Bot, ana: User) -> None:
    sent = await bot.send_document(ana.id, b"a,b", filename="a.csv", caption="<b>x</b>",
                                   parse_mode="HTML")  # fmt: skip
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size, sent.caption) == ("a.csv", 3, "x")
    assert await bot.send_document(ana.id, sent.document.file_id)
    photo = await bot.send_photo(ana.id, PNG, caption="c")
    assert (photo.photo[-1].width, photo.photo[-1].height) == (32, 16)
    assert server.files[photo.photo[-1].file_id].content == PNG
    with refused("IMAGE_PROCESS_FAILED"):
        await bot.send_photo(ana.id, b"no picture", filename="a.png")
    with refused("message caption is too long"):
        await bot.send_photo(ana.id, PNG, caption="c" * 1025)
    with refused("wrong remote file identifier"):
        await bot.send_document(ana.id, "no-such-file")


async def test_chat_actions_and_reactions_are_known_ones(
    server: BotApiServer, bot: Bot, ana: User
) -> None:
    assert await bot.send_chat_action(ana.id, "typing")
    with refused("wrong parameter action"):
        await bot.send_chat_action(ana.id, "thinking")
    sent = await server.send_text(ana, ana, "thanks")
    assert await bot.set_message_reaction(ana.id, sent.message.message_id, "👍")
    assert sent.message.reactions == [ReactionTypeEmoji("👍").to_dict()]
    with refused("REACTION_INVALID"):
        await bot.set_message_reaction(ana.id, sent.message.message_id, "🥕")
    with refused("message to react not found"):
        await bot.set_message_reaction(ana.id, 99, "👍")


# --- keyboards ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "action",
    [
        {"callback_data": "é" * 32},
        {"url": "https://a.org"},
        {"url": "tg://resolve?domain=a"},
        {"switch_inline_query": ""},
        {"api_kwargs": {"copy_text": {"text": "c" * 256}}},
    ],
)
async def test_good_buttons_are_shown(
    server: BotApiServer, bot: Bot, ana: User, action: dict[str, Any]
) -> None:
    await bot.send_message(ana.id, "a", reply_markup=one_button(**action))
    assert [button.text for button in server.messages(ana)[0].buttons] == ["Go"]


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ({"callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"url": "ftp://a.org"}, "'ftp://a.org' is invalid: Unsupported URL protocol"),
        ({"url": "http://localhost:80/a"}, "'http://localhost:80/a' is invalid: Wrong HTTP URL"),
        ({"copy_text": {"text": "c" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({}, "Text buttons are unallowed in the inline keyboard"),
        ({"url": "https://a.org", "callback_data": "a"}, "exactly one action"),
        ({"callback_data": "a", "style": "pink"}, "BUTTON_STYLE_INVALID"),
        ({"callback_data": "a", "text": " "}, 'Field "text" must be a non-empty String'),
        ({"callback_data": "a", "colour": "red"}, "unknown field colour"),
    ],
)
async def test_bad_buttons_are_refused(
    server: BotApiServer, ana: User, action: dict[str, Any], words: str
) -> None:
    markup = {"inline_keyboard": [[{"text": "Go", **action}]]}
    status, body = await raw(server, "sendMessage", chat_id=ana.id, text="a", reply_markup=markup)
    assert status == 400
    assert words in body["description"]


async def test_keyboards_have_a_size(bot: Bot, ana: User) -> None:
    button = InlineKeyboardButton("a", callback_data="a")
    assert await bot.send_message(ana.id, "a", reply_markup=InlineKeyboardMarkup([[button] * 8]))
    for rows in ([[button] * 9], [[button] * 8] * 13):
        with refused("reply markup is too long"):
            await bot.send_message(ana.id, "a", reply_markup=InlineKeyboardMarkup(rows))


# --- editing and deleting -----------------------------------------------------------------


async def test_an_edit_must_change_something(server: BotApiServer, bot: Bot, ana: User) -> None:
    keyboard = one_button(callback_data="a")
    sent = await bot.send_message(ana.id, "a", reply_markup=keyboard)
    with refused("message is not modified: specified new message content"):
        await sent.edit_text("<b></b>a", parse_mode="HTML", reply_markup=keyboard)
    await sent.edit_text("b")
    (seen,) = server.messages(ana)
    assert (seen.text, seen.buttons, seen.edits) == ("b", [], 1)
    await sent.edit_reply_markup(keyboard)
    assert seen.buttons[0].data == "a"


async def test_only_own_messages_that_are_there_can_be_edited(
    server: BotApiServer, bot: Bot, ana: User
) -> None:
    sent = await server.send_text(ana, ana, "mine")
    with refused("message can't be edited"):
        await bot.edit_message_text("b", ana.id, sent.message.message_id)
    with refused("message to edit not found"):
        await bot.edit_message_text("b", ana.id, 99)
    photo = await bot.send_photo(ana.id, PNG)
    with refused("there is no text in the message to edit"):
        await photo.edit_text("b")
    with refused("MESSAGE_ID_INVALID"):
        await bot.edit_message_text("b", inline_message_id="none")


async def test_deleting_needs_the_right_to(server: BotApiServer, bot: Bot, ana: User) -> None:
    group = server.new_group("Nursery", ana)
    theirs = await server.send_text(group, ana, "/ask")
    mine = await bot.send_message(group.id, "a")
    assert await mine.delete()
    assert [one.text for one in server.messages(group)] == ["/ask"]
    with refused("message can't be deleted"):
        await bot.delete_message(group.id, theirs.message.message_id)
    with refused("message to delete not found"):
        await mine.delete()
    await server.set_bot_status(group, ana, "administrator")
    assert await bot.delete_message(group.id, theirs.message.message_id)


# --- queries ------------------------------------------------------------------------------


async def test_a_press_is_answered_once_and_in_time(
    server: BotApiServer, bot: Bot, ana: User
) -> None:
    await bot.send_message(ana.id, "a", reply_markup=one_button(callback_data="next"))
    (message,) = server.messages(ana)
    with pytest.raises(AssertionError, match="no button 'other'"):
        await server.send_callback(ana, message, "other")
    query = await server.send_callback(ana, message, text="Go")
    assert server.unanswered() == [query]
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "next"
    with refused("MESSAGE_TOO_LONG"):
        await update.callback_query.answer("a" * 201)
    assert await update.callback_query.answer("a" * 200)
    assert (await server.answered(query)).answer is not None
    with refused("query is too old and response timeout expired"):
        await update.callback_query.answer()
    late = await server.send_callback(ana, message, "next")
    late.at -= 60
    with refused("query is too old and response timeout expired"):
        await bot.answer_callback_query(late.id)


async def test_an_inline_query_is_answered_and_chosen_from(
    server: BotApiServer, bot: Bot, ana: User
) -> None:
    query = await server.send_inline_query(ana, "screens", "10")
    (update,) = await bot.get_updates()
    assert update.inline_query is not None
    assert (update.inline_query.query, update.inline_query.offset) == ("screens", "10")
    results = [
        article("a", "A", "<b>a</b>", reply_markup=one_button(url="https://a.org")),
        article("b" * 64, "B", "b"),
    ]
    help_button = InlineQueryResultsButton("Ask me", start_parameter="help")
    await update.inline_query.answer(results, next_offset="20", cache_time=5, button=help_button)
    assert query.answer is not None
    assert query.answer["next_offset"] == "20"
    group = server.new_group("Nursery", ana)
    message = await server.choose_inline_result(query, "a", group)
    chosen, via = await bot.get_updates(offset=update.update_id + 1)
    assert chosen.chosen_inline_result is not None
    assert via.message is not None
    assert via.message.via_bot is not None
    assert chosen.chosen_inline_result.inline_message_id == message.inline_message_id
    assert message.text == "a"
    await bot.edit_message_text("c", inline_message_id=message.inline_message_id)
    assert (message.text, message.buttons) == ("c", [])


@pytest.mark.parametrize(
    ("results", "more", "words"),
    [
        ([article(str(n)) for n in range(51)], {}, "RESULTS_TOO_MUCH"),
        ([article("a"), article("a")], {}, "RESULT_ID_DUPLICATE"),
        ([article("é" * 33)], {}, "RESULT_ID_INVALID"),
        ([article("")], {}, "RESULT_ID_INVALID"),
        ([article(title="")], {}, "ARTICLE_TITLE_EMPTY"),
        ([article(text="<b>a")], {}, "Can't find end tag"),
        ([article(text="a" * 4097)], {}, "message is too long"),
        ([article(reply_markup=one_button(callback_data="a" * 65))], {}, "BUTTON_DATA_INVALID"),
        ([article(thumbnail_url="nowhere")], {}, "WEBDOCUMENT_URL_INVALID"),
        ([article()], {"next_offset": "a" * 65}, "NEXT_OFFSET_INVALID"),
        ([], {"button": InlineQueryResultsButton("", start_parameter="a")}, "text must be"),
        ([], {"button": InlineQueryResultsButton("a", start_parameter="é")}, "START_PARAM_INVALID"),
    ],
)
async def test_bad_inline_answers_are_refused(
    server: BotApiServer,
    bot: Bot,
    ana: User,
    results: list[InlineQueryResultArticle],
    more: dict[str, Any],
    words: str,
) -> None:
    query = await server.send_inline_query(ana, "a")
    with refused(words):
        await bot.answer_inline_query(query.id, results, **more)
    assert await bot.answer_inline_query(query.id, [article()])


async def test_an_inline_query_is_answered_once_and_in_time(
    server: BotApiServer, bot: Bot, ana: User
) -> None:
    query = await server.send_inline_query(ana, "a")
    await bot.answer_inline_query(query.id, [])
    late = await server.send_inline_query(ana, "a")
    late.at -= 60
    for query_id in (query.id, late.id, "no-such-query"):
        with refused("query is too old"):
            await bot.answer_inline_query(query_id, [])


async def test_a_guest_query_is_answered_where_the_bot_is_no_member(
    server: BotApiServer, bot: Bot, ana: User
) -> None:
    group = server.new_group("Elsewhere", ana, bot_status="left")
    await server.send_guest_message(group, ana, "@partner_test_bot screens?")
    (update,) = await bot.get_updates()
    assert update.guest_message is not None
    query_id = update.guest_message.guest_query_id
    assert query_id is not None
    sent = await bot.answer_guest_query(query_id, article(text="<b>CoSE</b>"))
    assert server.messages(group)[-1].inline_message_id == sent.inline_message_id
    assert server.messages(group)[-1].text == "CoSE"
    with refused("query is too old"):
        await bot.answer_guest_query(query_id, article())


# --- the profile --------------------------------------------------------------------------


async def test_commands_are_kept_by_scope_and_language(
    server: BotApiServer, bot: Bot, ana: User
) -> None:
    await bot.set_my_commands([("ask", "Ask")])
    await bot.set_my_commands([("demander", "Demander")], language_code="fr")
    await bot.set_my_commands([("reindex", "x")], scope=BotCommandScopeChat(ana.id))
    assert [c.command for c in await bot.get_my_commands(language_code="fr")] == ["demander"]
    assert server.menu_for(ana) == ["reindex"]
    await bot.delete_my_commands(scope=BotCommandScopeChat(ana.id))
    assert server.menu_for(ana) == ["demander"]
    assert server.menu_for(server.new_user("Bo", language_code="de")) == ["ask"]


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        ([("Ask", "a")], "BOT_COMMAND_INVALID"),
        ([("a" * 33, "a")], "BOT_COMMAND_INVALID"),
        ([("ask", "a" * 257)], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([("ask", "")], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([(f"c{n}", "a") for n in range(101)], "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_bad_commands_are_refused(
    bot: Bot, commands: list[tuple[str, str]], words: str
) -> None:
    with refused(words):
        await bot.set_my_commands(commands)
    with refused("invalid language code"):
        await bot.set_my_commands([("ask", "a")], language_code="french")


async def test_names_and_descriptions_have_a_language_and_a_length(bot: Bot) -> None:
    await bot.set_my_name("Partners")
    await bot.set_my_name("Partenaires", language_code="fr")
    assert (await bot.get_my_name("fr")).name == "Partenaires"
    assert (await bot.get_my_name("de")).name == "Partners"
    await bot.set_my_description("d" * 512)
    await bot.set_my_short_description("s" * 120)
    assert (await bot.get_my_description()).description == "d" * 512
    assert (await bot.get_my_short_description()).short_description == "s" * 120
    with refused("too long"):
        await bot.set_my_name("n" * 65)
    with refused("too long"):
        await bot.set_my_description("d" * 513)
    with refused("too long"):
        await bot.set_my_short_description("s" * 121)


async def test_menu_buttons_are_of_a_known_type(server: BotApiServer, bot: Bot, ana: User) -> None:
    await bot.set_chat_menu_button(ana.id)
    assert (await bot.get_chat_menu_button(ana.id)).type == "default"
    status, _ = await raw(server, "setChatMenuButton", menu_button={"type": "hamburger"})
    assert status == 400


# --- faults -------------------------------------------------------------------------------


async def test_refusals_can_be_ordered(
    server: BotApiServer, bot: Bot, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # else RetryAfter warns of its own future
    server.fail_next("sendMessage", 502, "Bad Gateway")
    server.too_many_requests("sendMessage", 3)
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(ana.id, "a")
    with pytest.raises(RetryAfter):
        await bot.send_message(ana.id, "a")
    assert server.messages(ana) == []
    assert await bot.send_message(ana.id, "a")
    assert [call.status for call in server.calls_to("sendMessage", ana)] == [502, 429, 200]


@pytest.mark.parametrize("after_doing", [False, True])
async def test_connections_can_be_dropped(
    server: BotApiServer, bot: Bot, ana: User, after_doing: bool
) -> None:
    server.drop_connection("sendMessage", after_doing=after_doing)
    with pytest.raises(NetworkError):
        await bot.send_message(ana.id, "a")
    assert len(server.messages(ana)) == after_doing


async def test_answers_can_be_slow_or_no_json(server: BotApiServer, bot: Bot, ana: User) -> None:
    server.delay("sendMessage", 0.5, times=1)
    with pytest.raises(TimedOut):
        await bot.send_message(ana.id, "a", read_timeout=0.05)
    server.answer_raw("sendMessage", 502, "<html>Bad Gateway</html>")
    with pytest.raises(NetworkError):
        await bot.send_message(ana.id, "b")
    assert await bot.send_message(ana.id, "c")


async def test_the_network_can_go_and_come_back(server: BotApiServer, bot: Bot, ana: User) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    port = server.port
    await server.go_offline()
    with pytest.raises(NetworkError):
        await poll
    with pytest.raises(NetworkError):
        await bot.get_me()
    await server.come_back()
    assert server.port == port
    assert await bot.get_me()


# --- a whole bot --------------------------------------------------------------------------


async def say_back(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answers with the text and a button."""
    assert update.effective_message is not None
    await update.effective_message.reply_text(
        f"you said {update.effective_message.text}",
        reply_markup=one_button(callback_data="more"),
        do_quote=True,
    )


async def say_more(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Edits the pressed message."""
    assert update.callback_query is not None
    await update.callback_query.answer("here")
    await update.callback_query.edit_message_text("more")


@pytest.fixture
async def echo(server: BotApiServer) -> AsyncIterator[None]:
    """A small echo bot, polling."""
    builder = Application.builder().token(TOKEN).base_url(server.base_url)
    app = builder.base_file_url(server.base_file_url).build()
    app.add_handler(MessageHandler(filters.TEXT, say_back))
    app.add_handler(CallbackQueryHandler(say_more))
    async with app:
        assert app.updater is not None
        await app.start()
        await app.updater.start_polling(poll_interval=0)
        yield
        await app.updater.stop()
        await app.stop()


@pytest.mark.usefixtures("echo")
async def test_a_person_talks_with_a_polling_bot(server: BotApiServer, ana: User) -> None:
    answer = await server.ask(ana, "hello")
    assert answer.text == "you said hello"
    assert answer.reply_to is not None
    call = await server.wait_for("sendMessage", ana, 2)
    assert call.params["text"] == "you said hello"
    query = await server.send_callback(ana, answer, "more")
    await server.answered(query)
    await server.edited(answer)
    assert [one.text for one in server.messages(ana)] == ["hello", "more"]
    assert server.complaints == []
    await server.idle()
    with pytest.raises(AssertionError, match="no sendMessage within"):
        await server.wait_for("sendMessage", ana, 0.05)


@pytest.mark.usefixtures("echo")
async def test_an_update_can_come_twice(server: BotApiServer, ana: User) -> None:
    sent = await server.send_text(ana, ana, "hello")
    await server.answer_to(sent)
    await server.redeliver(sent)
    await server.wait_until(lambda: len(server.messages(ana)) == 3)


@pytest.mark.usefixtures("echo")
async def test_a_polling_bot_outlives_a_lost_network(server: BotApiServer, ana: User) -> None:
    assert (await server.ask(ana, "one")).text == "you said one"
    await server.go_offline()
    sent = await server.send_text(ana, ana, "two")
    await server.come_back()
    assert (await server.answer_to(sent)).text == "you said two"


@pytest.mark.usefixtures("echo")
async def test_many_people_talk_at_once(server: BotApiServer) -> None:
    people = [server.new_user(f"P{number}") for number in range(20)]
    answers = await asyncio.gather(*(server.ask(one, f"I am {one.id}") for one in people))
    assert [one.text for one in answers] == [f"you said I am {one.id}" for one in people]


@pytest.mark.usefixtures("echo")
async def test_a_bot_answers_in_the_topic_it_is_asked_in(server: BotApiServer, ana: User) -> None:
    forum: Chat = server.new_group("Nursery", ana, is_forum=True, bot_status="administrator")
    thread = server.new_topic(forum, ana, "Sleep")
    sent = await server.send_text(forum, ana, "hello", thread_id=thread)
    assert (await server.answer_to(sent)).thread_id == thread
