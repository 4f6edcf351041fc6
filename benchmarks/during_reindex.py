"""How long answers take while a reindex runs, beside how long they take without one.

    .venv/bin/python -m benchmarks.during_reindex [PARTNERS ...] [--rounds 5]

The real bot (`run_bot.py serve`) as a process of its own, over HTTP with the tests' Bot API server,
on the shipped content and on made-up ones (3,000 partners unless told otherwise). People ask
steadily, in their chats and inline; phases without and with /reindex alternate, so that what else
the machine does falls on both. Times are from the update's being there to its answer's, in
milliseconds; the ratios are within this run. Exit status 1 when an answer failed to come.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bot_api_server import BotApiServer, User  # noqa: E402
from running_bot import RunningBot, copied_content, started  # noqa: E402

from benchmarks.zipf_content import questions, write_content, zipf_content  # noqa: E402

SHIPPED = (
    "who deals with screen overexposure?", "qui aide les familles pauvres ?", "violence",
    "who helps nurseries?", "les droits de l'enfant", "best pizza in bordeaux", "santé",
)  # fmt: skip
SIZES = (3_000,)
PAUSE = 0.1
"""Seconds between two questions: far from what the bot can do, as with people."""

QUIET = 6.0
"""Seconds that a phase without a reindex lasts."""

PATIENCE = 30.0
LATE = 1_500.0
"""Seconds after which an answer, or a reindex, has failed to come."""


@dataclass
class Phase:
    """What people met with: seconds until each answer, and how many never came."""

    chats: list[float] = field(default_factory=list)
    inline: list[float] = field(default_factory=list)
    failed: int = 0


@dataclass
class People:
    """Those who ask, one after another, each in their own chat."""

    bot: RunningBot
    users: Iterator[User]
    questions: Iterator[str]

    async def ask(self, phase: Phase) -> None:
        """One question in a chat."""
        begun = time.monotonic()
        try:
            await self.bot.server.ask(next(self.users), next(self.questions), timeout=PATIENCE)
            phase.chats.append(time.monotonic() - begun)
        except AssertionError:
            phase.failed += 1

    async def type(self, phase: Phase) -> None:
        """One inline query."""
        begun = time.monotonic()
        server = self.bot.server
        query = await server.send_inline_query(next(self.users), next(self.questions))
        try:
            await server.answered(query, timeout=PATIENCE)
            phase.inline.append(time.monotonic() - begun)
        except AssertionError:
            phase.failed += 1


async def asked_until(ended: asyncio.Future[None], people: People, phase: Phase) -> None:
    """Asks steadily, by turns in a chat and inline, whether answers come or not."""
    under_way: list[asyncio.Task[None]] = []
    for ask in cycle((people.ask, people.type)):
        if ended.done():
            break
        under_way.append(asyncio.create_task(ask(phase)))
        await asyncio.sleep(PAUSE)
    await asyncio.gather(*under_way)
    await ended


async def reindexed(bot: RunningBot) -> None:
    """Sends /reindex, and returns when it is done."""
    message = await bot.server.ask(bot.admin(), "/reindex", timeout=PATIENCE)
    try:
        await bot.server.wait_until(lambda: message.text.startswith("Done:"), LATE)
    except AssertionError:
        raise SystemExit(f"a reindex is not done within {LATE:.0f} s: {message.text}") from None


async def measured(bot: RunningBot, asked: Sequence[str], rounds: int) -> dict[str, Phase]:
    """Phases without and with a reindex, by turns."""
    people = People(bot, cycle([bot.newcomer() for _ in range(40)]), cycle(asked))
    await asked_until(asyncio.ensure_future(asyncio.sleep(2.0)), people, Phase())
    phases = {"without": Phase(), "with": Phase()}
    for _ in range(rounds):
        await asked_until(asyncio.ensure_future(asyncio.sleep(QUIET)), people, phases["without"])
        touch(bot.content)
        await asked_until(asyncio.ensure_future(reindexed(bot)), people, phases["with"])
    return phases


def touch(content: Path) -> None:
    """A change, so that there is something to do."""
    file = sorted((content / "partners").glob("*.yaml"))[0]
    file.write_text(f"{file.read_text(encoding='utf-8').rstrip()} \n# changed\n", encoding="utf-8")


@asynccontextmanager
async def running(folder: Path, size: int) -> AsyncIterator[RunningBot]:
    """The bot on the shipped content (size 0), or on a made-up one."""
    content = copied_content(folder / "content")
    if size:
        shutil.rmtree(content)
        write_content(zipf_content(size), content)
        # Before it starts: nobody would wait so long for a start.
        settings = {"BOT_DATA": str(folder), "BOT_CONTENT": str(content)}
        command = [sys.executable, str(ROOT / "run_bot.py"), "reindex"]
        indexing = await asyncio.create_subprocess_exec(*command, env=os.environ | settings)
        assert await indexing.wait() == 0
    async with BotApiServer() as server, started(server, folder, content) as bot:
        await bot.ready()
        bot.server.start(bot.admin())
        yield bot


def told(name: str, phases: dict[str, Phase]) -> bool:
    """Prints a table; whether every answer came."""
    print(f"\n{name}")
    print(f"{'':18}{'answers':>8}{'median':>9}{'p95':>9}{'p99':>9}{'slowest':>9}{'failed':>8}")
    rows: dict[tuple[str, str], list[float]] = {}
    for kind in ("chats", "inline"):
        for when, phase in phases.items():
            times = sorted(getattr(phase, kind))
            numbers = [statistics.median(times), at(times, 0.95), at(times, 0.99), times[-1]]
            rows[kind, when] = numbers
            shown = "".join(f"{1_000 * number:9.1f}" for number in numbers)
            print(f"{kind + ', ' + when:18}{len(times):8}{shown}{phase.failed:8}")
        pairs = zip(rows[kind, "with"], rows[kind, "without"], strict=True)
        print(f"{'ratio':18}{'':8}" + "".join(f"{slow / quick:9.2f}" for slow, quick in pairs))
    return not any(phase.failed for phase in phases.values())


def at(times: list[float], share: float) -> float:
    """What that share of the times does not exceed."""
    return times[min(len(times) - 1, int(share * len(times)))]


async def main(sizes: Sequence[int], rounds: int) -> int:
    """The exit status."""
    good = True
    for size in (0, *sizes):
        with tempfile.TemporaryDirectory() as folder:
            asked = questions(zipf_content(size), 5_000) if size else SHIPPED
            async with running(Path(folder), size) as bot:
                phases = await measured(bot, asked, rounds)
        name = f"{size:,} made-up partners" if size else "the shipped content, 15 partners"
        good &= told(f"{name}, milliseconds", phases)
    return 0 if good else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES, help="made-up partners")
    parser.add_argument("--rounds", type=int, default=5, help="phases of each kind")
    options = parser.parse_args()
    sys.exit(asyncio.run(main(options.sizes, options.rounds)))
