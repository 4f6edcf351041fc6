"""A whole polling bot, a small echo, talks through the server with people."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import calling_bot_api
import pytest
from bot_api_server import TOKEN, BotApiServer, Chat, User
from calling_bot_api import one_button
from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

ana, server = calling_bot_api.ana, calling_bot_api.server


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
