"""Two hundred people at once, for minutes: nothing fails, memory stays flat, nobody waits long.

    .venv/bin/python benchmarks/load.py [--people 200] [--minutes 10]

Each writes, presses a button or types an inline query, waits for the answer, thinks for some
seconds, and goes on. In the last fifth of the time one more person floods the bot with questions.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
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

FOLLOW_UPS = ("their website?", "tell me more", "et leur site ?", "any others?", "the second one")
THINKING = (1.0, 6.0)
"""Seconds between an answer and the next question of the same person."""

FLOOD = 20
"""Questions a second of the one who floods."""

LONGEST = 30.0
"""Seconds after which an answer counts as lost."""


@dataclass
class Seen:
    """Seconds that answers took, by kind and by whether somebody floods; memory in MB."""

    seconds: dict[tuple[str, bool], list[float]] = field(default_factory=lambda: defaultdict(list))
    lost: int = 0
    memory: list[float] = field(default_factory=list)
    is_flooded: bool = False

    async def timed(self, kind: str, answered: asyncio.Event) -> None:
        begun, flooded = time.perf_counter(), self.is_flooded
        try:
            await asyncio.wait_for(answered.wait(), LONGEST)
        except TimeoutError:
            self.lost += 1
            return
        self.seconds[kind, flooded].append(time.perf_counter() - begun)


async def a_person(server: QuickServer, seen: Seen, asked: Sequence[str], seed: int) -> None:
    chance, person = random.Random(seed), server.new_user("P", language_code="en")
    while True:
        await asyncio.sleep(chance.uniform(*THINKING))
        await one_step(server, seen, person, chance, asked)


async def one_step(
    server: QuickServer, seen: Seen, person: User, chance: random.Random, asked: Sequence[str]
) -> None:
    kind = chance.choices(("question", "follow-up", "inline", "press"), (50, 15, 25, 10))[0]
    button = server.last_button(person)
    if kind == "press" and button:
        answered = server.put_press(person, button)
    elif kind == "inline":
        answered = server.put_inline(person, chance.choice(asked)[: chance.randint(2, 30)])
    elif kind == "follow-up":
        answered = server.put_awaited(person, chance.choice(FOLLOW_UPS))
    else:
        kind, answered = "question", server.put_awaited(person, chance.choice(asked))
    await seen.timed(kind, answered)


async def a_flood(server: QuickServer, asked: Sequence[str]) -> None:
    flooding = server.new_user("Flood", language_code="en")
    while True:
        server.put_awaited(flooding, random.choice(asked))
        await asyncio.sleep(1 / FLOOD)


async def looked_at(pid: int, seen: Seen) -> None:
    pages = os.sysconf("SC_PAGE_SIZE") / 2**20
    while True:
        seen.memory.append(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * pages)
        await asyncio.sleep(2.0)


async def loaded(people: int, minutes: float) -> tuple[Seen, list[str]]:
    """What was seen, and what the bot wrote into its log from warnings on."""
    content, seen = load_content(ROOT / "content").content, Seen()
    assert content is not None
    asked = questions(content, 3_000)
    with tempfile.TemporaryDirectory() as data:
        async with QuickServer() as server:
            base = server.base_url.removesuffix("/bot")
            environment = os.environ | {
                "BOT_TOKEN": TOKEN,
                "BOT_API_BASE_URL": base,
                "BOT_DATA": data,
                "BOT_LOG_LEVEL": "warning",
            }
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "run_bot.py", "serve"),
                cwd=ROOT,
                env=environment,
                stderr=asyncio.subprocess.PIPE,
            )
            assert process.stderr
            log = asyncio.create_task(process.stderr.read())
            await server.put_awaited(server.new_user("First"), asked[0]).wait()
            tasks = [
                asyncio.create_task(a_person(server, seen, asked, seed)) for seed in range(people)
            ]
            tasks.append(asyncio.create_task(looked_at(process.pid, seen)))
            await asyncio.sleep(60 * minutes * 0.8)
            seen.is_flooded = True
            tasks.append(asyncio.create_task(a_flood(server, asked)))
            await asyncio.sleep(60 * minutes * 0.2)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            process.terminate()
            await process.wait()
            return seen, (await log).decode().splitlines()


def shown(seen: Seen) -> Table:
    table = Table(title="seconds to an answer")
    for column in ("", "answers", "p50", "p95", "p99", "slowest"):
        table.add_column(column, justify="right" if column else "left")
    for (kind, flooded), found in sorted(seen.seconds.items()):
        times = sorted(found)
        cuts = (f"{times[int(share * (len(times) - 1))]:.3f}" for share in (0.5, 0.95, 0.99, 1))
        table.add_row(f"{kind}{', one floods' * flooded}", str(len(times)), *cuts)
    return table


@click.command()
@click.option("--people", default=200)
@click.option("--minutes", default=10.0)
def main(people: int, minutes: float) -> None:
    seen, log = asyncio.run(loaded(people, minutes))
    console, memory = Console(width=100), seen.memory
    console.print(shown(seen))
    early = max(memory[: max(1, len(memory) // 5)])
    console.print(f"memory: {early:.0f} MB in the first fifth at most, {memory[-1]:.0f} at the end")
    console.print(f"not answered within {LONGEST:.0f} s: {seen.lost}")
    console.print(f"warnings and errors in the log: {len(log)}")
    console.print("\n".join(log[:10]))
    sys.exit(bool(seen.lost or log))


if __name__ == "__main__":
    main()
