"""Generations of an index: built beside, verified, switched in one step, rolled back.

What every library promises, wherever it keeps its generations: ``index/folder_library.py`` in a
folder, ``index/opensearch_library.py`` in a cluster. Whoever opened a generation goes on reading
it, so nobody ever sees half an index.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence, Set
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from content.models import Content
from content.translations import Translation
from index.engine import AwayError, EngineError
from index.generation import Generation
from index.letting_go import in_passing
from index.progress import Progress, nobody_told

__all__ = ["Generation", "Library", "VerificationError"]

KEPT = 2
"""Generations kept: the one in use and the one before it; and the one an undo goes back to."""


class VerificationError(Exception):
    """The index that was built does not hold what it should; the one in use stays."""


class Library(ABC):
    """The generations of one content, shared by processes; each has a name that sorts by age."""

    def current(self) -> Generation | None:
        """Open the generation in use; None when there is none, or none that can be read.

        Raises:
            AwayError: it is kept where nobody can be asked now.
        """
        name = self.current_name()
        while name is not None:
            for candidate in self._up_to(name):
                try:
                    return self._open(candidate)
                except AwayError:
                    raise  # nothing is known about what it has
                except (EngineError, OSError, ValueError, KeyError):
                    continue  # broken, half deleted or of another format: the one before will do
            # Others may have switched, and tidied, since the name was read.
            before, name = name, self.current_name()
            if name == before:
                break
        return None

    def current_in_passing(self) -> Generation | None:
        """As ``current``, for a process that answers meanwhile: it never waits for long."""
        return in_passing(self.current)

    def build(
        self,
        content: Content,
        translations: Sequence[Translation],
        fingerprint: str,
        progress: Progress = nobody_told,
        before_switch: Callable[[Generation], None] = lambda _built: None,
    ) -> Generation:
        """Build a generation beside the one in use, verify it, switch to it and open it.

        ``before_switch`` is given the new one while the old one is still in use; what it raises
        keeps the old one there. Whoever had to wait for another's build of the same content takes
        that: replicas that start together build once.

        Raises:
            VerificationError: what was built is not what should be; nothing was switched.
        """
        before = self.current_name()
        with self._alone():
            if (name := self.current_name()) != before and self.fingerprint(name) == fingerprint:
                current = self.current()
                if current is not None and current.fingerprint == fingerprint:
                    return current
            name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
            self._write(name, content, translations, fingerprint, progress)
            generation = self._verified(name)
            before_switch(generation)
            self._switch(name, undone=None)
            # A reindex without changes must not push out what an undo would go back to.
            self._keep_only({*self._up_to(name)[:KEPT], self._before(name) or name})
            return generation

    def undo(self) -> Generation:
        """Switch back to the generation before the one in use, the latest of other content.

        Raises:
            VerificationError: there is no generation before it.
        """
        with self._alone():
            name = self.current_name() or ""
            before = self._before(name)
            if before is None:
                raise VerificationError("there is no generation before this one to go back to")
            generation = self._verified(before)
            self._switch(before, undone=self.fingerprint(name))
            self._remove(name)
            return generation

    @abstractmethod
    def elsewhere(self, folder: Path) -> "Library":
        """Generations with the same answers in another folder, to try something out."""

    @abstractmethod
    def current_name(self) -> str | None:
        """The name of the generation in use, without opening it."""

    @abstractmethod
    def undone(self) -> str | None:
        """The fingerprint of the content that an undo took back, until the next build."""

    @abstractmethod
    def fingerprint(self, name: str | None = None) -> str | None:
        """The fingerprint of a generation's content, by default of the one in use, unopened."""

    @abstractmethod
    def _alone(self) -> AbstractContextManager[object]:
        """Meanwhile nobody else builds or goes back; waits for those who do."""

    @abstractmethod
    def _names(self) -> Sequence[str]:
        """The whole generations, in any order."""

    @abstractmethod
    def _write(
        self,
        name: str,
        content: Content,
        translations: Sequence[Translation],
        fingerprint: str,
        progress: Progress,
    ) -> None:
        """Write a whole generation, or leave nothing behind."""

    @abstractmethod
    def _open(self, name: str) -> Generation:
        """Open a generation.

        Raises:
            EngineError, OSError, ValueError, KeyError: it is not whole, or of another format.
        """

    @abstractmethod
    def _switch(self, name: str, undone: str | None) -> None:
        """Have a generation in use from now on; ``undone`` is the content that is taken back."""

    @abstractmethod
    def _remove(self, name: str) -> None:
        """Throw a generation away."""

    @abstractmethod
    def _keep_only(self, names: Set[str]) -> None:
        """Throw away all others, and what builds that were killed have left behind."""

    def _verified(self, name: str) -> Generation:
        generation = self._open(name)
        indexed, wanted = generation.finder.count(), len(generation.content.partners)
        if indexed != wanted:
            raise VerificationError(f"the new index has {indexed} partners instead of {wanted}")
        return generation

    def _up_to(self, newest: str) -> list[str]:
        """That generation, then the older ones; newer ones were never switched to."""
        return sorted((name for name in self._names() if name <= newest), reverse=True)

    def _before(self, name: str) -> str | None:
        """What an undo of that generation goes back to: the latest made from other content."""
        older = [n for n in self._up_to(name) if n != name]
        content = self.fingerprint(name) if name else None
        others = [n for n in older if self.fingerprint(n) != content]
        return next(iter(others or older), None)
