"""Questions answered a second, end to end over HTTP: our bot beside bots that search nothing.

    .venv/bin/python benchmarks/answers.py [--rounds 5] [--questions 3000] [--webhook]
        [--delay 0.05] [--output polling.json]

Every bot is a process of its own, started anew each round, and polls our Bot API server, or is
brought its messages on forty connections; the rounds take turns. Questions are distinct, 3 to 12
words, none asked twice, each by a person of its own, in the words of the shipped content.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import click  # noqa: E402
from bot_api_server import TOKEN, User  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

from benchmarks.quick_server import QuickServer  # noqa: E402
from benchmarks.zipf_content import questions  # noqa: E402
from content.loading import load_content  # noqa: E402

BOTS = {
    "echo, python-telegram-bot": ["-m", "benchmarks.bots.echo_ptb"],
    "echo, python-telegram-bot, 8 at a time": ["-m", "benchmarks.bots.echo_ptb_at_once"],
    "echo, aiogram": ["-m", "benchmarks.bots.echo_aiogram"],
    "Partner Bot": ["run_bot.py", "serve"],
}
BARE = "echo, python-telegram-bot"
WARMING, STEADY = 500, 300
"""Questions before anything is measured (words are met for the first time only once in the life of
a process), and those asked one after the other."""


@dataclass(frozen=True)
class Measured:
    """One bot in one round: answers a second, milliseconds when they come steadily."""

    bot: str
    first: float
    a_second: float
    p50: float
    p99: float


@asynccontextmanager
async def running(
    words: Sequence[str], server: QuickServer, data: str, webhook: bool = False
) -> AsyncIterator[None]:
    environment = os.environ | {
        "BOT_TOKEN": TOKEN,
        "BOT_API_BASE_URL": server.base_url.removesuffix("/bot"),
        "BOT_DATA": data,
        "BOT_LOG_LEVEL": "warning",
        "PYTHONPATH": str(ROOT),
    }
    if webhook:
        port = unused_port()
        environment["BOT_HTTP_PORT"] = str(port)
        environment["BOT_WEBHOOK_URL"] = f"http://127.0.0.1:{port}/telegram"
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words, cwd=ROOT, env=environment, stdout=quiet, stderr=None
    )
    try:
        yield
    finally:
        process.terminate()
        await process.wait()


def unused_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port: int = place.getsockname()[1]
        return port


async def until_set(server: QuickServer) -> None:
    async with asyncio.timeout(60):
        while server.updates.webhook is None:
            await asyncio.sleep(0.002)


async def all_at_once(server: QuickServer, asked: Sequence[str], timeout: float = 300) -> float:
    """Seconds until all questions are answered."""
    people = [put(server, text) for text in asked]
    begun = time.perf_counter()
    server.wake()
    await server.until_answered(people, timeout)
    return max(server.answers_at[p.id] for p in people) - begun


async def steadily(server: QuickServer, asked: Sequence[str]) -> list[float]:
    """Seconds that each question takes when one comes every twenty milliseconds."""
    people: list[User] = []
    for text in asked:
        people.append(put(server, text))
        server.wake()
        await asyncio.sleep(0.02)
    await server.until_answered(people, 60)
    return sorted(server.answers_at[p.id] - server.asked_at[p.id] for p in people)


def put(server: QuickServer, text: str) -> User:
    person = server.new_user("P", language_code="en")
    server.put(person, text)
    return person


async def measured(bot: str, asked: Sequence[str], delay: float, webhook: bool) -> Measured:
    with tempfile.TemporaryDirectory() as data:
        async with QuickServer() as server:
            server.delay_of_sending = delay
            begun = time.perf_counter()
            async with running(BOTS[bot], server, data, webhook):
                if webhook:
                    await until_set(server)
                await all_at_once(server, asked[:1])
                first = time.perf_counter() - begun
                await all_at_once(server, asked[1:WARMING])
                took = await all_at_once(server, asked[WARMING:-STEADY])
                times = await steadily(server, asked[-STEADY:])
    count = len(asked) - STEADY - WARMING
    p50, p99 = (1000 * times[int(share * (len(times) - 1))] for share in (0.5, 0.99))
    return Measured(bot, first, count / took, p50, p99)


def medians(rounds: Sequence[Measured]) -> list[Measured]:
    found = []
    for bot in dict.fromkeys(one.bot for one in rounds):
        mine = [one for one in rounds if one.bot == bot]
        numbers = (
            statistics.median(getattr(one, name) for one in mine)
            for name in ("first", "a_second", "p50", "p99")
        )
        found.append(Measured(bot, *numbers))
    return found


def shown(found: Sequence[Measured], delay: float, webhook: bool) -> Table:
    way = "by webhook" if webhook else "polling"
    table = Table(title=f"end to end, {way}, {1000 * delay:.0f} ms of delay in sending")
    for column in ("", "answers a second", "× bare", "p50 ms", "p99 ms", "first answer s"):
        table.add_column(column, justify="right" if column else "left")
    bare = next(one.a_second for one in found if one.bot == BARE)
    for one in found:
        ratio = f"{one.a_second / bare:.2f}"
        numbers = (f"{one.a_second:.0f}", ratio, f"{one.p50:.1f}", f"{one.p99:.1f}")
        table.add_row(one.bot, *numbers, f"{one.first:.1f}")
    return table


@click.command()
@click.option("--rounds", default=5)
@click.option("--questions", "count", default=3000, help="Questions of each bot in each round.")
@click.option("--delay", default=0.0, help="Seconds that sending takes, as on a real network.")
@click.option("--webhook", is_flag=True, help="Messages are brought, not fetched.")
@click.option("--only", multiple=True, help="Part of a bot's name; several may be given.")
@click.option("--output", type=click.Path(path_type=Path), help="Write the figures as JSON.")
def main(
    rounds: int,
    count: int,
    delay: float,
    webhook: bool,
    only: tuple[str, ...],
    output: Path | None,
) -> None:
    content = load_content(ROOT / "content").content
    assert content is not None
    asked = questions(content, count + WARMING + STEADY)
    chosen = [b for b in BOTS if not only or b == BARE or any(o.lower() in b.lower() for o in only)]
    results = [
        asyncio.run(measured(bot, asked, delay, webhook)) for _ in range(rounds) for bot in chosen
    ]
    found = medians(results)
    Console().print(shown(found, delay, webhook))
    if output:
        output.write_text(json.dumps([asdict(one) for one in found], indent=1) + "\n")


if __name__ == "__main__":
    main()
