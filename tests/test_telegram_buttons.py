"""Buttons and edits in a private chat: what was said before changes in its place."""

from __future__ import annotations

import pytest
from running_bot import RunningBot, buttons

pytestmark = pytest.mark.asyncio(loop_scope="module")

COSE = "https://surexpositionecrans.org"
NAME = "Collective on Screen Overexposure"
QUESTION = "who deals with screen overexposure?"


async def test_the_pages_of_all_partners_turn_in_place(bot: RunningBot) -> None:
    person = bot.newcomer()
    first = await bot.asks(person, "/partners")
    names, count = first.text, 1
    while forward := [d for label, d in buttons(first).items() if label.startswith("More ▸")]:
        query = await bot.server.send_callback(person, first, forward[0])
        await bot.server.edited(first, after=count - 1)
        await bot.server.answered(query)
        names, count = names + first.text, count + 1
    assert count == 3
    assert all(name in names for name in ("AMF", "CoSE", "FNEJE", "OVEO", "Terra Nova"))
    assert len(bot.server.messages(person)) == 2, "the question and one message"


async def test_an_older_list_still_means_what_it_shows(bot: RunningBot) -> None:
    person = bot.newcomer()
    listed = await bot.asks(person, "/partners")
    await bot.asks(person, QUESTION)
    await bot.server.send_callback(person, listed, "partners:1")
    await bot.server.edited(listed)
    assert "6." in listed.text


async def test_a_partner_button_brings_its_card(bot: RunningBot) -> None:
    person = bot.newcomer()
    answer = await bot.asks(person, QUESTION)
    card = await bot.presses(person, answer, "card:cose")
    assert "is made up of professionals" in card.text
    assert (await bot.asks(person, "their website?")).links[0].startswith(COSE)


async def test_a_topic_button_brings_its_partners(bot: RunningBot) -> None:
    person = bot.newcomer("fr")
    topics = await bot.asks(person, "/topics")
    listed = await bot.presses(person, topics, "topic:poverty")
    assert "ATD Quart Monde" in listed.text


async def test_an_edited_question_edits_its_answer(bot: RunningBot) -> None:
    person = bot.newcomer()
    sent = await bot.server.send_text(person, person, "who deals with poverty?")
    answer = await bot.server.answer_to(sent)
    assert "ATD" in answer.text
    await bot.server.edit_text(sent.message, QUESTION)
    await bot.server.edited(answer)
    assert NAME in answer.text
    assert len(bot.server.messages(person)) == 2
    assert COSE in (await bot.asks(person, "their website?")).text


async def test_an_edited_follow_up_means_what_it_followed(bot: RunningBot) -> None:
    person = bot.newcomer()
    await bot.asks(person, QUESTION)
    sent = await bot.server.send_text(person, person, "tell me more")
    answer = await bot.server.answer_to(sent)
    await bot.asks(person, "who deals with poverty?")
    await bot.server.edit_text(sent.message, "their website?")
    await bot.server.edited(answer)
    assert COSE in answer.text


async def test_an_edit_that_changes_nothing_is_no_fault(bot: RunningBot) -> None:
    person = bot.newcomer()
    sent = await bot.server.send_text(person, person, QUESTION)
    answer = await bot.server.answer_to(sent)
    await bot.server.edit_text(sent.message, QUESTION)
    await bot.server.wait_for("editMessageText", person)
    assert answer.edits == 0
    assert (await bot.asks(person, "/help")).text


async def test_an_edited_question_without_its_answer_is_answered_anew(bot: RunningBot) -> None:
    person = bot.newcomer()
    sent = await bot.server.send_text(person, person, "who deals with poverty?")
    (await bot.server.answer_to(sent)).is_deleted = True
    again = await bot.server.edit_text(sent.message, QUESTION)
    await bot.server.wait_until(lambda: len(bot.server.messages(person)) == 2)
    assert again.update
    assert NAME in bot.server.messages(person)[-1].text


async def test_forged_button_data_gets_a_kind_answer(bot: RunningBot) -> None:
    person = bot.newcomer()
    answer = await bot.asks(person, "/help")
    for data in ("card:nobody", "page:99999999", "page:x", "reindex", "topic:<b>", "language:xx"):
        query = bot.server.add_query("callback", person, message=answer, text=data)
        body = {"id": query.id, "from": person.json(), "chat_instance": "1", "data": data}
        await bot.server.push_update({"callback_query": {**body, "message": answer.json()}})
        await bot.server.answered(query)
    assert (await bot.asks(person, "/start")).text.startswith("Hello")
