"""/stats and /audit: an admin sees the numbers as a picture, and who changed what."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from bot_api_server import BotApiServer, Message
from recording import SECRET
from running_bot import ADMIN, RunningBot, buttons, started

from bot.records.counts import Asked
from bot.records.kinds import ChatKind
from bot.records.records import open_records

pytestmark = pytest.mark.asyncio(loop_scope="module")

DAY = 86_400


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def telegram_bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningBot]:
    """The real bot with numbers and changes from before it started."""
    data = tmp_path_factory.mktemp("data")
    address = f"sqlite:///{data / 'before.db'}"
    async with open_records(address, SECRET) as records:
        now = datetime.now(UTC).timestamp()
        asked = Asked("fr", ChatKind.GROUP, True, ("cose",), ("screens",), 0.04)
        for days in (8, 8, 20, 60):
            await records.counts.add(asked, now - days * DAY)
        await records.counts.add(Asked("en", ChatKind.PRIVATE, False), now - 20 * DAY)
        for number in range(17):
            admin = ADMIN if number % 2 else 77
            await records.audit.record(
                admin, "reindex", "content", now - 9_000 + number, f"n{number}"
            )
        await records.audit.record(ADMIN, "juggled <b>", "cose.yaml", now - 60, "words " * 200)
    async with (
        BotApiServer() as server,
        started(server, data, BOT_DATABASE_URL=address) as bot,
    ):
        await bot.ready()
        yield bot


async def pressed(bot: RunningBot, message: Message, data: str, language: str = "en") -> None:
    """Presses a button whose answer takes the message's place."""
    edits = message.edits
    await bot.server.send_callback(bot.admin(language), message, data)
    await bot.server.edited(message, after=edits, timeout=30)


async def test_the_numbers_are_a_picture_with_a_caption(bot: RunningBot) -> None:
    admin = bot.admin()
    message = await bot.server.ask(admin, "/stats", timeout=30)
    assert message.content["photo"][0]["width"] == 1080
    assert message.marked("bold")[0].startswith("The last 30 days (")
    assert "4 questions, 75% answered" in message.text
    assert "Languages: French 75%, English 25%" in message.text
    assert "3 · Collective on Screen Overexposure (CoSE)" in message.text
    assert buttons(message) == {
        "7 days": "/stats 7", "✓ 30 days": "/stats 30", "90 days": "/stats 90",
    }  # fmt: skip


async def test_a_button_puts_another_period_in_its_place(bot: RunningBot) -> None:
    admin = bot.admin()
    message = await bot.server.ask(admin, "/stats", timeout=30)
    before = message.content["photo"]
    await pressed(bot, message, "/stats 90")
    assert "5 questions" in message.text
    assert message.content["photo"] != before
    assert list(buttons(message)) == ["7 days", "30 days", "✓ 90 days"]
    # Nothing in the last week: a sentence, which cannot take the place of a picture.
    quiet = await bot.presses(admin, message, "/stats 7")
    assert quiet.text == "Nobody asked anything in the last 7 days."
    await pressed(bot, quiet, "/stats 30")
    assert quiet.content["photo"], "a picture can take the place of a sentence"


async def test_another_number_of_days_and_none(bot: RunningBot) -> None:
    admin = bot.admin()
    message = await bot.server.ask(admin, "/stats 21", timeout=30)
    assert "The last 21 days" in message.text
    assert (await bot.asks(admin, "/stats many")).text.startswith("Send /stats, or /stats with")


async def test_changes_newest_first_page_by_page(bot: RunningBot) -> None:
    admin = bot.admin()
    first = await bot.asks(admin, "/audit")
    assert first.text.startswith("18 changes by admins:")
    assert "juggled <b>: cose.yaml" in first.text
    assert ", you\nContent read again: content\nn15" in first.text
    assert ", 77\nContent read again: content\nn16" in first.text
    assert first.text.index("n16") < first.text.index("n15")
    assert len(first.text) < 1_500, "long details are cut"
    assert buttons(first) == {"Older ▸": "/audit 2"}
    await pressed(bot, first, "/audit 2")
    assert "n9\n" in f"{first.text}\n"
    await pressed(bot, first, "/audit 3")
    assert buttons(first) == {"◂ Newer": "/audit 2"}
    assert first.text.endswith("n0")
    beyond = await bot.asks(admin, "/audit 99")
    assert beyond.text == first.text


async def test_in_french(bot: RunningBot) -> None:
    admin = bot.admin()
    await bot.asks(admin, "/language fr")
    message = await bot.server.ask(admin, "/stats", timeout=30)
    assert "4 questions, 75\u00a0% avec réponse" in message.text
    assert "vous\nContenu relu" in (await bot.asks(admin, "/audit 2")).text
    await bot.asks(admin, "/language en")
