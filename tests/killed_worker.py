"""Works until it is killed: one process forked for each time, so that imports cost nothing.

Reads lines of milliseconds; forks a child which writes partner files and reindexes for ever;
kills it after that time; prints a line, empty when every file and the index are whole.
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
import time
from pathlib import Path

from bot.assembly import library_of
from bot.reindexing import reindexed
from bot.services import open_services
from bot.settings import Settings
from content.writing import write_partner

PARTNERS = ("whales", "pigeons", "owls")


def text_of(name: str, edition: int) -> str:
    """A file that cannot be half: its first and last lines name its edition."""
    padding = "".join(f"# {'line ' * 12}\n" for _ in range(300))
    summary = f"They look after {name}, edition {edition}."
    return f"name: {{en: {name}}}\n{padding}summary: {{en: '{summary}'}}\nsource: '{edition}'\n"


def whole(path: Path) -> str:
    """What is wrong with a file."""
    text = path.read_text(encoding="utf-8")
    edition = text.rpartition("source: '")[2].strip("'\n")
    known = edition.isdecimal() and any(text == text_of(n, int(edition)) for n in PARTNERS)
    return "" if known else f"{path} is half: {text[-80:]!r}"


def work(folder: Path, data: Path, start: int) -> None:
    for edition in itertools.count(start):
        for name in PARTNERS:
            write_partner(folder, name, text_of(name, edition))
        library = library_of(Settings(data=data), folder)
        reindexed(folder, library, lambda _done, _all: None)


def faults(folder: Path, data: Path) -> str:
    """What is wrong after a sudden death; opened as the bot opens it."""
    files = [*(folder / "partners").glob("*.yaml"), *folder.glob(".history/*/*.yaml")]
    found = [fault for path in files if (fault := whole(path))]
    services = open_services(folder, library_of(Settings(data=data), folder))
    finder = services.knowledge.generation.finder
    found += services.faults
    for name in PARTNERS:
        answers = finder.find(f"who looks after {name}?").answers
        if [answer.id for answer in answers[:1]] != [name]:
            found.append(f"{name} is not found: {answers}")
    return "; ".join(found)


def main(folder: Path, data: Path) -> None:
    for name in PARTNERS:
        write_partner(folder, name, text_of(name, 0))
    for turn, line in enumerate(sys.stdin, start=1):
        child = os.fork()
        if child == 0:
            work(folder, data, turn * 1_000)
        time.sleep(int(line) / 1_000)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        print(faults(folder, data), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
