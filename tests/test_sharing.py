"""A replica's part of the inbox: taken while it works, given back when it stops."""

import asyncio

import pytest
from recording import NOW, records_at

from bot.records.claims import Claimed, Claims
from bot.telegram_chat.sharing import Sharing


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
