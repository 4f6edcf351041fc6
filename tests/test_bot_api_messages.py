"""Messages are sent, edited and deleted where Telegram would let the bot, and nowhere else."""

from __future__ import annotations

import calling_bot_api
from bot_api_server import BotApiServer, User
from calling_bot_api import one_button, raw, refused
from telegram import Bot, LinkPreviewOptions, ReactionTypeEmoji, ReplyParameters
from telegram.error import Forbidden

ana, bot, server = calling_bot_api.ana, calling_bot_api.bot, calling_bot_api.server

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0\0\0\x20\0\0\0\x10" + b"\0" * 20


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
