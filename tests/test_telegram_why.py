"""/why: the words that led to an answer, for everybody; how sure it is, for admins."""

from __future__ import annotations

from pathlib import Path

import pytest
from bot_api_server import BotApiServer, Message, User
from running_bot import RunningBot, started

pytestmark = pytest.mark.asyncio(loop_scope="module")

SCREENS = "who deals with screan overexposure"
POVERTY = "who helps poor families"


async def replies(bot: RunningBot, user: User, to: Message, text: str = "/why") -> Message:
    """What the bot says to a message that replies to another."""
    sent = await bot.server.send_text(to.chat, user, text, reply_to=to)
    return await bot.server.answer_to(sent)


def labels(message: Message) -> list[str]:
    return [button.text for button in message.buttons]


async def test_of_the_last_answer(bot: RunningBot) -> None:
    person = bot.newcomer()
    await bot.asks(person, SCREENS)
    told = await bot.asks(person, "/why")
    assert SCREENS in told.text
    assert "Collective on Screen Overexposure (CoSE): because of" in told.text
    assert "I read “screan” as “screen”" in told.text
    assert "out of 100" not in told.text
    assert labels(told) == [], "no thumbs: they are under the answer"
    after = await bot.asks(person, "their website?")
    assert "https://surexpositionecrans.org/" in after.links


async def test_of_an_older_answer(bot: RunningBot) -> None:
    person = bot.newcomer()
    older = await bot.asks(person, SCREENS)
    await bot.asks(person, POVERTY)
    told = await replies(bot, person, older)
    assert SCREENS in told.text
    assert POVERTY not in told.text
    assert POVERTY in (await bot.asks(person, "/why")).text, "the talk is still about the last"


async def test_of_the_question_itself(bot: RunningBot) -> None:
    person = bot.newcomer()
    asked = await bot.server.send_text(person, person, SCREENS)
    await bot.server.answer_to(asked)
    await bot.asks(person, POVERTY)
    assert SCREENS in (await replies(bot, person, asked.message)).text


async def test_with_nothing_to_explain(bot: RunningBot) -> None:
    person = bot.newcomer()
    hello = await bot.asks(person, "/start")
    assert (await bot.asks(person, "/why")).text.startswith("There is no answer yet")
    assert (await replies(bot, person, hello)).text.startswith("I cannot explain that message")


async def test_admins_see_how_sure_it_is(bot: RunningBot) -> None:
    admin = bot.admin()
    await bot.asks(admin, SCREENS)
    told = await bot.asks(admin, "/why")
    assert "how sure I am, in points out of 100" in told.text
    assert "\nCollective on Screen Overexposure (CoSE): " in told.text
    await bot.asks(admin, "best pizza in bordeaux")
    assert "For admins: " in (await bot.asks(admin, "/why")).text


async def test_in_a_group_of_anothers_answer(bot: RunningBot) -> None:
    ana, bo = bot.newcomer(), bot.newcomer("fr")
    group = bot.server.new_group("Nursery", ana, bo)
    answer = await bot.server.ask(ana, f"/ask {SCREENS}", chat=group)
    told = await replies(bot, bo, answer)
    assert SCREENS in told.text
    assert "grâce à" in told.text
    assert labels(told) == ["🗑"]


async def test_the_button_says_the_same_without_thumbs(bot: RunningBot) -> None:
    person = bot.newcomer("fr")
    answer = await bot.asks(person, "qui s'occupe de la surexposition aux écrans ?")
    assert "👍" in labels(answer)
    told = await bot.presses(person, answer, "why")
    assert "(CoSE)\u00a0: grâce à" in told.text
    assert "👍" not in labels(told)


async def test_after_a_restart(own_data: Path) -> None:
    address = f"sqlite:///{own_data / 'kept.db'}"
    async with BotApiServer() as server:
        person = server.new_user("Ana")
        async with started(server, own_data, BOT_DATABASE_URL=address) as bot:
            await bot.ready()
            first = await bot.asks(person, SCREENS)
            await bot.asks(person, POVERTY)
            await bot.stop()
        async with started(server, own_data, BOT_DATABASE_URL=address) as bot:
            await bot.ready()
            assert POVERTY in (await bot.asks(person, "/why")).text
            told = await replies(bot, person, first)
            assert SCREENS in told.text
