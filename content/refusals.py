"""Why a file that somebody sent is not taken as content; the chat says it in words."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Each has its sentence in the translations: ``upload_refused_<reason>``."""

    LARGE = "large"
    ZIP_LARGE = "zip_large"
    SUM_LARGE = "sum_large"
    MANY = "many"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    METHOD = "method"
    NESTED = "nested"
    LINK = "link"
    OUTSIDE = "outside"
    CHARACTERS = "characters"
    HIDDEN = "hidden"
    ENDING = "ending"
    FOLDER = "folder"
    NAME = "name"
    RENAME = "rename"
    LANGUAGE = "language"
    TWICE = "twice"
    EMPTY = "empty"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file, why it is refused, and what would be right: a name, or a limit in words."""

    name: str
    reason: Reason
    right: str = ""


class RefusedError(Exception):
    """One file is refused."""

    def __init__(self, name: str, reason: Reason, right: str = "") -> None:
        self.refusal = Refusal(name, reason, right)
        super().__init__(f"{name}: {reason}")
