"""Changes are noticed: of files where that is wanted, and what other processes switch to."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from bot_api_server import BotApiServer
from running_bot import ROOT, copied_content, started

from bot.assembly import library_of
from bot.reindexing import ReindexReport, reindexed, went_back
from bot.services import Services, open_services
from bot.settings import Settings
from bot.watching import Files

WHALES = "name: {en: Whale Watch}\nsummary: {en: They sing with whales.}\n"
PIGEONS = "name: {en: Pigeon Post}\nsummary: {en: They train pigeons for letters.}\n"


def small(folder: Path) -> Path:
    (folder / "partners").mkdir(parents=True)
    (folder / "partners" / "whales.yaml").write_text(WHALES)
    return folder


def services_on(folder: Path, data: Path) -> Services:
    return open_services(folder, library_of(Settings(data=data), folder))


def _take_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def known(services: Services) -> set[str]:
    return {partner.id for partner in services.knowledge.content.partners}


async def until(true: Callable[[], bool], seconds: float = 15) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


@asynccontextmanager
async def watched(services: Services) -> AsyncIterator[list[ReindexReport]]:
    """The reports of a watch on the services' folder."""
    reports: list[ReindexReport] = []
    in_use = lambda: services.knowledge.generation.fingerprint  # noqa: E731
    files = Files(services.content_folder, services.reindex, in_use)
    task = asyncio.create_task(files.watch(reports.append))
    await asyncio.sleep(0.3)
    try:
        yield reports
    finally:
        task.cancel()
        await asyncio.wait({task}, timeout=5)
        assert task.done()


async def test_a_burst_of_changes_is_one_reindex(tmp_path: Path) -> None:
    folder = small(tmp_path / "content")
    services = services_on(folder, tmp_path / "data")
    async with watched(services) as reports:
        (folder / "partners" / "pigeons.yaml").write_text(PIGEONS[:20])
        await asyncio.sleep(0.05)
        (folder / "partners" / "pigeons.yaml").write_text(PIGEONS)
        (folder / "partners" / "whales.yaml").unlink()
        await until(lambda: bool(reports))
        assert (reports[0].added, reports[0].removed) == (("pigeons",), ("whales",))
        assert known(services) == {"pigeons"}
        await asyncio.sleep(0.7)
        assert len(reports) == 1


async def test_bad_content_is_told_once_and_the_old_index_stays(tmp_path: Path) -> None:
    folder = small(tmp_path / "content")
    services = services_on(folder, tmp_path / "data")
    bad = folder / "partners" / "pigeons.yaml"
    async with watched(services) as reports:
        bad.write_text("name: [\n")
        await until(lambda: bool(reports))
        assert [p.path.name for p in reports[0].problems] == ["pigeons.yaml"]
        (folder / "notes.txt").write_text("a file that is no content")
        bad.touch()
        await asyncio.sleep(1)
        assert len(reports) == 1
        assert known(services) == {"whales"}
        bad.write_text(PIGEONS)
        await until(lambda: len(reports) == 2)
        assert known(services) == {"whales", "pigeons"}


async def test_a_folder_that_vanishes_is_told_and_watched_again_when_it_is_back(
    tmp_path: Path,
) -> None:
    folder = small(tmp_path / "content")
    services = services_on(folder, tmp_path / "data")
    async with watched(services) as reports:
        folder.rename(tmp_path / "away")
        await until(lambda: bool(reports))
        assert not reports[0].done
        small(folder)
        (folder / "partners" / "pigeons.yaml").write_text(PIGEONS)
        await until(lambda: known(services) == {"whales", "pigeons"})


async def test_what_another_process_indexed_is_answered_from(tmp_path: Path) -> None:
    folder = small(tmp_path / "content")
    services, other = services_on(folder, tmp_path / "d"), services_on(folder, tmp_path / "d")
    assert not await services.catch_up()
    (folder / "partners" / "pigeons.yaml").write_text(PIGEONS)
    reindexed(folder, other.library, lambda _done, _all: None)
    assert await services.catch_up()
    assert known(services) == {"whales", "pigeons"}
    assert (await services.knowledge.find("pigeons")).answers[0].id == "pigeons"
    assert not await services.catch_up()
    went_back(other.library, None)
    assert await services.catch_up()
    assert known(services) == {"whales"}


