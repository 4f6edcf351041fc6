"""How long a serving process holds everybody up while it opens a new generation.

    python -m benchmarks.opening_pauses [PARTNERS]

The index is built by a process of its own, as the bot does it. Then a loop that wants its turn
every millisecond runs beside the opening, and beside nothing, and the longest it waits is told; and
so are the median and the slowest hundredth of the answers of the generation in use.
"""

import asyncio
import gc
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable
from pathlib import Path

from benchmarks.zipf_content import questions, zipf_content
from content.translations import load_translations
from index.finder import Finder
from index.folder_library import FolderLibrary
from index.library import Generation
from index.whoosh_engine import WhooshFactory

CONTENT = Path(__file__).resolve().parent.parent / "content"
ASKED, TURN = 400, 0.001


def build(folder: Path, size: int) -> None:
    """In a process of its own: what is built here takes no memory from who serves."""
    content, translations = zipf_content(size), load_translations(CONTENT)
    begun = time.process_time()
    FolderLibrary(folder, WhooshFactory()).build(content, translations, "").close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{size:,} partners built in {time.process_time() - begun:.1f} s of CPU, {peak:.0f} MB")


async def waits(work: Awaitable[object]) -> list[float]:
    """Milliseconds beyond its turn that a loop waited while the work was done."""
    late, task = list[float](), asyncio.ensure_future(work)
    while not task.done():
        begun = time.perf_counter()
        await asyncio.sleep(TURN)
        late.append(1000 * (time.perf_counter() - begun - TURN))
    await task
    return late


async def answers(finder: Finder, texts: list[str], work: Awaitable[object]) -> list[float]:
    """Milliseconds an answer took while the work was done, one after another."""
    taken, task = list[float](), asyncio.ensure_future(work)
    while not task.done():
        begun = time.perf_counter()
        await asyncio.to_thread(finder.find, texts[len(taken) % len(texts)])
        taken.append(1000 * (time.perf_counter() - begun))
    await task
    return taken


def told(name: str, taken: list[float]) -> None:
    """One line of figures."""
    ranked = sorted(taken)
    at99 = ranked[int(0.99 * len(ranked))]
    print(f"{name:32} {len(taken):7} {statistics.median(taken):9.2f} {at99:9.2f} {ranked[-1]:9.2f}")


async def measure(folder: Path, texts: list[str]) -> None:
    library = FolderLibrary(folder, WhooshFactory())
    begun = time.process_time()
    generation = library.current_in_passing()
    assert generation is not None
    print(f"opened in {time.process_time() - begun:.2f} s of CPU")
    for text in texts[:100]:
        generation.finder.find(text)
    print(f"{'milliseconds':32} {'number':>7} {'median':>9} {'p99':>9} {'longest':>9}")
    opened: list[Generation | None] = []

    async def opening() -> None:
        opened[:] = [await asyncio.to_thread(library.current_in_passing)]

    told("waits, nothing else", await waits(asyncio.sleep(3)))
    told("waits, opening", await waits(opening()))
    told("waits, afterwards", await waits(asyncio.sleep(3)))
    told("answers, nothing else", await answers(generation.finder, texts, asyncio.sleep(3)))
    told("answers, opening", await answers(generation.finder, texts, opening()))
    told("answers, afterwards", await answers(generation.finder, texts, asyncio.sleep(3)))
    begun = time.perf_counter()
    gc.collect()
    print(f"looking for garbage once: {1000 * (time.perf_counter() - begun):.0f} ms")


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        worker = multiprocessing.get_context("spawn").Process(target=build, args=(folder, size))
        worker.start()
        worker.join()
        content = zipf_content(min(size, 5_000))
        asyncio.run(measure(folder, questions(content, ASKED)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
