"""In groups the bot answers when it is meant, and is silent otherwise."""

from __future__ import annotations

import pytest
from bot_api_server import Chat, Sent, User
from running_bot import RunningBot

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "who deals with screen overexposure?"
NAME = "Collective on Screen Overexposure"


@pytest.fixture
def asker(bot: RunningBot) -> User:
    return bot.newcomer()


@pytest.fixture
def group(bot: RunningBot, asker: User) -> Chat:
    return bot.server.new_group("Parents", asker, bot_status="administrator")


async def is_silent(bot: RunningBot, sent: Sent) -> bool:
    """Did something sent get no answer, though the bot has seen it?"""
    assert sent.update, "the bot did not even get it"
    await bot.server.idle()
    # What is said next is answered after it.
    await bot.asks(bot.newcomer(), "/help")
    return all(m.sender is not bot.server.bot for m in bot.server.messages(sent.chat))


@pytest.mark.parametrize("text", [f"/ask {QUESTION}", f"/ask@partner_test_bot {QUESTION}"])
async def test_ask_is_answered_as_a_reply(
    bot: RunningBot, group: Chat, asker: User, text: str
) -> None:
    sent = await bot.server.send_text(group, asker, text)
    answer = await bot.server.answer_to(sent)
    assert NAME in answer.text
    assert answer.reply_to is sent.message


@pytest.mark.parametrize("text", [f"@partner_test_bot {QUESTION}", f"{QUESTION} @Partner_Test_Bot"])
async def test_a_mention_is_answered(bot: RunningBot, group: Chat, asker: User, text: str) -> None:
    answer = await bot.server.ask(asker, text, chat=group)
    assert NAME in answer.text


async def test_a_mention_alone_gets_help(bot: RunningBot, group: Chat, asker: User) -> None:
    answer = await bot.server.ask(asker, "@partner_test_bot", chat=group)
    assert "Ask me who does what" in answer.text


async def test_a_reply_to_the_bot_goes_on(bot: RunningBot, asker: User) -> None:
    group = bot.server.new_group("Parents", asker)
    answer = await bot.server.ask(asker, f"/ask {QUESTION}", chat=group)
    sent = await bot.server.send_text(group, asker, "their website?", reply_to=answer)
    assert "surexpositionecrans.org" in (await bot.server.answer_to(sent)).text


@pytest.mark.parametrize(
    "text",
    [
        QUESTION,
        "@somebody_else who?",
        "/ask@another_bot who?",
        "/nonsense",
        "/reindex",
        "partner_test_bot",
    ],
)
async def test_silence_when_others_are_meant(
    bot: RunningBot, group: Chat, asker: User, text: str
) -> None:
    assert await is_silent(bot, await bot.server.send_text(group, asker, text))


async def test_silence_at_pictures(bot: RunningBot, group: Chat, asker: User) -> None:
    assert await is_silent(bot, await bot.server.send_document(group, asker, "a.jpg", b"x"))


async def test_silence_at_other_bots(bot: RunningBot, group: Chat) -> None:
    machine = User(6_000_001, "Machine", "machine_bot", is_bot=True)
    assert await is_silent(bot, await bot.server.send_text(group, machine, f"/ask {QUESTION}"))


async def test_ask_alone_says_how(bot: RunningBot, group: Chat, asker: User) -> None:
    assert "after the command" in (await bot.server.ask(asker, "/ask", chat=group)).text


async def test_the_answer_stays_in_its_forum_topic(bot: RunningBot, asker: User) -> None:
    forum = bot.server.new_group("Forum", asker, is_forum=True)
    topic = bot.server.new_topic(forum, asker, "Screens")
    sent = await bot.server.send_text(forum, asker, f"/ask {QUESTION}", thread_id=topic)
    answer = await bot.server.answer_to(sent)
    assert answer.thread_id == topic
    card = await bot.presses(asker, answer, "card:cose")
    assert card.thread_id == topic


async def test_buttons_under_anothers_answer_say_so(
    bot: RunningBot, group: Chat, asker: User
) -> None:
    listed = await bot.server.ask(asker, "/partners", chat=group)
    stranger = bot.newcomer("fr")
    query = await bot.server.answered(await bot.server.send_callback(stranger, listed, "partners:1"))
    assert query.answer
    assert "quelqu’un d’autre" in query.answer["text"]
    assert listed.edits == 0
    await bot.server.send_callback(asker, listed, "partners:1")
    await bot.server.edited(listed)


async def test_people_in_a_group_do_not_share_a_conversation(
    bot: RunningBot, group: Chat, asker: User
) -> None:
    await bot.server.ask(asker, f"/ask {QUESTION}", chat=group)
    answer = await bot.server.ask(bot.newcomer(), "/ask their website?", chat=group)
    assert "surexpositionecrans.org" not in answer.text


async def test_a_group_that_became_a_supergroup_is_answered_there(
    bot: RunningBot, asker: User
) -> None:
    group = bot.server.new_group("Parents", asker, kind="group")
    new = bot.server.upgrade(group)
    await bot.server.send_text(group, asker, f"/ask {QUESTION}")
    await bot.server.wait_until(lambda: bool(bot.server.messages(new)), what="an answer there")


async def test_a_bot_thrown_out_goes_on_elsewhere(
    bot: RunningBot, group: Chat, asker: User
) -> None:
    sent = await bot.server.send_text(group, asker, f"/ask {QUESTION}")
    group.bot_status = "kicked"
    assert sent.update
    assert (await bot.asks(bot.newcomer(), "/start")).text.startswith("Hello")


async def test_a_guest_is_answered_where_called(bot: RunningBot, asker: User) -> None:
    elsewhere = bot.server.new_group("Elsewhere", asker, bot_status="left")
    text = f"@partner_test_bot {QUESTION}"
    query = await bot.server.send_guest_message(elsewhere, asker, text)
    await bot.server.answered(query)
    answer = bot.server.messages(elsewhere)[-1]
    assert NAME in answer.text
    assert [button.data for button in answer.buttons] == ["in:en:card:cose", None]


async def test_a_guest_who_says_nothing_gets_help(bot: RunningBot, asker: User) -> None:
    elsewhere = bot.server.new_group("Elsewhere", asker, bot_status="left")
    query = await bot.server.send_guest_message(elsewhere, asker, "@partner_test_bot")
    await bot.server.answered(query)
    assert "Ask me who does what" in bot.server.messages(elsewhere)[-1].text
