"""A content folder to Content: all that is wrong at once, and never an exception for it."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from content.files import Digest, Listing, list_folder, read_bytes, shipped_languages
from content.models import Content, Partner, Topic, WordGroup
from content.problems import Fault, Problem, Severity, merged, with_path
from content.shaping import partner_from, topics_from, vocabulary_from
from content.sources import TOPICS, Source, Sources, partner_file
from content.yaml_reading import Node, decode, read_yaml

_MAIN = re.compile(rb"^main:[ \t]*true\b", re.MULTILINE)


@dataclass(frozen=True)
class Loaded:
    """What a folder holds.

    ``content`` is None when any problem is an error; ``readable`` is then what could be read
    nevertheless, to look for more problems in, never to answer from. ``fingerprint`` is of the
    very bytes that were read.
    """

    content: Content | None
    problems: tuple[Problem, ...]
    sources: Sources
    readable: Content
    fingerprint: str


def load_content(folder: Path) -> Loaded:
    """The content of a folder and every problem of its files, each looked at alone.

    What two files do to each other is for ``content.checking.check``, which calls this.
    """
    listing = list_folder(folder)
    shelf = _Shelf(folder)
    for path in listing.translations:
        shelf.take_translation(path)
    for path in listing.lists:
        shelf.take_list(path)
    for path in listing.partners:
        shelf.take_partner(path)
    return shelf.loaded(listing)


def usable(content: Content, problems: Sequence[Problem]) -> Content | None:
    """The content, unless a problem is an error."""
    bad = any(problem.severity is Severity.ERROR for problem in problems)
    return None if bad else content


class _Shelf:
    """What has been read so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.digest = Digest()
        self.files: dict[str, Source] = {}
        self.problems: list[Problem] = []
        self.languages: tuple[str, ...] = ()
        self.known = shipped_languages()
        self.partners: list[Partner] = []
        self.topics: list[Topic] = []
        self.vocabulary: list[WordGroup] = []

    def take_translation(self, path: Path) -> None:
        """Only the name of a language counts here, and whether it is the main one."""
        data = read_bytes(path, self.folder)
        self.digest.add(path, data)
        if isinstance(data, str):
            self.problems.append(Problem(path, 1, 1, data))
        elif _MAIN.search(data):
            self.languages = (path.stem, *self.languages)
        else:
            self.languages = (*self.languages, path.stem)
        self.known = tuple(dict.fromkeys((*self.languages, *self.known)))

    def take_partner(self, path: Path) -> None:
        root, faults = self._read(path, partner_file(path.stem))
        if root is not None and root.value is not None:
            partner, more = partner_from(root, path.stem, self.known)
            faults = merged(faults, more)
            if partner is not None:
                self.partners.append(partner)
        elif not faults:
            faults = [Fault(1, 1, 'the file is empty: write name: {en: "…"}, summary: {en: "…"}')]
        self.problems += with_path(path, faults)

    def take_list(self, path: Path) -> None:
        root, faults = self._read(path, path.name)
        if root is not None and root.value is not None:
            more: list[Fault]
            if path.name == TOPICS:
                self.topics, more = topics_from(root, self.known)
            else:
                self.vocabulary, more = vocabulary_from(root, self.known)
            faults = merged(faults, more)
        elif not faults:
            message = "the file is empty: write something, or delete it"
            faults = [Fault(1, 1, message, Severity.WARNING)]
        self.problems += with_path(path, faults)

    def _read(self, path: Path, name: str) -> tuple[Node | None, list[Fault]]:
        data = read_bytes(path, self.folder)
        self.digest.add(path, data)
        if isinstance(data, str):
            return None, [Fault(1, 1, data)]
        text, fault = decode(data)
        if fault is not None:
            return None, [fault]
        self.files[name] = Source(path, text)
        return read_yaml(text)

    def loaded(self, listing: Listing) -> Loaded:
        """Everything read, with the problems in the order of paths and lines."""
        problems = [*listing.problems, *self.problems]
        if not listing.partners and not problems:
            message = "no partner is here yet: add a file such as partners/croix-rouge.yaml"
            problems.append(Problem(self.folder / "partners", 1, 1, message))
        bad = [problem.path for problem in problems if problem.severity is Severity.ERROR]
        readable = Content(
            partners=tuple(self.partners),
            topics=tuple(self.topics),
            vocabulary=tuple(self.vocabulary),
            languages=self.languages,
        )
        return Loaded(
            content=usable(readable, problems),
            problems=tuple(sorted(set(problems))),
            sources=Sources(
                self.folder,
                self.files,
                frozenset(os.path.relpath(path, self.folder) for path in bad),
            ),
            readable=readable,
            fingerprint=self.digest.value(),
        )
