"""Thumbs under answers, misses and numbers in the records, and answers that never need them."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from bot_api_server import BotApiServer, Message, User
from running_bot import RunningBot, buttons, started

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "who deals with screen overexposure?"
NONSENSE = "who repairs submarines in Antarctica?"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("records") / "records.db"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def telegram_bot(telegram_data: Path, database: Path) -> AsyncIterator[RunningBot]:
    """The real bot with records in a file."""
    address = f"sqlite:///{database}"
    async with (
        BotApiServer() as server,
        started(server, telegram_data, BOT_DATABASE_URL=address) as bot,
    ):
        await bot.ready()
        yield bot


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(database) as connection:
        return connection.execute(query).fetchall()


def number(database: Path, what: str, which: str) -> int:
    found = rows(database, "select what, which, number from counts")
    return sum(int(str(n)) for w, name, n in found if (w, name) == (what, which))


async def recorded(bot: RunningBot, database: Path, query: str, count: int = 1) -> None:
    """Returns when a query gives that many rows; something is sent meanwhile to look again."""
    for _ in range(50):
        if len(rows(database, query)) >= count:
            return
        await bot.asks(bot.newcomer(), "/help")
    raise AssertionError(f"{query}: {rows(database, query)}")


async def voted(bot: RunningBot, person: User, answer: Message, data: str) -> None:
    before = answer.edits
    await bot.server.answered(await bot.server.send_callback(person, answer, data))
    await bot.server.edited(answer, after=before)


@pytest.mark.parametrize(("language", "thanks"), [("en", "Thank you"), ("fr", "Merci")])
async def test_a_thumb_is_thanked_for_in_its_place(
    bot: RunningBot, language: str, thanks: str
) -> None:
    person = bot.newcomer(language)
    answer = await bot.asks(person, QUESTION)
    assert {"👍", "👎"} <= set(buttons(answer))
    text, others = answer.text, set(buttons(answer)) - {"👍", "👎"}
    await voted(bot, person, answer, "up")
    assert answer.text == text
    assert others < set(buttons(answer))
    assert any(label.startswith(thanks) for label in buttons(answer))
    assert "👍" not in buttons(answer)


async def test_one_vote_an_answer_however_often_it_is_pressed(
    bot: RunningBot, database: Path
) -> None:
    person = bot.newcomer()
    answer = await bot.asks(person, "violence and screens")
    queries = [await bot.server.send_callback(person, answer, d) for d in ("up", "up", "down")]
    for query in queries:
        await bot.server.answered(query)
    await bot.server.edited(answer)
    await bot.server.answered(await bot.server.send_callback(person, answer, "thanked"))
    thumbs = "select up, times from feedback where question='violence and screens'"
    await recorded(bot, database, thumbs)
    assert rows(database, thumbs) == [(1, 1)]
    assert answer.edits == 1


async def test_a_thumb_down_is_a_miss_and_tells_nothing_of_whose_it_is(
    bot: RunningBot, database: Path
) -> None:
    person = bot.newcomer()
    answer = await bot.asks(person, "who deals with poverty? poverty poverty @somebody_else")
    await voted(bot, person, answer, "down")
    query = "select * from misses where reason='disliked'"
    await recorded(bot, database, query)
    stored = str(rows(database, query) + rows(database, "select * from feedback"))
    assert "poverty" in stored
    assert "somebody_else" not in stored
    assert str(person.id) not in stored


async def test_pages_keep_their_thumbs_and_their_thanks(bot: RunningBot) -> None:
    person = bot.newcomer()
    answer = await bot.asks(person, "families")
    assert "page:1" in buttons(answer).values()
    await bot.server.send_callback(person, answer, "page:1")
    await bot.server.edited(answer)
    assert "👍" in buttons(answer)
    await voted(bot, person, answer, "up")
    await bot.server.send_callback(person, answer, "page:0")
    await bot.server.edited(answer, after=2)
    assert "👍" not in buttons(answer)


async def test_lists_and_small_talk_have_no_thumbs(bot: RunningBot) -> None:
    person = bot.newcomer()
    for text in ("/partners", "/topics", "hello", "thanks", NONSENSE):
        assert "👍" not in buttons(await bot.asks(person, text))


async def test_a_question_without_answer_is_a_miss_with_language_and_kind_of_chat(
    bot: RunningBot, database: Path
) -> None:
    person = bot.newcomer("fr")
    await bot.asks(person, "qui répare les sous-marins en Antarctique ?")
    group = bot.server.new_group("Parents", person)
    await bot.server.ask(person, f"/ask {NONSENSE}", chat=group)
    missed = "select question, language, chat from misses where reason='nothing'"
    await recorded(bot, database, f"{missed} and language='fr' and chat='private'")
    await recorded(bot, database, f"{missed} and question like '%submarines%' and chat='group'")


async def test_questions_and_what_was_sent_inline_are_counted(
    bot: RunningBot, database: Path
) -> None:
    person = bot.newcomer()
    await bot.asks(person, QUESTION)
    query = await bot.server.answered(await bot.server.send_inline_query(person, "terra nova"))
    assert query.results[0]["id"] == "p_terra-nova"
    await bot.server.choose_inline_result(query, "p_terra-nova", bot.newcomer())
    await recorded(bot, database, "select 1 from counts where what='chat' and which='inline'")
    await recorded(bot, database, "select 1 from counts where which='terra-nova' and number=1")
    await recorded(bot, database, "select 1 from counts where which='cose' and what='partner'")
    for what, which in (("questions", "answered"), ("chat", "private"), ("topic", "screens")):
        assert number(database, what, which) > 0
    # What other tests asked is written by now.
    await asyncio.sleep(0.5)
    before = rows(database, "select * from counts where what='questions'")
    for text in ("hello", "/partners", "thanks", "their website?"):
        await bot.asks(person, text)
    await asyncio.sleep(0.5)
    assert rows(database, "select * from counts where what='questions'") == before


async def test_privacy_tells_how_much_is_kept_now(bot: RunningBot, database: Path) -> None:
    person = bot.newcomer()
    await bot.asks(person, NONSENSE)
    await recorded(bot, database, "select 1 from misses where question like '%submarines%'")
    told = (await bot.asks(person, "/privacy")).text
    kept = re.search(r"At this moment, .*?(\d+) running conversation", told)
    assert kept
    assert int(kept[1]) > 0
    assert "question" in told.partition("At this moment")[2]
    assert "{" not in told


async def test_forgetting_deletes_in_all_chats_and_says_how_many(
    bot: RunningBot, database: Path
) -> None:
    person = bot.newcomer()
    group = bot.server.new_group("Parents", person)
    await bot.asks(person, QUESTION)
    await bot.server.ask(person, f"/ask {QUESTION}", chat=group)
    await bot.asks(person, "/help")
    assert "2 chats" in (await bot.asks(person, "/forget")).text
    assert "nothing to forget" in (await bot.asks(person, "/forget")).text


async def test_a_restart_keeps_conversations(telegram_data: Path, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'records.db'}"
    async with BotApiServer() as server:
        async with started(server, telegram_data, BOT_DATABASE_URL=address) as bot:
            await bot.ready()
            person = bot.newcomer("fr")
            await bot.asks(person, "/language en")
            await bot.asks(person, QUESTION)
            assert await bot.stop() == 0
        async with started(server, telegram_data, BOT_DATABASE_URL=address) as bot:
            await bot.ready()
            answer = await bot.asks(person, "leur site ?")
            assert answer.text.startswith("Collective on Screen Overexposure")


async def test_without_its_database_it_answers_all_the_same(
    telegram_data: Path, tmp_path: Path
) -> None:
    path = tmp_path / "records.db"
    path.write_bytes(b"this is no database" * 100)
    async with (
        BotApiServer() as server,
        started(server, telegram_data, BOT_DATABASE_URL=f"sqlite:///{path}") as bot,
    ):
        await bot.ready()
        person = bot.newcomer()
        answer = await bot.asks(person, QUESTION)
        assert "surexpositionecrans.org" in (await bot.asks(person, "their website?")).text
        await voted(bot, person, answer, "down")
        assert "memory only" in (await bot.asks(person, "/privacy")).text
        assert "forgotten" in (await bot.asks(person, "/forget")).text
        told = [line for line in bot.written.splitlines() if "records" in line]
        assert len(told) == 1
        assert "damaged" in told[0]
        assert "Traceback" not in bot.written


async def test_a_database_that_is_locked_delays_nobody(telegram_data: Path, tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    async with (
        BotApiServer() as server,
        started(server, telegram_data, BOT_DATABASE_URL=f"sqlite:///{path}") as bot,
    ):
        await bot.ready()
        person = bot.newcomer()
        await bot.asks(person, "/start")
        lock = sqlite3.connect(path, isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        await bot.asks(person, QUESTION)
        assert "surexpositionecrans.org" in (await bot.asks(person, "their website?")).text
        lock.execute("ROLLBACK")
        lock.close()
        assert "Traceback" not in bot.written
