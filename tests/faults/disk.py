"""The disk is full or read-only. A file system of its own stands for it, where that is allowed."""

from __future__ import annotations

import errno
import resource
import shutil
import subprocess
from pathlib import Path

from faults.scene import Scene
from faults.trial import CannotTryError, Fault

SMALL_DISK = (
    'mount -t tmpfs -o size=24m,mode=700 tmpfs "$1" && cp -r "$2/." "$1" && shift 2 && exec "$@"'
)
READ_ONLY = (
    'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && cd / && shift 1 && exec "$@"'
)


def with_own_mounts(script: str, *paths: Path) -> tuple[str, ...]:
    """A command that gives the process mounts which nobody else sees.

    Raises:
        CannotTryError: this system allows none.
    """
    unshare = shutil.which("unshare")
    if unshare is None:
        raise CannotTryError("needs unshare (util-linux)")
    try_out = (unshare, "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
    if subprocess.run(try_out, check=False, capture_output=True).returncode:  # noqa: S603  ours
        raise CannotTryError("this system lets users make no mounts of their own")
    return (unshare, "-rm", "sh", "-c", script, "sh", *map(str, paths))


def fill(folder: Path) -> Path:
    """A file that takes all the room there is."""
    filler = folder / "filler"
    for size in (65536, 512, 1):
        with filler.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * size)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
    return filler


async def full(scene: Scene) -> None:
    template = scene.data.with_name(f"{scene.data.name}-copied")
    shutil.copytree(scene.data, template)
    await scene.start(before=with_own_mounts(SMALL_DISK, scene.data, template))
    await scene.probe()
    inside = Path(f"/proc/{scene.bot.process.pid}/root{scene.data.resolve()}")
    filler = fill(inside)
    scene.over()
    await scene.ask()
    await scene.probe()
    await scene.all_answered()
    filler.unlink()
    await scene.ask()
    await scene.probe()
    await scene.all_answered()
    scene.records = inside / "records.db"


async def no_file_may_grow(scene: Scene) -> None:
    await scene.running()
    process = scene.bot.process.pid
    _, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (4096, hard))
    scene.over()
    await scene.ask()
    await scene.probe()
    await scene.all_answered()
    resource.prlimit(process, resource.RLIMIT_FSIZE, (hard, hard))
    await scene.ask()
    await scene.probe()


async def read_only(scene: Scene) -> None:
    await scene.running()
    await scene.stop()
    await scene.ask()
    scene.over()
    await scene.start(before=with_own_mounts(READ_ONLY, scene.data))
    await scene.probe()
    await scene.all_answered()
    await scene.stop()


DISK = (
    Fault("no file may grow (RLIMIT_FSIZE)", no_file_may_grow, "disk", unkept=True),
    Fault("the data folder is read-only", read_only, "(?i)read-only|readonly", unkept=True),
    Fault("the disk is full, then not", full, "free some space", unkept=True),
)
