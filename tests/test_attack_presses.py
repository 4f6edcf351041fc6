"""Forged buttons: whatever 64 bytes somebody's client sends, they get no more than a kind word."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import hostile
import pytest
from bot_api.chats import Query
from bot_api_server import Message, User
from hypothesis import given, settings
from hypothesis import strategies as st
from running_bot import RunningBot
from talking import Chat

from bot.telegram_chat.inline_presses import FROM_INLINE
from bot.telegram_chat.plain_text import whole_letters
from bot.telegram_chat.presses import IN_PLACE

NAMES = (
    "card", "topic", "page", "partners", "topics", "people", "link", "ask", "language", "more",
    "why", "help", "start", "in:en", "in:fr:card", "up", "down", "delete", "thanked", "",
    "/start", "/language", "/upload apply", "/misses do", "/new", "/audit", "/stats",
)  # fmt: skip
VALUES = (
    "cose", "nobody", "", ":", "health", "health:0", "screens:99999", "-1", "1e9", "0x1", "9" * 26,
    "9223372036854775808", "-9223372036854775809", "١", "²", "000000", "NaN", "None", "cose:cose",
    "../cose", "en", "xx", "EN", "auto",
)  # fmt: skip
forged = st.one_of(
    st.builds(
        "{}:{}".format, st.sampled_from(NAMES), st.sampled_from(VALUES) | st.text(max_size=9)
    ),
    st.sampled_from(hostile.ALL),
    st.text(max_size=64),
    st.binary(max_size=64).map(lambda data: data.decode("latin-1")),
).map(lambda data: hostile.whole(data).encode()[:64].decode("utf-8", "ignore"))


@settings(max_examples=70, deadline=None)
@given(st.lists(forged, min_size=1, max_size=3))
def test_any_buttons_in_any_order(pressed: list[str]) -> None:
    async def press() -> None:
        chat = Chat()
        hostile.as_seen(await chat.say("who helps poor families?"))
        for data in pressed:
            hostile.as_seen(await chat.press(whole_letters(data)))

    asyncio.run(press())


@settings(max_examples=70, deadline=None)
@given(forged)
def test_only_what_shows_a_page_takes_the_place_of_a_message(data: str) -> None:
    if IN_PLACE.match(data):
        assert data.startswith(("page:", "language:", "partners:", "topic:"))
    if found := FROM_INLINE.match(data):
        assert found[2].startswith(("card:", "topic:", "people:", "link:"))


def some(count: int) -> list[str]:
    """Forged data, the same in every run."""
    chance = random.Random(7)
    made = [f"{chance.choice(NAMES)}:{chance.choice(VALUES)}"[:64] for _ in range(count)]
    return [*made, *NAMES[:-1], *(hostile.whole(t).encode()[:64].decode("utf-8", "ignore")
                                  for t in hostile.ALL)]  # fmt: skip


async def pressed(bot: RunningBot, person: User, data: str, **where: Any) -> Query:
    query = bot.server.add_query("callback", person, text=data)
    body = {"id": query.id, "from": person.json(), "chat_instance": "1", "data": data}
    await bot.server.push_update({"callback_query": {**body, **where}})
    return query


@pytest.mark.asyncio(loop_scope="module")
class TestOnTelegram:
    """The same over HTTP, with the real process."""

    async def test_under_ones_own_messages(self, bot: RunningBot) -> None:
        queries = []
        for data in filter(str.strip, some(30)):
            person = bot.newcomer()
            queries.append((person, data))
        await asyncio.gather(*(self.presses(bot, *one) for one in queries))
        assert await self.is_well(bot)

    async def presses(self, bot: RunningBot, person: User, data: str) -> None:
        message = await bot.server.ask(person, "/help", timeout=60)
        query = await pressed(bot, person, data, message=message.json())
        await bot.server.answered(query, timeout=60)

    async def test_under_inline_messages(self, bot: RunningBot) -> None:
        person = bot.newcomer()
        for data in some(30):
            query = await pressed(bot, person, data, inline_message_id="AAAA")
            await bot.server.answered(query)
            assert query.answer
        assert await self.is_well(bot)

    async def test_under_messages_that_are_gone_or_anothers(self, bot: RunningBot) -> None:
        person, other = bot.newcomer(), bot.newcomer()
        group = bot.server.new_group("Nursery", other, person)
        answer = await bot.server.ask(other, "/ask who helps poor families?", chat=group)
        text, count = answer.text, len(bot.server.messages(group))
        gone = {"message_id": answer.message_id + 50, "date": 0, "chat": group.json()}
        for data in (
            "delete",
            "up",
            "card:cose",
            "ask:screens",
            "page:1",
            "/forget",
            "language:fr",
        ):
            for message in (answer.json(), gone):
                await bot.server.answered(await pressed(bot, person, data, message=message))
        assert (answer.text, answer.is_deleted) == (text, False)
        buttons = [button.data for button in answer.buttons]
        assert {"up", "down"} <= set(buttons)
        assert count <= len(bot.server.messages(group)) <= count + 6
        assert await self.is_well(bot)

    async def test_offers_and_questions_of_others(self, bot: RunningBot) -> None:
        """Ids of uploads, misses and drafts lead nowhere for those who are no admins."""
        person = bot.newcomer()
        message = await bot.asks(person, "/help")
        for action in ("upload apply", "upload drop", "misses do", "misses ignore", "new back"):
            for value in ("0" * 12, "../../x", "a" * 12, "\u0660" * 12, "*"):
                data = f"/{action} {value}"
                await bot.server.answered(await pressed(bot, person, data, message=message.json()))
                await bot.server.wait_until(lambda: "do not know the command" in told(bot, message))
        admin = bot.admin()
        mine = await bot.asks(admin, "/help")
        for value in ("0" * 12, "../../x", "", "a" * 40, "\u0660" * 12, "%00"):
            for action in ("/upload apply", "/upload drop", "/misses of", "/misses undo"):
                data = f"{action} {value}"
                await bot.server.answered(await pressed(bot, admin, data, message=mine.json()))
        await bot.server.idle()
        assert await self.is_well(bot)

    async def is_well(self, bot: RunningBot) -> bool:
        assert "CoSE" in (await bot.asks(bot.newcomer(), "screens")).text
        assert "Traceback" not in bot.written
        return "ERROR" not in bot.written and "without markup" not in bot.written


def told(bot: RunningBot, message: Message) -> str:
    return message.text or bot.written
