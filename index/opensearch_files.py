"""The files of a generation, kept in the cluster as pieces of one archive."""

import base64
import hashlib
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from index.opensearch_cluster import LONG, Cluster
from index.opensearch_writing import bulk

PIECE = 1_000_000
"""Bytes of a piece."""


def send_files(cluster: Cluster, index: str, folder: Path) -> dict[str, Any]:
    """Keep a folder's files in an index; what is given back finds them again."""
    with tempfile.TemporaryFile() as packed:
        with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=1) as archive:
            archive.add(folder, arcname=".")
        packed.seek(0)
        digest, count = hashlib.sha256(), 0

        def pieces() -> Iterator[tuple[str, Any]]:
            nonlocal count
            while piece := packed.read(PIECE):
                digest.update(piece)
                yield f"files-{count}", {"data": base64.b64encode(piece).decode()}
                count += 1

        bulk(cluster, index, pieces())
    return {"pieces": count, "sha256": digest.hexdigest()}


def fetch_files(cluster: Cluster, index: str, kept: dict[str, Any], folder: Path) -> None:
    """Unpack into a folder what ``send_files`` kept.

    Raises:
        EngineError: the cluster cannot be asked.
        ValueError: the files are not whole.
    """
    with tempfile.TemporaryFile() as packed:
        _receive(cluster, index, kept, packed)
        packed.seek(0)
        try:
            with tarfile.open(fileobj=packed, mode="r:gz") as archive:
                _unpack(archive, folder)
        except (tarfile.TarError, EOFError) as error:
            raise ValueError(f"the files of {index} cannot be unpacked: {error}") from error


def _unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Files and folders alone, and none outside; Python before 3.11.4 has no filter for it."""
    for member in archive:
        place = folder / member.name
        if not place.resolve().is_relative_to(folder.resolve()):
            raise ValueError(f"{member.name} is outside of the folder")
        if member.isdir():
            place.mkdir(parents=True, exist_ok=True)
        elif data := archive.extractfile(member) if member.isfile() else None:
            with data, place.open("wb") as file:
                shutil.copyfileobj(data, file)
        else:
            raise ValueError(f"{member.name} is neither a file nor a folder")


def _receive(cluster: Cluster, index: str, kept: dict[str, Any], packed: IO[bytes]) -> None:
    digest = hashlib.sha256()
    for number in range(kept["pieces"]):
        found = cluster.ask("GET", f"/{index}/_doc/files-{number}", patience=LONG)
        piece = base64.b64decode(found["_source"]["data"])
        digest.update(piece)
        packed.write(piece)
    if digest.hexdigest() != kept["sha256"]:
        raise ValueError(f"the files of {index} are not whole")
