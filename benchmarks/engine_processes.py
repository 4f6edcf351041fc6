"""Each engine in a process of its own, first to build and then to serve: memory can be told."""

import multiprocessing
import pickle
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.rival_engines import RIVALS
from benchmarks.zipf_content import zipf_content
from content.translations import load_translations
from index.engine import Document, Query
from index.folder_library import FolderLibrary
from index.whoosh_engine import WhooshFactory

CONTENT = Path(__file__).resolve().parent.parent / "content"
OURS, ENGINE = "Partner Bot, everything", "Partner Bot, engine alone"
SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Built:
    """Seconds of CPU and the most megabytes of a build, above what the process had before."""

    seconds: float
    peak: float
    disk: float


@dataclass(frozen=True, slots=True)
class Asked:
    """Milliseconds, the ids of the first documents, and (of ours) the query it became."""

    milliseconds: float
    ids: Sequence[str]
    query: Query | None = None


class Served:
    """An engine that serves in a process of its own."""

    def __init__(self, name: str, folder: Path) -> None:
        self._pipe, theirs = SPAWN.Pipe()
        self._process = SPAWN.Process(target=_serve, args=(theirs, name, folder), daemon=True)
        self._process.start()
        self.opening, self.memory = self._pipe.recv()

    def ask(self, question: Any) -> Asked:
        self._pipe.send(question)
        answer: Asked = self._pipe.recv()
        return answer

    def close(self) -> float:
        """Stop it; how many megabytes it had come to above an empty process."""
        self._pipe.send(None)
        grown: float = self._pipe.recv()
        self._process.join()
        return grown


def build(name: str, folder: Path, size: int, documents: Path) -> Built:
    """Build an engine's index in a process of its own."""
    folder.mkdir(parents=True)
    ours, theirs = SPAWN.Pipe()
    process = SPAWN.Process(target=_build, args=(theirs, name, folder, size, documents))
    process.start()
    seconds, peak = ours.recv()
    process.join()
    disk = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6
    return Built(seconds, peak, disk)


def _build(pipe: Connection, name: str, folder: Path, size: int, documents: Path) -> None:
    content = zipf_content(size) if name == OURS else None
    translations = load_translations(CONTENT)
    before, begun = _megabytes("VmRSS"), time.process_time()
    if content is not None:
        FolderLibrary(folder, WhooshFactory()).build(content, translations, "")
    else:
        RIVALS[name]().build(folder, _documents(documents))
    pipe.send((time.process_time() - begun, _megabytes("VmHWM") - before))


def _serve(pipe: Connection, name: str, folder: Path) -> None:
    before, begun = _megabytes("VmRSS"), time.perf_counter()
    ask = _opened(name, folder)
    pipe.send((time.perf_counter() - begun, _megabytes("VmRSS") - before))
    while (question := pipe.recv()) is not None:
        pipe.send(ask(question))
    pipe.send(_megabytes("VmRSS") - before)


def _opened(name: str, folder: Path) -> Any:
    if name == OURS:
        generation = FolderLibrary(folder, WhooshFactory()).current()
        assert generation is not None
        finder = generation.finder

        def find(question: str) -> Asked:
            begun = time.perf_counter()
            findings = finder.find(question)
            taken = 1000 * (time.perf_counter() - begun)
            return Asked(taken, [a.id for a in findings.answers], finder.look(question)[0])

        return find
    if name == ENGINE:
        (index,) = folder.glob("2*/index")
        engine = WhooshFactory().open(index)
        return lambda query: _timed(lambda: [hit.id for hit in engine.search(query).hits])
    rival = RIVALS[name]()
    rival.open(folder)
    return lambda terms: _timed(lambda: rival.ask(terms))


def _timed(ask: Any) -> Asked:
    begun = time.perf_counter()
    ids = ask()
    return Asked(1000 * (time.perf_counter() - begun), ids)


def _documents(path: Path) -> Iterator[Document]:
    with path.open("rb") as file:
        for _ in range(pickle.load(file)):  # noqa: S301  written by this run
            yield pickle.load(file)  # noqa: S301


def write_documents(path: Path, documents: Sequence[Document]) -> None:
    """The tokens that all engines but ours are built from."""
    with path.open("wb") as file:
        pickle.dump(len(documents), file)
        for document in documents:
            pickle.dump(document, file)


def _megabytes(what: str) -> float:
    with open("/proc/self/status", encoding="utf-8") as status:
        return int(next(line for line in status if line.startswith(what)).split()[1]) / 1024
