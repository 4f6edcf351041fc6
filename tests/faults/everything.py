"""Every fault there is, and how a family of them is tried."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from bot_api_server import BotApiServer

from faults.clock import CLOCK
from faults.database import DATABASE
from faults.disk import DISK, DISK_FULL
from faults.index_folder import INDEX_FOLDER
from faults.judging import tried
from faults.network import NETWORK
from faults.scene import Scene
from faults.stopping import KILLING, STOPPING
from faults.trial import CannotTryError, Family, Fault, Outcome, Size
from faults.updates import BACKLOG, UPDATES

FAMILIES: tuple[Family, ...] = (
    *(NETWORK, UPDATES, BACKLOG, STOPPING, KILLING),
    *(DISK_FULL, DISK, DATABASE, INDEX_FOLDER, CLOCK),
)

Result = Outcome | CannotTryError | Exception


async def results(
    family: Family, indexed: Path, size: Size, level: str
) -> AsyncIterator[tuple[Fault, Result]]:
    """Tries a family's faults in a new data folder that has the index of ``indexed``."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(indexed, data)
        async with BotApiServer() as server:
            scene = Scene(server, data, size, level)
            for fault in family.faults:
                yield fault, await _result(scene, fault)
            await _end(scene)


async def _result(scene: Scene, fault: Fault) -> Result:
    try:
        return await tried(scene, fault)
    except (AssertionError, CannotTryError, OSError, TimeoutError) as error:
        # The others are tried all the same, with a bot of their own.
        scene.server.faults.clear()
        await _end(scene)
        return error


async def _end(scene: Scene) -> None:
    try:
        await scene.stop()
    except (AssertionError, TimeoutError):
        await scene.gone()
