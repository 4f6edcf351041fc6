"""Every fault there is, and how a family of them is tried."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from bot_api_server import BotApiServer
from running_bot import ROOT, copied_content

from faults.database import RECORDS
from faults.index_folder import SURROUNDINGS
from faults.judging import tried
from faults.network import NETWORK
from faults.scene import Scene
from faults.stopping import STOPPING
from faults.trial import SMALL, CannotTryError, Family, Fault, Outcome, Size
from faults.updates import BACKLOG, UPDATES

FAMILIES: tuple[Family, ...] = (*(NETWORK, UPDATES, BACKLOG, STOPPING, RECORDS, SURROUNDINGS),)

Result = Outcome | CannotTryError | Exception


@dataclass(frozen=True)
class Place:
    """A content folder of the trials' own, and a data folder with its index."""

    content: Path
    data: Path

    @classmethod
    def made(cls, folder: Path) -> Place:
        """Copies the content, and indexes it once for all trials."""
        place = cls(copied_content(folder / "content"), folder / "data")
        environment = {**os.environ, "BOT_DATA": str(place.data)}
        run = (sys.executable, str(ROOT / "run_bot.py"), "reindex")
        command = (*run, "--content", str(place.content))
        subprocess.run(command, check=True, capture_output=True, env=environment)  # noqa: S603
        return place


async def results(
    family: Family, place: Place, size: Size, level: str
) -> AsyncIterator[tuple[Fault, Result]]:
    """Tries a family's faults one after the other, in a data folder of their own."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(place.data, data)
        async with BotApiServer() as server:
            scene = Scene(server, data, place.content, size, level)
            for fault in family.faults:
                if fault.costly and size is SMALL:
                    continue
                yield fault, await _result(scene, fault)
            await _end(scene)


async def _result(scene: Scene, fault: Fault) -> Result:
    try:
        return await tried(scene, fault)
    except (AssertionError, CannotTryError, OSError, TimeoutError, ValueError) as error:
        # The others are tried all the same, with a bot of their own.
        scene.server.faults.clear()
        await _end(scene)
        return error


async def _end(scene: Scene) -> None:
    try:
        await scene.stop()
    except (AssertionError, TimeoutError):
        await scene.gone()
