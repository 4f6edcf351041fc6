"""The index is broken, half written or gone, before a start and while the bot runs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from faults.clock import jumps
from faults.scene import Scene
from faults.trial import Family, Fault


def newest(scene: Scene) -> Path:
    """The folder of the generation in use."""
    (pointer,) = (scene.data / "index").glob("*/current")
    return pointer.parent / pointer.read_text().strip()


def half(generation: Path) -> None:
    """Every file is half as long, and beside lies what a killed process was building."""
    beside = generation.parent / "building-killed"
    shutil.copytree(generation, beside)
    (beside / "manifest.json").unlink()
    for path in generation.rglob("*"):
        if path.is_file() and path.suffix != ".toc":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def no_pointer(generation: Path) -> None:
    (generation.parent / "current").write_bytes(b"\x00\xff garbage")


def no_postings(generation: Path) -> None:
    # Whoosh leaves a broken .toc open, of which only the tests' -W error would tell.
    for path in (p for p in (generation / "index").iterdir() if p.suffix != ".toc"):
        path.write_bytes(b"garbage" * 100)


def gone(generation: Path) -> None:
    shutil.rmtree(generation.parent)


BREAKS: tuple[Callable[[Path], None], ...] = (no_pointer, half, no_postings, gone)


async def before_a_start(scene: Scene) -> None:
    for broken in BREAKS[: scene.size.variants]:
        await scene.running()
        await scene.stop()
        await scene.ask()
        broken(newest(scene))
        scene.over()
        await scene.start()
        await scene.probe()


async def while_running(scene: Scene) -> None:
    await scene.running()
    generation = newest(scene)
    for broken in (no_pointer, gone)[: scene.size.variants]:
        await scene.ask()
        await scene.probe()
        broken(generation)
        scene.over()
        await scene.ask()
        await scene.probe()


async def cut_short(scene: Scene) -> None:
    """Files that are mapped; whoever reads beyond their new end is ended by the system."""
    await scene.running()
    half(newest(scene))
    scene.over()
    people = await scene.ask()
    process = scene.bot.process

    def is_clear() -> bool:
        return process.returncode is not None or all(map(scene.answers, people))

    await scene.until(is_clear, "an answer, or an end", scene.size.patience)
    if process.returncode is not None:
        scene.note = f"ended by signal {-process.returncode}; started again (systemd), it answered"
        await scene.gone()
        await scene.start()
    await scene.probe()


SURROUNDINGS = Family(
    "surroundings",
    (
        Fault("the clock jumps 6 hours forward, 9 back", jumps),
        Fault("index broken, half written or gone before a start", before_a_start),
        Fault("index files cut short while running", cut_short, costly=True),
        Fault("index gone, or its pointer broken, while running", while_running),
    ),
)
