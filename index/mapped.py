"""Arrays in files that are mapped: read as asked, kept by the system's cache, nothing to parse."""

import mmap
from pathlib import Path
from struct import calcsize
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

SMALL = 16 * 1024 * 1024
"""Bytes of a file that is read whole."""


def mapped_bytes(path: Path, kind: Literal["B", "I", "Q"] = "B") -> memoryview:
    """A file as numbers of some kind (of ``struct``).

    A large one is mapped: memory is the system's to give and take. One that is cut short while it
    is mapped would end the process, so smaller ones are read whole.

    Raises:
        ValueError: the file is not whole.
    """
    size = path.stat().st_size
    if size % calcsize(kind):
        raise ValueError(f"{path} is not whole")
    if not size:
        return memoryview(b"").cast(kind)  # nothing cannot be mapped
    if size <= SMALL:
        return memoryview(path.read_bytes()).cast(kind)
    with path.open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)).cast(kind)


def mapped(path: Path, kind: "np.dtype[Any]") -> NDArray[Any]:
    """The numbers that ``kept`` wrote.

    Raises:
        ValueError: the file is not whole.
    """
    return np.frombuffer(mapped_bytes(path), kind)


def kept(path: Path, numbers: NDArray[Any], kind: "np.dtype[Any]") -> None:
    """Write numbers to be mapped."""
    path.write_bytes(numbers.astype(kind).tobytes())
