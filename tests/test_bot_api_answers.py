"""Presses, inline queries and guests' queries are answered once, in time, and with good results."""

from __future__ import annotations

from typing import Any

import calling_bot_api
import pytest
from bot_api_server import BotApiServer, User
from calling_bot_api import one_button, refused
from telegram import (
    Bot,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
)

ana, bot, server = calling_bot_api.ana, calling_bot_api.bot, calling_bot_api.server


def article(
    result_id: str = "a", title: str = "A", text: str = "a", **more: Any
) -> InlineQueryResultArticle:
    content = InputTextMessageContent(text, parse_mode="HTML")
    return InlineQueryResultArticle(result_id, title, content, **more)


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