async def test_what_cannot_be_opened_is_passed_over(tmp_path: Path) -> None:
    folder = small(tmp_path / "content")
    services = services_on(folder, tmp_path / "data")
    in_use = services.knowledge.generation.name
    place = next((tmp_path / "data" / "index").iterdir())
    (place / "current").write_text("99990101T000000000000\n")
    assert not await services.catch_up()
    assert not await services.catch_up()
    assert services.knowledge.generation.name == in_use


async def test_an_undo_outlives_a_restart_until_a_reindex(tmp_path: Path) -> None:
    folder = small(tmp_path / "content")
    services = services_on(folder, tmp_path / "data")
    (folder / "partners" / "pigeons.yaml").write_text(PIGEONS)
    assert (await services.reindex()).added == ("pigeons",)
    assert (await services.reindex()).done, "one that changes nothing is no step on the way back"
    report = await services.undo()
    assert (report.removed, report.done, report.undone) == (("pigeons",), True, True)
    assert known(services) == known(services_on(folder, tmp_path / "data")) == {"whales"}
    again = await services.undo()
    assert not again.done
    assert "no generation before" in str(again.failure)
    assert (await services.reindex()).added == ("pigeons",)
    assert known(services_on(folder, tmp_path / "data")) == {"whales", "pigeons"}


@pytest.mark.skipif(os.name == "nt", reason="signals")
async def test_reindex_watch_on_the_command_line(tmp_path: Path) -> None:
    folder = small(tmp_path / "content")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "error", str(ROOT / "run_bot.py"), "reindex", "--watch"),
        *("--content", str(folder)),
        cwd=tmp_path,
        env={**os.environ, "BOT_DATA": str(tmp_path / "data")},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        # A shell's background jobs ignore Ctrl+C, and their children would too.
        preexec_fn=_take_ctrl_c,
    )
    assert process.stdout
    assert process.stderr

    async def says(words: str) -> None:
        async with asyncio.timeout(20):
            while words not in (line := (await process.stdout.readline()).decode()):  # type: ignore[union-attr]
                assert line, "it ended"

    await says("1 partners indexed")
    assert b"watching" in await asyncio.wait_for(process.stderr.readline(), 20)
    await asyncio.sleep(0.5)
    (folder / "partners" / "pigeons.yaml").write_text(PIGEONS)
    await says("added: pigeons")
    (folder / "partners" / "pigeons.yaml").write_text("name: 3\n")
    await says("pigeons.yaml:1:")
    await says("Nothing was changed")
    process.send_signal(signal.SIGINT)
    assert await asyncio.wait_for(process.wait(), 30) == 0
    assert await process.stderr.read() == b""


async def test_a_serving_bot_keeps_up_with_files_and_with_other_processes(tmp_path: Path) -> None:
    content = copied_content(tmp_path / "content")
    async with (
        BotApiServer() as server,
        started(server, tmp_path, content, BOT_WATCH="yes") as bot,
    ):
        await bot.ready()
        person = bot.newcomer()
        (content / "partners" / "whales.yaml").write_text(WHALES)
        await until(lambda: "reindex: added: whales" in bot.written, 30)
        assert "Whale Watch" in (await bot.asks(person, "who sings with whales?")).text
        undo = await asyncio.create_subprocess_exec(
            *(sys.executable, str(ROOT / "run_bot.py"), "reindex", "--undo"),
            *("--content", str(content)),
            env={**os.environ, "BOT_DATA": str(tmp_path)},
            stdout=asyncio.subprocess.PIPE,
        )
        said = (await undo.communicate())[0].decode()
        assert "removed: whales" in said
        await until(lambda: "another process has reindexed" in bot.written, 20)
        assert "Whale Watch" not in (await bot.asks(person, "who sings with whales?")).text
        assert await bot.stop(within=10) == 0
