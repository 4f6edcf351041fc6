"""The database of the records is locked, gone or broken."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

from faults.disk import DISK
from faults.scene import Scene
from faults.trial import Family, Fault

GARBAGE = b"this is no database " * 5000


async def locked(scene: Scene) -> None:
    await scene.running()
    with closing(sqlite3.connect(scene.records, isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN IMMEDIATE")
        await scene.ask()
        await scene.all_answered()
        await asyncio.sleep(scene.size.lasting(30.0))
        other.execute("ROLLBACK")
    scene.over()
    await scene.ask()
    await scene.probe()


def taken_away(scene: Scene) -> None:
    """As somebody would who makes room for a new one; what stood there is away with it."""
    for path in scene.data.glob("records.db*"):
        path.unlink()
    scene.ever_asked = scene.ever_missed = 0


async def deleted(scene: Scene) -> None:
    await scene.running()
    await scene.ask()
    await scene.all_answered()
    await asyncio.sleep(1.0)  # the last answer is written down
    taken_away(scene)
    scene.over()
    await scene.ask()
    await scene.probe()


async def overwritten(scene: Scene) -> None:
    await scene.running()
    with closing(sqlite3.connect(scene.records, timeout=30)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    scene.records.write_bytes(GARBAGE)
    scene.over()
    await scene.ask()
    await scene.probe()
    await scene.all_answered()
    await asyncio.sleep(1.0)
    taken_away(scene)
    await scene.ask()
    await scene.probe()


async def broken_before_a_start(scene: Scene) -> None:
    await scene.running()
    await scene.stop()
    taken_away(scene)
    scene.records.write_bytes(GARBAGE)
    await scene.ask()
    scene.over()
    await scene.start()
    await scene.probe()
    await scene.all_answered()
    taken_away(scene)
    await asyncio.sleep(scene.size.lasting(35.0))
    await scene.ask()
    await scene.probe()


RECORDS = Family(
    "records",
    (
        Fault("database locked by another process", locked, "keeps it locked", unkept=True),
        Fault("database deleted while running", deleted),
        Fault("database overwritten while running", overwritten, "damaged", unkept=True),
        Fault(
            "database broken before a start",
            broken_before_a_start,
            "damaged",
            unkept=True,
            costly=True,
        ),
        *DISK,
    ),
)
