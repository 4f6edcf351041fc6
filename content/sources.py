"""Where each part of the content was written, for those who find something wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from content.problems import Problem, Severity, shown_path
from content.yaml_reading import Node, Step, find, read_yaml

TOPICS = "topics.yaml"
VOCABULARY = "vocabulary.yaml"


@dataclass(frozen=True)
class Source:
    """One file as it was read; its places are worked out only when somebody asks."""

    path: Path
    text: str

    @cached_property
    def root(self) -> Node | None:
        # Kept text is a tenth of kept nodes: with 100,000 partners that is a gigabyte.
        return read_yaml(self.text)[0]


@dataclass(frozen=True)
class Sources:
    """The files of a folder by name, and the names of those with errors of their own."""

    folder: Path
    files: Mapping[str, Source] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()

    def place(self, file: str, steps: tuple[Step, ...], *, key: bool = False) -> tuple[int, int]:
        """Line and column of a value, or of its key: ``("partners/a.yaml", ("name", "en"))``."""
        source = self.files.get(file)
        root = source.root if source else None
        return find(root, steps, key=key) if root else (1, 1)

    def problem(
        self,
        file: str,
        steps: tuple[Step, ...],
        message: str,
        severity: Severity = Severity.ERROR,
        *,
        key: bool = False,
    ) -> Problem:
        """A problem with the value at ``steps`` of a file, or with its key."""
        path = self.folder / file
        return Problem(path, *self.place(file, steps, key=key), message, severity)

    def reference(self, file: str, steps: tuple[Step, ...]) -> str:
        """``path:line`` of a value, to name it in a message about another."""
        return f"{shown_path(self.folder / file)}:{self.place(file, steps)[0]}"


def partner_file(partner_id: str) -> str:
    """The name by which Sources knows a partner's file."""
    return f"partners/{partner_id}.yaml"
