"""The weekly digest: on Monday at nine, late rather than never, and never twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

import pytest
import pytest_asyncio
from bot_api_server import BotApiServer, Message
from recording import DAY, records_at
from talking import services_on
from telegram import Bot

from bot.commands.digest import digest, next_due
from bot.records.counts import Asked
from bot.records.digests import Wish
from bot.records.kinds import ChatKind, Reason
from bot.records.records import Records
from bot.services import Services
from bot.telegram_chat.digest import AGAIN, LATEST, DigestSender

ADMIN, OTHER = 4_000_001, 4_000_002
MONDAY = datetime(2027, 1, 18, 9).timestamp()


@dataclass
class Desk:
    """A sender with a clock to be set, its records, and what its admins get."""

    server: BotApiServer
    bot: Bot
    records: Records
    services: Services
    now: float = MONDAY

    def sender(self, *admins: int) -> DigestSender:
        return DigestSender(self.services, frozenset(admins), lambda: self.now)

    async def look(self, now: float) -> None:
        """A look by a process that has just been started."""
        self.now = now
        await self.sender(ADMIN).look(self.bot)

    @property
    def sent(self) -> list[Message]:
        return self.server.messages(self.server.users[ADMIN])


@pytest_asyncio.fixture
async def desk(database: str) -> AsyncIterator[Desk]:
    services = services_on()
    async with BotApiServer() as server, records_at(database) as records:
        for admin in (ADMIN, OTHER):
            server.start(server.new_user("Admin", user_id=admin))
        services.records = records
        async with Bot(server.token, base_url=server.base_url) as bot:
            yield Desk(server, bot, records, services)
        services.records = None


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2027, 1, 18, 8, 59), datetime(2027, 1, 18, 9)),
        (datetime(2027, 1, 18, 9), datetime(2027, 1, 25, 9)),
        (datetime(2027, 1, 24, 23), datetime(2027, 1, 25, 9)),
        (datetime(2026, 12, 29), datetime(2027, 1, 4, 9)),
    ],
)
def test_it_is_due_on_monday_at_nine(now: datetime, due: datetime) -> None:
    assert datetime.fromtimestamp(next_due(now.timestamp())) == due


async def test_it_is_sent_once_a_week_whatever_is_restarted(desk: Desk) -> None:
    await desk.records.digests.wish(ADMIN, "en", MONDAY)
    await desk.look(MONDAY - 1)
    assert desk.sent == []
    for now in (MONDAY, MONDAY, MONDAY + DAY, MONDAY + 6 * DAY):
        await desk.look(now)
    assert len(desk.sent) == 1
    await desk.look(MONDAY + 7 * DAY + 5)
    assert len(desk.sent) == 2


async def test_it_comes_late_but_not_too_late(desk: Desk) -> None:
    await desk.records.digests.wish(ADMIN, "en", MONDAY)
    await desk.look(MONDAY + LATEST - 1)
    assert len(desk.sent) == 1
    await desk.look(MONDAY + 7 * DAY + LATEST + 1)
    assert len(desk.sent) == 1
    assert await desk.records.digests.wished(ADMIN) == Wish(ADMIN, "en", int(MONDAY) + 14 * DAY)


async def test_a_fault_of_telegram_is_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    await desk.records.digests.wish(ADMIN, "en", MONDAY)
    desk.server.too_many_requests("sendMessage", 5)
    await desk.look(MONDAY)
    await desk.look(MONDAY + 60)
    assert desk.sent == []
    await desk.look(MONDAY + AGAIN)
    assert len(desk.sent) == 1


async def test_who_is_no_admin_any_more_gets_none(desk: Desk) -> None:
    for admin in (ADMIN, OTHER):
        await desk.records.digests.wish(admin, "en", MONDAY)
    await desk.sender(OTHER).look(desk.bot)
    assert desk.sent == []
    assert len(desk.server.messages(desk.server.users[OTHER])) == 1


async def test_of_two_processes_one_sends(desk: Desk) -> None:
    await desk.records.digests.wish(ADMIN, "en", MONDAY)
    (wish,) = await desk.records.digests.due(MONDAY)
    assert await desk.records.digests.take(wish, MONDAY, MONDAY + AGAIN)
    assert not await desk.records.digests.take(wish, MONDAY, MONDAY + AGAIN)


async def test_to_forget_ends_it(desk: Desk) -> None:
    await desk.records.digests.wish(ADMIN, "en", MONDAY)
    await desk.records.forget(ADMIN)
    assert await desk.records.digests.wished(ADMIN) is None


@pytest.mark.parametrize(
    ("language", "told", "waits"),
    [
        ("en", "4 questions in the last seven days, 75% of them answered.", "“pizza”"),
        ("fr", "4 questions ces sept derniers jours, avec une réponse pour 75", "« pizza »"),
    ],
)
async def test_what_it_says(desk: Desk, language: str, told: str, waits: str) -> None:
    for answered in (True, True, True, False):
        asked = Asked("en", ChatKind.PRIVATE, answered)
        await desk.records.counts.add(asked, MONDAY - DAY)
    await desk.records.counts.add(Asked("en", ChatKind.PRIVATE, True), MONDAY - 8 * DAY)
    await desk.records.misses.record("pizza", "en", ChatKind.PRIVATE, Reason.NOTHING, MONDAY)
    reply = await digest(desk.services, desk.records, language, MONDAY)
    assert told in reply.text.replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", " ")
    assert waits in reply.text.replace("\N{NO-BREAK SPACE}", " ")
    assert [b.action for row in reply.buttons for b in row] == ["/misses", "/misses weekly off"]
