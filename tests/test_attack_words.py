"""Whatever somebody types, an answer comes that Telegram takes and that leads nobody astray."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import hostile
import pytest
from bot_api.wire import utf16_length
from bot_api_server import Message, User
from hypothesis import given, settings
from hypothesis import strategies as st
from running_bot import RunningBot
from talking import CONTENT, Chat, services_on

from bot.commands.command import Asking
from bot.commands.commands import COMMANDS, run_command, spoken
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Incoming
from bot.telegram_chat.plain_text import whole_letters

LONGEST, INLINE = 4_096, 256
SLOW = 2.0
"""Seconds of the processor that no answer may take."""

texts = st.lists(st.sampled_from(hostile.ALL) | st.text(max_size=30), min_size=1, max_size=6).map(
    "".join
)


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=1, max_size=3))
def test_conversations_of_any_words(said: list[str]) -> None:
    async def talk() -> None:
        chat = Chat()
        for text in said:
            hostile.as_seen(await chat.say(whole_letters(text)))

    asyncio.run(talk())


@pytest.mark.parametrize("text", hostile.ALL)
async def test_4096_letters_of_each(text: str) -> None:
    begun = time.process_time()
    hostile.as_seen(await Chat().say(whole_letters(hostile.at_most(text, LONGEST))))
    assert time.process_time() - begun < SLOW


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([c.name for c in COMMANDS if not c.admin_only]), texts)
def test_words_behind_commands(name: str, words: str) -> None:
    services = replace(services_on(CONTENT))
    said = spoken(f"/{name} {whole_letters(words)}")
    assert said
    asking = Asking(Incoming(""), Conversation(), said.arguments, person=1)
    reply, after = asyncio.run(run_command(services, said.name, asking))
    hostile.as_seen(reply)
    assert Conversation.loads(after.dumps()).question == after.question[:300]


@settings(max_examples=60, deadline=None)
@given(st.text("ptlink_-0123456789abc./%\u202e<", max_size=64))
def test_deep_links_open_what_there_is_or_say_hello(parameter: str) -> None:
    services = services_on(CONTENT)
    asking = Asking(Incoming(""), Conversation(), parameter)
    reply, _ = asyncio.run(run_command(services, "start", asking))
    kind, _, name = parameter.partition("_")
    content = services.knowledge.content
    known = {"p": content.partner, "t": content.topic}.get(kind, content.partner)(name)
    assert known or hostile.as_seen(reply).startswith("Hello")


@pytest.mark.asyncio(loop_scope="module")
class TestOnTelegram:
    """The same over HTTP, with the real process."""

    async def test_in_private(self, bot: RunningBot) -> None:
        said = [hostile.whole(t) for t in (*hostile.ALL, *hostile.mixed(1, 30, LONGEST))]
        told = await asyncio.gather(*(self.told(bot, text) for text in said if text.strip()))
        assert all(message.text for message in told)
        assert await self.is_well(bot)

    async def told(self, bot: RunningBot, text: str) -> Message:
        return await bot.server.ask(bot.newcomer(), text, timeout=60)

    async def test_half_letters_in_every_place(self, bot: RunningBot) -> None:
        """As JSON may carry them: in words, names, titles, mentions, in groups and inline."""
        person = bot.newcomer()
        odd = {**person.json(), "first_name": "\ud83d<b>", "last_name": "\udc00{0}\n"}
        group = bot.server.new_group("G\ud800 <i>", person)
        mention = f"\ud83d @{bot.server.bot.username} screens \udfff"
        entity = {"type": "mention", "offset": 2, "length": len(bot.server.bot.username) + 1}
        body = {"message_id": 900, "date": 1, "from": odd}
        for number, chat in enumerate((bot.server.start(person), group)):
            message = {**body, "message_id": 900 + number, "chat": chat.json(), "text": mention}
            await bot.server.push_update({"message": {**message, "entities": [entity]}})
            await bot.server.wait_for("sendMessage", chat)
        query = bot.server.add_query("inline", person, text="x")
        asked = {"id": query.id, "from": odd, "query": "screens \ud83d", "offset": "\ud83d"}
        await bot.server.push_update({"inline_query": asked})
        assert (await bot.server.answered(query)).results
        chosen = {"result_id": "p_\ud83d", "from": odd, "query": "\ud83d"}
        await bot.server.push_update({"chosen_inline_result": chosen})
        assert await self.is_well(bot)

    async def test_inline(self, bot: RunningBot) -> None:
        for text in map(hostile.whole, (*hostile.ALL, *hostile.mixed(2, 20, INLINE))):
            if utf16_length(text) <= INLINE:
                query = await bot.server.send_inline_query(bot.newcomer(), text)
                await bot.server.answered(query, timeout=60)
        assert await self.is_well(bot)

    async def test_as_a_guest(self, bot: RunningBot) -> None:
        person = bot.newcomer()
        group = bot.server.new_group("<b>{0}", person, bot_status="left")
        for text in map(hostile.whole, hostile.ALL):
            words = f"@{bot.server.bot.username} {text}"
            await bot.server.answered(await bot.server.send_guest_message(group, person, words))
        assert await self.is_well(bot)

    async def test_people_and_groups_with_such_names(self, bot: RunningBot) -> None:
        for text in map(hostile.whole, (*hostile.MARKUP, *hostile.TERMINALS, *hostile.TEMPLATES)):
            person = User(7_000_000 + len(bot.server.users), text, "", text[:5])
            known = bot.server.new_user(text, user_id=person.id, language_code=text[:5])
            group = bot.server.new_group(text, known)
            answer = await bot.server.ask(known, "/ask who helps poor families?", chat=group)
            assert "ATD" in answer.text
        assert await self.is_well(bot)

    async def test_one_who_wants_to_hang_it_hangs_nobody(self, bot: RunningBot) -> None:
        """The masking of a question that found nothing once took for ever over this one."""
        await bot.asks(bot.newcomer(), "1 bis, place " + "de la " * 680)
        assert "CoSE" in (await bot.asks(bot.newcomer(), "screens")).text

    async def is_well(self, bot: RunningBot) -> bool:
        assert "CoSE" in (await bot.asks(bot.newcomer(), "screens")).text
        assert "ERROR" not in bot.written
        assert "Traceback" not in bot.written
        return "sent without markup" not in bot.written
