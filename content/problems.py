"""What is wrong in the content, where, and what would be right, in words for editors."""

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

FAULTS_SHOWN = 50
"""Faults told of one file; more would bury the first, which often explains them all."""


class Severity(StrEnum):
    """An error keeps the content from being used; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Fault(NamedTuple):
    """A problem within one file whose name the finder need not know; counted from 1."""

    line: int
    column: int
    message: str
    severity: Severity = Severity.ERROR
    absent: bool = False
    """The place is of what lacks something, not of what is wrong."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to put right; as text ``path:line:column: message``, counted from 1."""

    path: Path
    line: int
    column: int
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        mild = "warning: " if self.severity is Severity.WARNING else ""
        return f"{shown_path(self.path)}:{self.line}:{self.column}: {mild}{self.message}"


def shown_path(path: Path) -> str:
    """The path as a person knows it: from the current directory when it lies below."""
    absolute, here = os.path.abspath(path), os.getcwd()
    below = absolute.startswith(here.rstrip(os.sep) + os.sep)
    return printable(os.path.relpath(absolute, here) if below else absolute)


def printable(text: str) -> str:
    """The text with everything escaped that a terminal could not or should not print."""
    return "".join(c if c.isprintable() or c in "\u00a0\u202f" else ascii(c)[1:-1] for c in text)


def excerpt(text: str, limit: int = 60) -> str:
    """The text in quotes, on one line, cut to about ``limit`` characters."""
    shown = printable(" ".join(text[: limit + 1].split()))
    return f'"{shown}"' if len(text) <= limit else f'"{shown[:limit]}…"'


def with_path(path: Path, faults: list[Fault]) -> list[Problem]:
    """The faults of one file as problems, the first ones only when they are very many."""
    shown = sorted(faults)[:FAULTS_SHOWN]
    found = [Problem(path, *fault[:4]) for fault in shown]
    if len(faults) > FAULTS_SHOWN:
        rest = "there are more problems below in this file: mend these first"
        found.append(Problem(path, *shown[-1][:2], rest))
    return found


def merged(known: list[Fault], more: list[Fault]) -> list[Fault]:
    """Both, without a second word on a place of which something is known already."""
    told = {fault[:2] for fault in known}
    return [*known, *(fault for fault in more if fault.absent or fault[:2] not in told)]
