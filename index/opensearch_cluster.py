"""An OpenSearch cluster: asked by HTTP, and what is wrong with it said in clear words."""

import base64
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from opensearchpy import OpenSearch, OpenSearchException, TransportError

from index.engine import EngineError
from index.opensearch_faults import clear

OLDEST = (2, 19)
"""The first version that the tests run on."""

LONG = 60.0
"""Seconds that a request of a build may take."""

CONNECTIONS = 32
"""To each node; as many as there can be threads that ask."""


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """Where the cluster is, who asks it, and what is kept there by which name."""

    urls: tuple[str, ...]
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: Path | None = None
    prefix: str = "partner-bot"
    replicas: int = 1
    timeout: float = 2.0
    """Seconds that a question may take."""

    @property
    def where(self) -> str:
        """The cluster's address, for people."""
        return ", ".join(self.urls)


class Cluster:
    """A cluster, connected to when it is first asked; threads may share it.

    It has slots, so that it outlives the generations that ask it (``index/letting_go.py``).
    """

    __slots__ = ("_client", "_greeted", "settings")

    def __init__(self, settings: ClusterSettings) -> None:
        self.settings = settings
        self._client: OpenSearch | None = None
        self._greeted = False

    def __getstate__(self) -> ClusterSettings:
        return self.settings  # another process makes its own connections

    def __setstate__(self, settings: ClusterSettings) -> None:
        Cluster.__init__(self, settings)

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        parameters: Mapping[str, Any] | None = None,
        patience: float = LONG,
    ) -> Any:
        """What the cluster answers to a request, waited for ``patience`` seconds at a node.

        Raises:
            EngineError: it cannot be asked, or it refuses; ``index/opensearch_faults.py``.
        """
        if self._client is None:
            self._client = _client(self.settings)
        try:
            return self._client.transport.perform_request(
                method, path, params=dict(parameters or {}), body=body, timeout=patience
            )
        except TransportError as error:
            raise clear(error, self.settings.where, patience) from None
        except (OpenSearchException, AttributeError, TypeError, ValueError):
            raise self._other() from None  # the client stumbles over what it does not expect

    def greet(self) -> None:
        """See once that this is an OpenSearch that will do.

        Raises:
            EngineError: it is too old, or something else.
        """
        if self._greeted:
            return
        said = self.ask("GET", "/", patience=self.settings.timeout)
        version = said.get("version", {}) if isinstance(said, dict) else {}
        number = str(version.get("number", ""))
        if version.get("distribution") != "opensearch":
            raise self._other()
        if tuple(int(part) for part in number.split("-", maxsplit=1)[0].split(".")[:2]) < OLDEST:
            raise EngineError(
                f"OpenSearch {number} at {self.settings.where} is too old: 2.19 or 3 is needed;"
                " update it, or have another BOT_OPENSEARCH_URL"
            )
        self._greeted = True

    def _other(self) -> EngineError:
        where = self.settings.where
        return EngineError(f"what answers at {where} is not OpenSearch; correct BOT_OPENSEARCH_URL")


def _client(settings: ClusterSettings) -> OpenSearch:
    # What it says of each failed try is said once, and better, by whoever asked.
    logging.getLogger("opensearch").setLevel(logging.CRITICAL)
    headers = {}
    if settings.user is not None:
        login = f"{settings.user}:{settings.password or ''}".encode()
        headers["authorization"] = f"Basic {base64.b64encode(login).decode()}"
    secure: dict[str, Any] = {"ca_certs": str(settings.ca)} if settings.ca else {}
    return OpenSearch(
        hosts=list(settings.urls),
        headers=headers,
        timeout=settings.timeout,
        # Another node is asked at once; a single one once more, as it may have closed the line.
        max_retries=max(1, len(settings.urls) - 1),
        retry_on_timeout=len(settings.urls) > 1,
        pool_maxsize=CONNECTIONS,
        http_compress=True,
        **secure,
    )
