"""In any chat, behind the bot's name: partners as one types, with summary and link."""

from __future__ import annotations

import pytest
from bot_api_server import Query, User
from running_bot import RunningBot

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def typed(bot: RunningBot, user: User, text: str, offset: str = "") -> Query:
    return await bot.server.answered(await bot.server.send_inline_query(user, text, offset))


def ids(query: Query) -> list[str]:
    return [result["id"] for result in query.results]


@pytest.mark.parametrize(
    ("language", "text", "summary"),
    [("en", "screen overexposure", "dangers of exposing"), ("fr", "les écrans", "dangers de l’")],
)
async def test_a_question_finds_partners_to_send(
    bot: RunningBot, language: str, text: str, summary: str
) -> None:
    person = bot.newcomer(language)
    query = await typed(bot, person, text)
    assert ids(query)[0] == "p_cose"
    assert summary in query.results[0]["description"]
    friend = bot.server.start(bot.newcomer())
    sent = await bot.server.choose_inline_result(query, "p_cose", friend)
    assert summary in sent.text
    assert "CoSE" in sent.marked("bold")[0]
    assert "https://surexpositionecrans.org/" in sent.links
    assert "https://t.me/partner_test_bot?start=p_cose" in sent.links


@pytest.mark.parametrize("text", ["scre", "screen ov", "overexp", "écr", "surexpo"])
async def test_half_typed_words_find_already(bot: RunningBot, text: str) -> None:
    assert "p_cose" in ids(await typed(bot, bot.newcomer(), text))


async def test_nothing_typed_lists_topics_and_partners_by_pages(bot: RunningBot) -> None:
    person, seen, offset = bot.newcomer(), list[str](), ""
    for _page in range(10):
        query = await typed(bot, person, "", offset)
        assert query.answer
        seen += ids(query)
        offset = query.answer["next_offset"]
        if not offset:
            break
    assert len(seen) == len(set(seen)) == 31
    assert "t_screens" in seen
    assert "p_cose" in seen


async def test_a_topic_is_sent_with_its_partners(bot: RunningBot) -> None:
    person = bot.newcomer("fr")
    query = await typed(bot, person, "")
    sent = await bot.server.choose_inline_result(query, "t_poverty", bot.server.start(person))
    assert sent.text.startswith("Thème\u00a0: Pauvreté")
    assert "• ATD Quart Monde" in sent.text
    assert "https://t.me/partner_test_bot?start=t_poverty" in sent.links


async def test_nothing_found_offers_the_private_chat(bot: RunningBot) -> None:
    query = await typed(bot, bot.newcomer("fr"), "qzxvk wqpzy")
    assert query.answer
    assert query.results == []
    assert query.answer["button"]["start_parameter"] == "inline"
    assert "Rien" in query.answer["button"]["text"]


async def test_answers_are_personal_and_soon_out_of_date(bot: RunningBot) -> None:
    query = await typed(bot, bot.newcomer(), "poverty")
    assert query.answer
    assert query.answer["is_personal"]
    assert query.answer["cache_time"] <= 5


async def test_the_same_words_give_the_same_results(bot: RunningBot) -> None:
    person = bot.newcomer()
    assert ids(await typed(bot, person, "children")) == ids(await typed(bot, person, "children"))


@pytest.mark.parametrize("text", ["*", "?", "<b>", "a:b", "AND OR NOT", "é" * 256, "\u200b", "🙂"])
async def test_any_text_gets_an_answer(bot: RunningBot, text: str) -> None:
    assert (await typed(bot, bot.newcomer(), text)).answer is not None


@pytest.mark.parametrize("offset", ["x", "-1", "9" * 60, "٣"])
async def test_a_forged_offset_means_the_beginning(bot: RunningBot, offset: str) -> None:
    person = bot.newcomer()
    assert ids(await typed(bot, person, "", offset)) == ids(await typed(bot, person, ""))


async def test_after_a_burst_of_keys_the_last_is_answered(bot: RunningBot) -> None:
    person, text = bot.newcomer(), "screen overexposure"
    queries = [
        await bot.server.send_inline_query(person, text[:length])
        for length in range(1, len(text) + 1)
    ]
    last = await bot.server.answered(queries[-1], timeout=3)
    assert ids(last)[0] == "p_cose"


