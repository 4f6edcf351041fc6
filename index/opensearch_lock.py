"""One builder at a time, among all machines that use a cluster.

Whoever has the lock writes its document again every few seconds. One who waits sees by its own
clock for how long nothing was written: the clocks of machines need not agree.
"""

import os
import socket
import threading
import time
import uuid
from contextlib import suppress
from typing import Any

from index.engine import AwayError, EngineError
from index.opensearch_cluster import Cluster
from index.opensearch_faults import ConflictError, MissingError

EXPIRY, RENEWAL, LOOKS = 30.0, 5.0, 0.5
"""Seconds after which a lock that was not renewed has no owner any more, between two renewals,
and between two looks of who waits."""


class LockLostError(EngineError):
    """Somebody else builds now, as nothing was heard from here for too long."""


class BuildLock:
    """A document that only one can create."""

    def __init__(self, cluster: Cluster, index: str, expiry: float = EXPIRY) -> None:
        self._cluster, self._index, self._expiry = cluster, index, expiry
        self._renewal = RENEWAL * expiry / EXPIRY
        self._own = {"owner": f"{socket.gethostname()}:{os.getpid()}", "token": uuid.uuid4().hex}
        self._written: dict[str, Any] = {}
        self._heard, self._lost, self._released = 0.0, False, threading.Event()
        self._writing = threading.Lock()

    def __enter__(self) -> "BuildLock":
        self._prepare()
        seen, since = None, time.monotonic()
        while not self._created():
            found = self._found()
            if self._is_own(found):
                break
            version = found and (found["_seq_no"], found["_primary_term"])
            if version != seen:
                seen, since = version, time.monotonic()
            elif found and time.monotonic() - since > self._expiry and self._write(found):
                break
            time.sleep(LOOKS)
        threading.Thread(target=self._renew, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._released.set()
        with self._writing, suppress(EngineError):  # it is somebody else's, or expires
            self._cluster.ask("DELETE", self._path, parameters=_as_of(self._written))

    def check(self) -> None:
        """See that the lock is still this one's, before something cannot be taken back.

        Raises:
            LockLostError: it is not.
        """
        if self._lost or not self._again():
            raise LockLostError("another process builds the index now; nothing was changed")

    @property
    def _path(self) -> str:
        return f"/{self._index}/_doc/building"

    def _prepare(self) -> None:
        settings = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}
        mappings = {"dynamic": False}
        if self._exists():
            return
        try:
            body = {"settings": settings, "mappings": mappings}
            self._cluster.ask("PUT", f"/{self._index}", body)
        except EngineError:
            if not self._exists():  # somebody else may have been quicker
                raise

    def _exists(self) -> bool:
        return bool(self._cluster.ask("HEAD", f"/{self._index}"))

    def _created(self) -> bool:
        try:
            self._keep(self._cluster.ask("PUT", f"/{self._index}/_create/building", self._own))
        except ConflictError:
            return False
        return True

    def _found(self) -> Any:
        try:
            return self._cluster.ask("GET", self._path)
        except MissingError:
            return None

    def _again(self) -> bool:
        with self._writing:
            return self._released.is_set() or self._write(self._written)

    def _write(self, last: dict[str, Any]) -> bool:
        """Write the document again, unless somebody else has since."""
        try:
            self._keep(self._cluster.ask("PUT", self._path, self._own, parameters=_as_of(last)))
        except ConflictError:
            return self._is_own(self._found())
        return True

    def _is_own(self, found: Any) -> bool:
        """Was it written here, though the answer that said so was lost?"""
        if not found or found["_source"].get("token") != self._own["token"]:
            return False
        self._keep(found)
        return True

    def _keep(self, answer: dict[str, Any]) -> None:
        self._written, self._heard = answer, time.monotonic()

    def _renew(self) -> None:
        while not self._released.wait(self._renewal):
            try:
                self._lost = not self._again()
            except AwayError:
                self._lost = time.monotonic() - self._heard > self._expiry
            except EngineError:
                self._lost = True
            if self._lost:
                return


def _as_of(version: dict[str, Any]) -> dict[str, Any]:
    return {"if_seq_no": version["_seq_no"], "if_primary_term": version["_primary_term"]}
