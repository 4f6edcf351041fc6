"""The bot on the shipped content, talked to without threads and without an event loop."""

import tempfile
from collections.abc import Coroutine
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from searching import shipped_generation

from bot.dialogue.dialogue import Dialogue
from bot.services import Services
from content.models import Content
from content.texts import Texts
from index.findings import Findings
from index.folder_library import FolderLibrary
from index.library import Generation
from index.whoosh_engine import WhooshFactory

TESTS = Path(__file__).resolve().parent.parent / "tests"
LONGEST = 4_096
"""Characters of a message on Telegram."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the dialogue asks, answered at once."""

    generation: Generation

    @property
    def content(self) -> Content:
        return self.generation.content

    async def find(self, question: str, limit: int = 5, unfinished: bool = False) -> Findings:
        """The partners that answer the question."""
        return self.generation.finder.find(question, limit, unfinished)


@cache
def knowledge() -> Knowledge:
    """The shipped content, indexed."""
    return Knowledge(shipped_generation(Path(tempfile.mkdtemp(prefix="fuzz-"))))


@cache
def dialogue() -> Dialogue:
    """The dialogue on it."""
    return Dialogue(texts(), knowledge().generation.translations, knowledge())


@cache
def texts() -> Texts:
    """Its sentences."""
    spoken = knowledge().generation.translations
    return Texts(spoken, spoken[0].code)


@cache
def services() -> Services:
    """What commands are given."""
    known: Any = knowledge()
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    return Services(folder, FolderLibrary(folder, WhooshFactory()), known, dialogue(), texts())


def done(work: Coroutine[Any, Any, T]) -> T:
    """What a coroutine gives that has nothing to wait for."""
    try:
        work.send(None)
    except StopIteration as end:
        value: T = end.value
        return value
    raise AssertionError("it waits for something")


def text_of(data: bytes) -> str:
    """Bytes as words that somebody may send."""
    return data.decode("utf-8", "ignore")[:LONGEST]


@cache
def questions() -> tuple[str, ...]:
    """What the question sets ask."""
    asked = []
    for path in sorted((TESTS / "questions").glob("*.yaml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8")):
            if isinstance(item, dict) and isinstance(item.get("q"), str):
                asked.append(item["q"])
    return tuple(asked)