async def test_a_query_that_is_too_old_does_no_harm(bot: RunningBot) -> None:
    person = bot.newcomer()
    bot.server.fail_next("answerInlineQuery", 400, "Bad Request: query is too old and …")
    await bot.server.send_inline_query(person, "screens")
    await bot.server.wait_for("answerInlineQuery", where=lambda call: call.status == 400)
    assert "p_cose" in ids(await typed(bot, person, "screens"))


async def test_a_result_sent_to_the_bots_own_chat_is_no_question(bot: RunningBot) -> None:
    person = bot.newcomer()
    query = await typed(bot, person, "screens")
    await bot.server.choose_inline_result(query, "p_cose", bot.server.start(person))
    answer = await bot.asks(person, "/start")
    assert answer.text.startswith("Hello")
    assert len(bot.server.messages(person)) == 3


@pytest.mark.parametrize(("language", "more"), [("en", "Topics"), ("fr", "Thèmes")])
async def test_buttons_of_a_sent_result_go_on_working_in_its_language(
    bot: RunningBot, language: str, more: str
) -> None:
    query = await typed(bot, bot.newcomer(language), "CoSE")
    sent = await bot.server.choose_inline_result(query, "p_cose", bot.newcomer())
    assert more not in sent.text
    stranger = bot.newcomer("fr" if language == "en" else "en")
    pressed = await bot.server.send_callback(stranger, sent, f"in:{language}:card:cose")
    await bot.server.answered(pressed)
    await bot.server.edited(sent)
    assert more in sent.text
    topics = [b.data for b in sent.buttons if b.data]
    assert f"in:{language}:topic:screens" in topics
    assert all(data.startswith("in:") for data in topics)
    await bot.server.send_callback(stranger, sent, f"in:{language}:topic:screens")
    await bot.server.edited(sent, after=1)
    assert "CoSE" in sent.text


async def test_a_press_that_changes_nothing_is_no_fault(bot: RunningBot) -> None:
    person = bot.newcomer()
    sent = await bot.server.choose_inline_result(await typed(bot, person, ""), "t_poverty", person)
    card = next(b.data for b in sent.buttons if b.data)
    for _ in range(2):
        body = {"id": "", "from": person.json(), "chat_instance": "1", "data": card}
        query = bot.server.add_query("callback", person, message=sent, text=card)
        body |= {"id": query.id, "inline_message_id": str(sent.inline_message_id)}
        await bot.server.push_update({"callback_query": body})
        await bot.server.answered(query)
    await bot.server.edited(sent)
    assert sent.edits == 1


@pytest.mark.parametrize("data", ["in:en:card:nobody", "card:cose", "in:xx:card:", "in:en:reindex"])
async def test_forged_buttons_of_sent_results_get_a_kind_word(bot: RunningBot, data: str) -> None:
    person = bot.newcomer()
    query = bot.server.add_query("callback", person, text=data)
    body = {"id": query.id, "from": person.json(), "chat_instance": "1", "data": data}
    await bot.server.push_update({"callback_query": {**body, "inline_message_id": "AAAA"}})
    await bot.server.answered(query)
    assert query.answer
    assert query.answer["text"]


async def test_several_needs_make_one_message(bot: RunningBot) -> None:
    query = await typed(bot, bot.newcomer(), "screens + poverty")
    assert ids(query)[0] == "together"
    assert {"p_cose", "p_atd-quart-monde"} <= set(ids(query))
    friend = bot.server.start(bot.newcomer())
    sent = await bot.server.choose_inline_result(query, "together", friend)
    assert {"screens", "poverty"} <= set(sent.marked("bold"))
    assert "CoSE" in sent.text
    assert "ATD" in sent.text


@pytest.mark.parametrize("text", ["+", "screens +", "screens + qzxvk", "++++"])
async def test_a_plus_that_joins_nothing_does_no_harm(bot: RunningBot, text: str) -> None:
    assert "together" not in ids(await typed(bot, bot.newcomer(), text))
