"""Generations in a cluster, for machines that share no disk; each keeps a copy of their files.

An index is a generation: the partners to be searched, and the files that a finder needs beside
them. The alias names the one in use. Where the embedded engine is to stand in, a machine answers
from its copies while the cluster is away.
"""

from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock

from content.models import Content
from content.translations import Translation
from index.engine import AwayError, EngineError
from index.folder_library import FolderLibrary, beside, keep_only, point_to
from index.generation import Generation, read_manifest, write_generation
from index.library import Library
from index.opensearch_cluster import Cluster, ClusterSettings
from index.opensearch_engine import OpenSearchFactory
from index.opensearch_files import fetch_files, send_files
from index.opensearch_generations import Generations
from index.opensearch_lock import BuildLock
from index.opensearch_writing import drop
from index.progress import Progress
from index.stand_in import Outages
from index.whoosh_engine import WhooshFactory


class OpenSearchLibrary(Library):
    """The generations of one prefix in a cluster, with this machine's copies in a folder."""

    def __init__(self, folder: Path, settings: ClusterSettings, stands_in: bool = False) -> None:
        self._folder = folder
        self._cluster, self._outages = Cluster(settings), Outages(stands_in)
        self._generations = Generations(self._cluster)
        self._lock: BuildLock | None = None
        self._seen: str | None = None
        self._copies = FolderLibrary(folder, OpenSearchFactory(self._cluster, self._outages))

    def elsewhere(self, folder: Path) -> Library:
        # What is only tried out is nothing for the cluster.
        return FolderLibrary(folder, WhooshFactory())

    def current(self) -> Generation | None:
        self._outages.ask(self._cluster.greet, lambda: None, AwayError)
        return super().current()

    def current_name(self) -> str | None:
        return self._outages.ask(self._in_use, self._copies.current_name, AwayError)

    def undone(self) -> str | None:
        return self._outages.ask(self._undone, self._copies.undone, AwayError)

    def fingerprint(self, name: str | None = None) -> str | None:
        name = name or self.current_name()
        if name is None:
            return None
        return self._outages.ask(
            lambda: self._generations.said(name).get(name, {}).get("fingerprint"),
            lambda: self._copies.fingerprint(name),
            AwayError,
        )

    def _in_use(self) -> str | None:
        name = self._generations.in_use()
        if name and name != self._seen:
            self._remember(name)
        return name

    def _remember(self, name: str) -> None:
        """Have the copies tell what is in use, for when the cluster cannot."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(OSError):
            point_to(self._folder, name)
        self._seen = name

    def _undone(self) -> str | None:
        name = self._generations.in_use()
        return self._generations.said(name).get(name, {}).get("undone") if name else None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._cluster.greet()
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with BuildLock(self._cluster, f"{self._cluster.settings.prefix}-lock") as lock:
            self._lock = lock
            try:
                yield
            finally:
                self._lock = None

    def _names(self) -> Sequence[str]:
        return self._outages.ask(
            lambda: list(self._generations.said()), self._copies._names, AwayError
        )

    def _write(
        self,
        name: str,
        content: Content,
        translations: Sequence[Translation],
        fingerprint: str,
        progress: Progress,
    ) -> None:
        index, total = self._generations.index_of(name), len(content.partners)
        factory = OpenSearchFactory(
            self._cluster,
            self._outages,
            index,
            lambda done, _all: progress((total + done + 1) // 2, total),
        )
        with beside(self._folder / name) as folder:
            write_generation(
                folder,
                factory,
                content,
                translations,
                fingerprint,
                lambda done, _all: progress(done // 2, total),
            )
            try:
                kept = send_files(self._cluster, index, folder)
                self._generations.say_of(name, {**read_manifest(folder), **kept})
            except BaseException:
                drop(self._cluster, index)
                raise

    def _open(self, name: str) -> Generation:
        self._fetch(name)
        return self._copies._open(name)

    def _fetch(self, name: str) -> None:
        """Have a generation's files here."""
        if (self._folder / name / "manifest.json").exists():
            return
        kept = dict(self._generations.said(name).get(name, {}))
        if not kept:
            raise EngineError(f"the cluster has no generation {name} any more; reindex")
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._tidying():
            if not (self._folder / name).exists():
                with beside(self._folder / name) as folder:
                    fetch_files(self._cluster, self._generations.index_of(name), kept, folder)
            # What another process is building here is not this one's to throw away.
            building = {path.name for path in self._folder.glob("building-*")}
            keep_only(self._folder, {name, *self._generations.said(), *building})

    def _tidying(self) -> FileLock:
        """Meanwhile no other process of this machine fetches copies or throws them away."""
        return FileLock(self._folder / "copies.lock")

    def _switch(self, name: str, undone: str | None) -> None:
        if undone is not None:
            said = self._generations.said(name).get(name, {})
            self._generations.say_of(name, {**said, "undone": undone})
        if self._lock:
            self._lock.check()
        self._generations.use(name)
        self._remember(name)

    def _remove(self, name: str) -> None:
        drop(self._cluster, self._generations.index_of(name))
        self._copies._remove(name)

    def _keep_only(self, names: Set[str]) -> None:
        self._generations.drop_all_but(names)
        with self._tidying():
            keep_only(self._folder, names)
