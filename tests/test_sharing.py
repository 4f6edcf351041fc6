"""A replica's part of the inbox: a fair share, taken while it works, given back when it stops."""

import asyncio
from collections.abc import Callable

import pytest
from recording import NOW, records_at

from bot.records.claims import Claimed, Claims
from bot.records.records import Records
from bot.records.together import Together
from bot.telegram_chat.in_order import AT_ONCE
from bot.telegram_chat.sharing import AT_A_TIME, Sharing


@pytest.mark.parametrize("ticks", range(6))
async def test_it_ends_though_it_is_woken_at_that_moment(empty_postgresql: str, ticks: int) -> None:
    async def handed_on(_one: Claimed) -> None:
        pass

    async with records_at(empty_postgresql) as records:
        await records.inbox.keep({1: "{}"}, NOW, {1: (1, 1)})
        sharing = Sharing(handed_on)
        sharing.begin(records)
        await asyncio.sleep(0.3)
        assert await Claims(records.database, "another").take(9) == []
        sharing.stop()
        sharing.wake()
        for _ in range(ticks):
            await asyncio.sleep(0)
        await asyncio.wait_for(sharing.end(), 5)
        assert len(await Claims(records.database, "another").take(9)) == 1


class Replica:
    """Takes its share, and needs so many seconds for each update, or for ever."""

    def __init__(self, records: Records, seconds: float) -> None:
        self._records, self._seconds = records, seconds
        self.begun: list[int] = []
        self.sharing = Sharing(self._work)
        self.sharing.begin(records)

    async def _work(self, one: Claimed) -> None:
        self.begun.append(one.number)
        await asyncio.sleep(self._seconds)
        await self._records.inbox.done(one.number, Together())
        self.sharing.let_go(one.number)


async def keep(records: Records, count: int) -> None:
    """So many updates, each of another person."""
    numbers = range(1, count + 1)
    await records.inbox.keep(dict.fromkeys(numbers, "{}"), NOW, {n: (n, n) for n in numbers})


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.01)


async def test_what_waits_is_shared_though_one_replica_has_room_for_all(
    empty_postgresql: str,
) -> None:
    async with records_at(empty_postgresql) as records:
        await keep(records, 48)
        replicas = [Replica(records, 0.1) for _ in range(3)]
        await until(lambda: sum(len(one.begun) for one in replicas) == 48)
        numbers = [number for one in replicas for number in one.begun]
        assert sorted(numbers) == list(range(1, 49))
        assert min(len(one.begun) for one in replicas) >= AT_A_TIME
        await asyncio.gather(*(one.sharing.end() for one in replicas))


async def test_it_has_no_more_than_it_has_room_for(empty_postgresql: str) -> None:
    async with records_at(empty_postgresql) as records:
        await keep(records, AT_ONCE + 1)
        replica = Replica(records, 60)
        await until(lambda: len(replica.begun) == AT_ONCE)
        assert len(await Claims(records.database, "another").take(99)) == 1
        await replica.sharing.end()
        assert len(await Claims(records.database, "another").take(99)) == AT_ONCE
