"""The files of a content folder: which they are, their bytes, and what they add up to."""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from content.problems import Problem, Severity, excerpt, printable

SIZE_LIMIT = 256 * 1024
"""Bytes of one file; a partner needs about 3,000."""

COUNT_LIMIT = 200_000
"""Entries of one folder."""

ID_LIMIT = 48
SHIPPED = Path(__file__).parent
_ID_MEND = (
    f"at most {ID_LIMIT} small letters a-z, digits and single hyphens, as in croix-rouge.yaml"
)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True)
class Listing:
    """The files that count, sorted by name, and what is wrong with names.

    ``translations`` are those shipped with the package when the folder has none.
    """

    partners: tuple[Path, ...] = ()
    lists: tuple[Path, ...] = ()
    translations: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()

    def files(self) -> tuple[Path, ...]:
        return (*self.translations, *self.lists, *self.partners)


class Digest:
    """A sha256 over names and bytes that no two different folders share."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add(self, path: Path, data: bytes | str) -> None:
        """Count in a file: its bytes, or the words on why it cannot be read."""
        content = data if isinstance(data, bytes) else b"unreadable"
        name = os.fsencode(f"{path.parent.name}/{path.name}" if _nested(path) else path.name)
        self._hash.update(b"%d %d " % (len(name), len(content)) + name + content)

    def value(self) -> str:
        return self._hash.hexdigest()


def fingerprint(folder: Path) -> str:
    """A sha256 that changes when, and only when, a file of the content does."""
    digest = Digest()
    for path in list_folder(folder).files():
        digest.add(path, read_bytes(path, folder))
    return digest.value()


def list_folder(folder: Path) -> Listing:
    """What lies in a content folder; never an exception."""
    if not folder.is_dir():
        wrong = "is a file, not a folder" if folder.exists() else "this folder does not exist"
        mend = "give the folder that holds partners/, as with --content DIR"
        return Listing(problems=(Problem(folder, 1, 1, f"{wrong}: {mend}"),))
    partners, odd_partners = _named(folder / "partners", _ID, _ID_MEND)
    translations: list[Path] = []
    odd_translations: list[Problem] = []
    if os.path.lexists(folder / "translations"):
        translations, odd_translations = _named(
            folder / "translations", _LANGUAGE, "two or three small letters, as en.yaml or fr.yaml"
        )
    lists = [folder / name for name in ("topics.yaml", "vocabulary.yaml")]
    return Listing(
        tuple(partners),
        tuple(path for path in lists if os.path.lexists(path)),
        tuple(translations) or shipped_translations(),
        (*odd_partners, *odd_translations, *_misspelt_lists(folder)),
    )


def shipped_translations() -> tuple[Path, ...]:
    """The translation files of the package."""
    return tuple(_named(SHIPPED / "translations", _LANGUAGE, "")[0])


def shipped_languages() -> tuple[str, ...]:
    """The languages that the bot speaks without any file of the content folder."""
    return tuple(path.stem for path in shipped_translations()) or ("en", "fr")


def read_bytes(path: Path, folder: Path) -> bytes | str:
    """The bytes of a file, or why it is not read and what to do."""
    try:
        if path.is_symlink() and not _within(path, folder):
            return "this link leads out of the content folder: put the file itself here"
        # A pipe would block for ever at open without O_NONBLOCK.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return "this is no ordinary file: put a text file here"
            data = file.read(SIZE_LIMIT + 1)
    except IsADirectoryError:
        return "this is a folder, not a file: move its files up or rename it"
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return (
            f"the file cannot be read ({printable(reason)}): check that it is there, and its rights"
        )
    if len(data) > SIZE_LIMIT:
        return f"the file is larger than {SIZE_LIMIT // 1024} KiB: shorten it, or split it"
    return data


def _within(path: Path, folder: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _nested(path: Path) -> bool:
    return path.name not in ("topics.yaml", "vocabulary.yaml")


def _named(folder: Path, form: re.Pattern[str], mend: str) -> tuple[list[Path], list[Problem]]:
    """The YAML files of a folder whose names have the right form, and problems of the others."""
    if folder.is_symlink() and not _within(folder, folder.parent):
        return [], [Problem(folder, 1, 1, "this link leads out of the content folder")]
    try:
        names = sorted(_names(folder))
    except _TooManyError:
        wrong = f"more than {COUNT_LIMIT:,} files: nothing is read"
        return [], [Problem(folder, 1, 1, f"{wrong}; split them into several content folders")]
    except OSError as error:
        reason = printable(error.strerror or str(error))
        mend = "a content folder holds its partners here, as in partners/croix-rouge.yaml"
        return [], [Problem(folder, 1, 1, f"this folder cannot be read ({reason}): {mend}")]
    good, problems = [], []
    for name in names:
        problem = _odd_name(folder / name, form, mend)
        if problem is not None:
            problems.append(problem)
        elif name.endswith(".yaml"):
            good.append(folder / name)
    return good, problems


class _TooManyError(Exception):
    pass


def _names(folder: Path) -> Iterator[str]:
    """Names in a folder, hidden ones left out: editors and mounted volumes keep theirs there."""
    with os.scandir(folder) as entries:
        for count, entry in enumerate(entries):
            if count >= COUNT_LIMIT:
                raise _TooManyError
            if not entry.name.startswith("."):
                yield entry.name


def _odd_name(path: Path, form: re.Pattern[str], mend: str) -> Problem | None:
    """What is wrong with the name of a file that is, or looks like, YAML."""
    stem, dot, ending = path.name.rpartition(".")
    if ending.lower() == "txt" and stem.lower().endswith((".yaml", ".yml")):
        return _problem(path, f"not read: take .txt off, so that it ends {excerpt('.yaml')}")
    if not dot or ending.lower() not in ("yaml", "yml"):
        return None
    if ending != "yaml":
        return _problem(path, f"the ending is .{ending}: rename the file to {stem.lower()}.yaml")
    if not form.fullmatch(stem) or len(stem) > ID_LIMIT:
        return _problem(path, f"{excerpt(stem)} is no good file name: {mend}")
    return None


def _problem(path: Path, message: str) -> Problem:
    return Problem(path, 1, 1, message)


def _misspelt_lists(folder: Path) -> Iterator[Problem]:
    for stem in ("topics", "vocabulary"):
        for name in (f"{stem}.yml", f"{stem}.yaml.txt"):
            if os.path.lexists(folder / name):
                wrong = f"not read: rename it to {stem}.yaml"
                yield Problem(folder / name, 1, 1, wrong, Severity.ERROR)
