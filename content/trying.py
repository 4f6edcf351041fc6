"""Files that somebody would like to change, tried on a copy of the content before they are."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from content.checking import check
from content.files import list_folder, read_bytes
from content.models import Content
from content.problems import Problem, Severity, shown_path
from content.translation_rules import translation_problems
from content.translations import Translation, load_translations
from content.writing_together import FileChange, state


@dataclass(frozen=True)
class Trial:
    """What the content and the translations would be with files; and the content as it is.

    With an error among the ``problems`` there are no ``changes``; files that are there already,
    byte for byte, are none either. ``problems`` are those of the content as it would be.
    """

    before: Content
    after: Content
    spoken_after: tuple[Translation, ...]
    problems: tuple[Problem, ...]
    changes: tuple[FileChange, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems which keep the files from being used."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)


def tried(folder: Path, files: Mapping[str, bytes]) -> Trial:
    """Check a content folder as it would be with these files, by their names in the content.

    Raises:
        OSError: there is no room for a copy, or a file cannot be read.
    """
    was = {name: state(folder, name) for name in files}
    before = check(folder)
    with tempfile.TemporaryDirectory(prefix="partner-bot-") as beside:
        copy = Path(beside) / (folder.resolve().name or "content")
        _copied(folder, copy, files)
        loaded = check(copy)
        problems = tuple(
            _at_home(problem, copy, folder)
            for problem in sorted({*loaded.problems, *translation_problems(copy, files)})
        )
        is_good = not any(problem.severity is Severity.ERROR for problem in problems)
        after = load_translations(copy) if is_good else ()
    changes = [
        FileChange(name, data.decode(), was[name])
        for name, data in files.items()
        if is_good and data != read_bytes(folder / name, folder)
    ]
    return Trial(before.readable, loaded.readable, after, problems, tuple(changes))


def _copied(folder: Path, copy: Path, files: Mapping[str, bytes]) -> None:
    """The content as one reads it, links followed; only what counts as content."""
    for room in (copy / "partners", copy / "translations"):
        room.mkdir(parents=True)
    listing = list_folder(folder)
    for path in {*listing.files(), *(problem.path for problem in listing.problems)}:
        if path.is_relative_to(folder) and not path.is_dir():
            data = read_bytes(path, folder)
            (copy / path.relative_to(folder)).write_bytes(_bytes(data))
    for name, new in files.items():
        (copy / name).write_bytes(new)
    if not any((copy / "translations").iterdir()):
        (copy / "translations").rmdir()


def _bytes(data: bytes | str) -> bytes:
    # What cannot be read is broken in the copy too, and this is how its problem reads there.
    return data if isinstance(data, bytes) else f"# {data}\n".encode()


def _at_home(problem: Problem, copy: Path, folder: Path) -> Problem:
    """A problem of the copy as one of the folder itself."""
    message = problem.message.replace(f"{shown_path(copy)}/", f"{folder.name}/")
    return replace(problem, path=folder / problem.path.relative_to(copy), message=message)
