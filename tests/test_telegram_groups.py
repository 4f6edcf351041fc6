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
    query = await bot.server.answered(
        await bot.server.send_callback(stranger, listed, "partners:1")
    )
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


async def test_the_asker_deletes_an_answer(bot: RunningBot, asker: User) -> None:
    group = bot.server.new_group("Parents", bot.newcomer(), asker)
    answer = await bot.server.ask(asker, f"/ask {QUESTION}", chat=group)
    await bot.server.answered(await bot.server.send_callback(asker, answer, "delete"))
    assert answer.is_deleted


async def test_a_group_admin_deletes_an_answer_as_telegram_says_who_is_one(
    bot: RunningBot, group: Chat, asker: User
) -> None:
    admin, member = bot.newcomer(), bot.newcomer()
    group.statuses[admin.id] = "administrator"
    for command in (f"/ask {QUESTION}", "/partners", "/help"):
        answer = await bot.server.ask(member, command, chat=group)
        await bot.server.answered(await bot.server.send_callback(admin, answer, "delete"))
        assert answer.is_deleted


async def test_others_are_told_that_they_cannot_delete(
    bot: RunningBot, group: Chat, asker: User
) -> None:
    answer = await bot.server.ask(asker, f"/ask {QUESTION}", chat=group)
    stranger = bot.newcomer("fr")
    for status in ("member", "left", "kicked"):
        group.statuses[stranger.id] = status
        query = await bot.server.send_callback(stranger, answer, "delete")
        await bot.server.answered(query)
        assert query.answer
        assert "Seule la personne" in query.answer["text"]
    assert not answer.is_deleted


async def test_an_answer_too_old_to_delete_is_told(
    bot: RunningBot, group: Chat, asker: User
) -> None:
    answer = await bot.server.ask(asker, f"/ask {QUESTION}", chat=group)
    answer.date -= 3 * 24 * 3600
    query = await bot.server.answered(await bot.server.send_callback(asker, answer, "delete"))
    assert query.answer
    assert "cannot delete" in query.answer["text"]


async def test_a_stranger_is_none_though_the_question_is_gone(
    bot: RunningBot, group: Chat, asker: User
) -> None:
    sent = await bot.server.send_text(group, asker, f"/ask {QUESTION}")
    answer = await bot.server.answer_to(sent)
    sent.message.is_deleted, answer.reply_to = True, None
    await bot.server.ask(asker, "/help", chat=group)
    query = await bot.server.send_callback(bot.newcomer(), answer, "up")
    await bot.server.answered(query)
    assert query.answer
    assert "someone else" in query.answer["text"]


async def test_private_answers_have_no_button_to_delete(bot: RunningBot, asker: User) -> None:
    assert "🗑" not in [b.text for b in (await bot.asks(asker, QUESTION)).buttons]


@pytest.mark.parametrize("call", ["/ask", "@partner_test_bot"])
async def test_another_persons_question_is_answered_where_it_stands(
    bot: RunningBot, group: Chat, asker: User, call: str
) -> None:
    parent = bot.newcomer("fr")
    asked = await bot.server.send_text(group, parent, "qui s'occupe des écrans ?")
    sent = await bot.server.send_text(group, asker, call, reply_to=asked.message)
    answer = await bot.server.answer_to(sent)
    assert "Collectif surexposition écrans" in answer.text
    assert answer.reply_to is asked.message


async def test_a_group_is_not_flooded(bot: RunningBot, asker: User) -> None:
    group = bot.server.new_group("Parents", asker)
    for _ in range(14):
        await bot.server.send_text(group, asker, "/ask")
    await bot.server.idle()
    await bot.server.send_text(group, bot.newcomer(), f"/ask {QUESTION}")
    await bot.server.wait_until(
        lambda: any(NAME in m.text for m in bot.server.messages(group)), what="another's answer"
    )
    await bot.server.wait_until(
        lambda: any("at once" in m.text for m in bot.server.messages(group)), what="saying so"
    )
    said = [m.text for m in bot.server.messages(group) if m.sender is bot.server.bot]
    assert len([text for text in said if "at once" in text]) == 1
    assert len(said) == 12
