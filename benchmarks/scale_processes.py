"""A library of one engine in a process of its own, first to build it and then to answer from it."""

import multiprocessing
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from benchmarks.zipf_content import questions, zipf_content
from content.translations import load_translations
from index.folder_library import FolderLibrary
from index.library import Library
from index.opensearch_cluster import ClusterSettings
from index.opensearch_library import OpenSearchLibrary
from index.whoosh_engine import WhooshFactory

CONTENT = Path(__file__).resolve().parent.parent / "content"
SPAWN = multiprocessing.get_context("spawn")

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Job:
    """So many partners, in a folder or in a cluster with copies there, and how many questions."""

    folder: Path
    place: ClusterSettings | None
    size: int
    questions: int

    def library(self) -> Library:
        if self.place is None:
            return FolderLibrary(self.folder, WhooshFactory())
        return OpenSearchLibrary(self.folder, self.place)


@dataclass(frozen=True, slots=True)
class Built:
    """Seconds of a build, the most megabytes of its process, and what may be asked."""

    seconds: float
    peak: float
    questions: list[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """Milliseconds of a question, and who was found."""

    milliseconds: float
    ids: list[str]


@dataclass(frozen=True, slots=True)
class Served:
    """Seconds to open, megabytes of the process in the end (with mapped files, and without)."""

    opening: float
    memory: float
    own: float
    asked: list[Asked]


def say(words: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


def built(job: Job) -> Built:
    """Build it."""
    return _apart(_build, job)


def served(job: Job, texts: Sequence[str]) -> Served:
    """Open it on a machine that has nothing of it yet, or only the embedded engine's folder."""
    return _apart(_serve, job, texts)


def _apart(work: Callable[..., Told], *given: object) -> Told:
    """What a process tells that does only this, and ends."""
    ours, theirs = SPAWN.Pipe()
    process = SPAWN.Process(target=_tell, args=(theirs, work, *given), daemon=True)
    process.start()
    theirs.close()  # where it dies, nobody waits
    told: Told = ours.recv()
    process.join()
    return told


def _tell(pipe: Connection, work: Callable[..., object], *given: object) -> None:
    pipe.send(work(*given))


def _build(job: Job) -> Built:
    name = f"{job.size:,} partners, {'OpenSearch' if job.place else 'embedded'}"
    say(f"{name}: made up")
    content = zipf_content(job.size)
    texts = questions(content, job.questions)
    translations = load_translations(CONTENT)
    tenths = set[int]()

    def progress(done: int, total: int) -> None:
        if (tenth := 10 * done // max(total, 1)) not in tenths:
            tenths.add(tenth)
            say(f"{name}: built {tenth}0 %, {_megabytes('VmRSS'):.0f} MB")

    begun = time.perf_counter()
    job.library().build(content, translations, "", progress)
    return Built(time.perf_counter() - begun, _megabytes("VmHWM"), texts)


def _serve(job: Job, texts: Sequence[str]) -> Served:
    if job.place:  # as on another machine, which fetches its copies
        job = Job(job.folder.with_name("elsewhere"), job.place, job.size, job.questions)
    begun = time.perf_counter()
    generation = job.library().current()
    assert generation is not None
    opening = time.perf_counter() - begun
    asked = []
    for number, text in enumerate(texts, start=1):
        begun = time.perf_counter()
        findings = generation.finder.find(text)
        taken = 1000 * (time.perf_counter() - begun)
        asked.append(Asked(taken, [answer.id for answer in findings.answers]))
        if number % 100 == 0:
            say(f"{job.size:,} partners: {number} of {len(texts)} questions asked")
    return Served(opening, _megabytes("VmRSS"), _megabytes("RssAnon"), asked)


def _megabytes(what: str) -> float:
    with open("/proc/self/status", encoding="utf-8") as status:
        return int(next(line for line in status if line.startswith(f"{what}:")).split()[1]) / 1024
