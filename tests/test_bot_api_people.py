"""What people send reaches the bot as Telegram would bring it, and only what it may see."""

from __future__ import annotations

import calling_bot_api
import pytest
from bot_api_server import BotApiServer, User
from calling_bot_api import refused
from telegram import Bot

ana, bot, server = calling_bot_api.ana, calling_bot_api.bot, calling_bot_api.server


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
