"""/reindex: whoever asks meanwhile is answered, and its end tells what to check again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from bot_api_server import BotApiServer
from running_bot import RunningBot, buttons, indexed_content, started

pytestmark = pytest.mark.asyncio(loop_scope="module")

PARTNERS = 300
"""Enough that a reindex takes a while."""

QUESTION, FOUND = "who deals with screen overexposure?", "Collective on Screen Overexposure"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def telegram_bot(
    shipped: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[RunningBot]:
    """The real bot on content of its own, to be changed."""
    folder = tmp_path_factory.mktemp("data")
    content = indexed_content(shipped, folder)
    async with BotApiServer() as server, started(server, folder, content) as bot:
        await bot.ready()
        yield bot


async def test_every_question_and_every_inline_query_is_answered(bot: RunningBot) -> None:
    server, partners = bot.server, bot.content / "partners"
    people = [bot.newcomer() for _ in range(8)]
    for number in range(PARTNERS):
        write(partners, f"whale-{number}", f"Whale {number}")
    report = await bot.asks(bot.admin(), "/reindex")
    answered = 0
    while not report.text.startswith("Done:"):
        person = people[answered % len(people)]
        query = await server.send_inline_query(person, "screens")
        answer, _ = await asyncio.gather(
            server.ask(person, QUESTION, timeout=60), server.answered(query, timeout=60)
        )
        assert FOUND in answer.text
        assert query.results[0]["id"] == "p_cose"
        answered += 1
    assert answered
    assert f"{len(list(partners.glob('*.yaml')))} partners" in report.text
    assert FOUND in (await bot.asks(people[0], QUESTION)).text
    assert server.unanswered() == []


async def test_facts_checked_long_ago_are_named_and_dated(bot: RunningBot) -> None:
    person = bot.newcomer()
    write(bot.content / "partners", "otters", "Otters", "verified_on: 2020-02-01\n")
    report = await bot.asks(bot.admin(), "/reindex")
    await bot.server.wait_until(lambda: report.text.startswith("Done:"), timeout=60)
    assert "1 partner was last checked over a year ago: otters (2/1/20)" in report.text
    answer = await bot.asks(person, "Friends of Otters")
    card = next((data for data in buttons(answer).values() if data == "card:otters"), None)
    told = await bot.presses(person, answer, card) if card else answer
    assert "Checked on February 1, 2020" in told.text


def write(partners: Path, name: str, kind: str, more: str = "") -> None:
    """A partner that has nothing to do with screens."""
    text = (
        f"name: {{en: Friends of {kind}, fr: Les Amis de {kind}}}\n"
        f"summary: {{en: They count {kind}., fr: Ils comptent {kind}.}}\n"
        f"topics: [health]\n{more}"
    )
    (partners / f"{name}.yaml").write_text(text, encoding="utf-8")
