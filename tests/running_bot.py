"""The real bot as a process of its own, talking to the tests' Bot API server over HTTP."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot_api_server import TOKEN, BotApiServer, Message, User

from bot.services import index_folder

ROOT = Path(__file__).resolve().parent.parent
ADMIN = 4_000_001
PATIENCE = 60.0


@dataclass
class RunningBot:
    """`run_bot.py serve`; `output` is all that it has written so far, on both streams."""

    server: BotApiServer
    process: asyncio.subprocess.Process
    content: Path
    output: list[str] = field(default_factory=list)
    _reading: list[asyncio.Task[None]] = field(default_factory=list)
    _people: int = 0

    @property
    def written(self) -> str:
        return "".join(self.output)

    def read_along(self) -> None:
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            self._reading.append(asyncio.create_task(self._read(stream)))

    async def _read(self, stream: asyncio.StreamReader) -> None:
        while line := await stream.readline():
            self.output.append(line.decode())

    async def ready(self) -> None:
        """Returns when the bot is about to fetch messages."""
        ended = asyncio.create_task(self.process.wait())
        begun = asyncio.create_task(self.server.wait_for("deleteWebhook", timeout=PATIENCE))
        await asyncio.wait({ended, begun}, return_when=asyncio.FIRST_COMPLETED)
        begun.cancel() if ended.done() else ended.cancel()
        assert not ended.done() or ended.cancelled(), f"it ended at once:\n{self.written}"
        await begun

    async def ended(self, within: float = PATIENCE) -> int:
        """The exit status, once it has ended and all its words are read."""
        status = await asyncio.wait_for(self.process.wait(), within)
        await asyncio.gather(*self._reading)
        return status

    async def stop(self, within: float = PATIENCE) -> int:
        """Asks it to stop, as systemd does; the exit status."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        return await self.ended(within)

    def newcomer(self, language: str = "en") -> User:
        """Somebody the bot has never met."""
        self._people += 1
        return self.server.new_user(f"Person {self._people}", language_code=language)

    def admin(self, language: str = "en") -> User:
        """The admin of BOT_ADMINS."""
        known = self.server.users.get(ADMIN)
        return known or self.server.new_user("Admin", user_id=ADMIN, language_code=language)

    async def asks(self, user: User, text: str) -> Message:
        """What the bot says to somebody's words in the private chat."""
        return await self.server.ask(user, text)

    async def presses(self, user: User, message: Message, data: str) -> Message:
        """Presses a button that brings a new message; that message."""
        last = max(m.message_id for m in self.server.messages(message.chat))
        query = await self.server.send_callback(user, message, data)
        await self.server.answered(query)
        await self.server.wait_until(lambda: self._latest(message) > last, what="a new message")
        return message.chat.messages[self._latest(message)]

    def _latest(self, message: Message) -> int:
        return max(m.message_id for m in self.server.messages(message.chat))


def copied_content(target: Path) -> Path:
    """The shipped content, to be changed at will."""
    ignored = shutil.ignore_patterns("*.py", "__pycache__", "*.md")
    shutil.copytree(ROOT / "content", target, ignore=ignored)
    return target


def indexed_content(shipped: Path, data: Path) -> Path:
    """The same in a data folder, with the index that was made of the shipped content."""
    content = copied_content(data / "content")
    shutil.copytree(index_folder(shipped, ROOT / "content"), index_folder(data, content))
    return content


@asynccontextmanager
async def started(
    server: BotApiServer,
    data: Path,
    content: Path | None = None,
    before: Sequence[str] = (),
    **settings: str,
) -> AsyncIterator[RunningBot]:
    """Starts the bot, perhaps with other settings; kills it in the end if it still lives.

    ``before`` is a command that prepares something, and then runs the command behind it.

    Raises:
        AssertionError: Telegram, or another's description of it, had something to complain of.
    """
    folder = content or ROOT / "content"
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("BOT_", "PYTHON"))},
        "BOT_TOKEN": TOKEN,
        "BOT_API_BASE_URL": server.base_url.removesuffix("/bot"),
        "BOT_ADMINS": str(ADMIN),
        "BOT_DATA": str(data),
        "BOT_CONTENT": str(folder),
        # Bots share a data folder, and people of the same ids: their records end with the process.
        "BOT_DATABASE_URL": "sqlite://",
        "PYTHONUTF8": "1",
        **settings,
    }
    process = await asyncio.create_subprocess_exec(
        *(*before, sys.executable, "-W", "error", str(ROOT / "run_bot.py"), "serve"),
        cwd=data,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    bot = RunningBot(server, process, folder)
    bot.read_along()
    try:
        yield bot
        assert server.complaints == [], server.complaints
    finally:
        if process.returncode is None:
            process.kill()
        await bot.ended()


def buttons(message: Message) -> dict[str, str]:
    """The buttons to press, by label: what each sends."""
    return {button.text: button.data for button in message.buttons if button.data}
