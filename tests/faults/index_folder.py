"""The index is broken, half written or gone, before a start and while the bot runs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

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
        if path.is_file():
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def no_pointer(generation: Path) -> None:
    (generation.parent / "current").write_bytes(b"\x00\xff garbage")


def no_postings(generation: Path) -> None:
    for path in (generation / "index").iterdir():
        path.write_bytes(b"garbage" * 100)


def gone(generation: Path) -> None:
    shutil.rmtree(generation.parent)


BREAKS: tuple[Callable[[Path], None], ...] = (half, no_pointer, no_postings, gone)


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
    for broken in (no_pointer, gone)[: scene.size.variants]:
        await scene.start()
        await scene.ask()
        await scene.probe()
        broken(newest(scene))
        scene.over()
        await scene.ask()
        await scene.probe()


INDEX_FOLDER = Family(
    "index folder",
    (
        Fault("index broken, half written or gone before a start", before_a_start),
        Fault("index broken or gone while running", while_running),
    ),
)
