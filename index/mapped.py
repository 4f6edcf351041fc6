"""Arrays in files that are mapped: read as asked, kept by the system's cache, nothing to parse."""

import mmap
from pathlib import Path
from struct import calcsize
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray


def mapped_bytes(path: Path, kind: Literal["B", "I", "Q"] = "B") -> memoryview:
    """A file as numbers of some kind (of ``struct``); memory is the system's to give and take.

    Raises:
        ValueError: the file is not whole.
    """
    size = path.stat().st_size
    if size % calcsize(kind):
        raise ValueError(f"{path} is not whole")
    if not size:
        return memoryview(b"").cast(kind)  # nothing cannot be mapped
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
