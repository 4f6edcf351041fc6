"""The clock of the machine jumps hours forward and back."""

from __future__ import annotations

from pathlib import Path

from faults.scene import Scene

AHEAD = Path(__file__).parent / "clock_ahead"
"""On the path of the process, it adds to the clock what a file says."""


async def jumps(scene: Scene) -> None:
    offset = scene.data / "offset"
    offset.write_text("0")
    await scene.start(PYTHONPATH=str(AHEAD), CLOCK_OFFSET=str(offset))
    await scene.ask()
    await scene.probe()
    for hours in (6, -3, 0):
        offset.write_text(str(hours * 3600))
        scene.over()
        await scene.ask()
        await scene.probe()
