"""A bot with its data folder, the people who ask it, and what became of their questions."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from bot_api_server import BotApiServer
from knocking import PUBLIC, SECRET, address_of
from running_bot import RunningBot, started

from faults.trial import Size

FOUND, MISSED = "who deals with screen overexposure?", "qqplm zyxwv vvkkq?"


class Scene:
    """One trial after the other; each has people of its own."""

    def __init__(
        self, server: BotApiServer, data: Path, content: Path, size: Size, level: str
    ) -> None:
        self.server, self.data, self.content = server, data, content
        self.size, self.level = size, level
        self.records = data / "records.db"
        self.asked, self.note = Counter[int](), ""
        self.ever_asked = self.ever_missed = 0
        self.log: list[str] = []
        self.before = ""
        self._stack = AsyncExitStack()
        self._bot: RunningBot | None = None
        self._webhook = False
        self._since, self.seconds = 0.0, 0.0

    @property
    def bot(self) -> RunningBot:
        assert self._bot is not None, "no bot was started"
        return self._bot

    def begin(self) -> None:
        """A new trial: nobody has asked yet, and the log is empty."""
        self.asked.clear()
        self.before += self.told()
        self.log.clear()
        self.note, self.seconds = "", 0.0
        if self._bot:
            self._bot.output.clear()

    async def start(
        self, *, webhook: bool = False, before: Sequence[str] = (), **settings: str
    ) -> None:
        """Starts the bot anew; one that runs is stopped first."""
        await self.stop()
        usual = {
            "BOT_DATABASE_URL": f"sqlite:///{self.data / 'records.db'}",
            "BOT_LOG_LEVEL": self.level,
        }
        if webhook:
            usual |= {"BOT_WEBHOOK_URL": PUBLIC, "BOT_WEBHOOK_SECRET": SECRET}
            usual |= {"BOT_HTTP_PORT": "0"}
        starting = started(self.server, self.data, self.content, before, **usual | settings)
        self._bot, self._webhook = await self._stack.enter_async_context(starting), webhook
        if webhook:
            self.server.updates.reroute = await address_of(self._bot)

    async def running(self, *, webhook: bool = False) -> None:
        """Returns when a bot runs and answers; the one that runs already will do."""
        is_alive = self._bot is not None and self._bot.process.returncode is None
        if not is_alive or self._webhook != webhook:
            await self.start(webhook=webhook)
            await self.probe()
        self.seconds = 0.0
        self.over()

    async def stop(self) -> int | None:
        """Stops the bot, if there is one; its exit status."""
        if self._bot is None:
            return None
        status = await self.bot.stop(within=self.size.patience)
        await self.gone()
        return status

    async def gone(self) -> None:
        """The bot has ended, or is killed now."""
        bot, self._bot = self.bot, None
        stack, self._stack = self._stack, AsyncExitStack()
        await stack.aclose()
        self.log += bot.output

    def told(self) -> str:
        """All that the bots of this trial have written."""
        return "".join([*self.log, *(self._bot.output if self._bot else [])])

    async def ask(self, people: int | None = None, times: int = 1) -> list[int]:
        """New people ask, each so often; every third asks what has no answer. Who they are."""
        who: list[int] = []
        for number in range(self.size.people if people is None else people):
            person = self.server.new_user("Zebulon", language_code="en")
            text = MISSED if number % 3 == 2 else FOUND
            for _ in range(times):
                await self.server.send_text(person, person, text)
            self.asked[person.id] = times
            self.ever_asked += times
            self.ever_missed += times * (text == MISSED)
            who.append(person.id)
        return who

    def over(self) -> None:
        """From now on the bot should come back by itself."""
        self._since = time.monotonic()

    async def probe(self) -> None:
        """Somebody asks, and is answered; how long that took since the fault was over."""
        (person,) = await self.ask(1)
        await self.until(lambda: self.answers(person) > 0, "an answer", self.size.patience)
        self.seconds = max(self.seconds, time.monotonic() - self._since)

    async def all_answered(self) -> None:
        """Returns when nobody waits any more; or, where somebody does for good, in the end."""
        patience = self.size.patience + sum(self.asked.values()) / 5

        def is_done() -> bool:
            return all(self.answers(person) >= count for person, count in self.asked.items())

        await self.until(is_done, "an answer for everybody", patience)

    async def until(self, is_so: Callable[[], bool], what: str, patience: float = 30.0) -> None:
        """Looks now and then; so many people cannot be looked at after every call."""
        deadline = time.monotonic() + patience
        while not is_so():
            assert time.monotonic() < deadline, f"{what} did not come; {self.told()[-3000:]}"
            await asyncio.sleep(0.02 if len(self.asked) < 100 else 0.5)

    def answers(self, person: int) -> int:
        """How often somebody was answered."""
        bot = self.server.bot
        return sum(m.sender is bot for m in self.server.messages(self.server.users[person]))
