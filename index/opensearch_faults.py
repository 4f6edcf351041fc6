"""What can be wrong with a cluster, in words that say what to do."""

from collections.abc import Mapping
from typing import Any

from opensearchpy import ConnectionError as NoConnectionError
from opensearchpy import ConnectionTimeout, SSLError, TransportError
from urllib3.exceptions import ProtocolError

from index.engine import AwayError, EngineError


class MissingError(EngineError):
    """The cluster has no such index or document."""


class ConflictError(EngineError):
    """Somebody else was first."""


def clear(error: TransportError, where: str, patience: float) -> EngineError:
    """The fault as people read it; it has neither login nor question in it."""
    if isinstance(error, ConnectionTimeout):
        return AwayError(
            f"OpenSearch at {where} did not answer within {patience:g} seconds: it is busy or"
            " stuck; look after it, or give it longer (BOT_OPENSEARCH_TIMEOUT)"
        )
    if isinstance(error, SSLError):
        return AwayError(
            f"OpenSearch at {where} cannot be spoken to safely: its certificate is not trusted"
            " (give the file of the authority that signed it: BOT_OPENSEARCH_CA), or it has none"
            " (correct BOT_OPENSEARCH_URL)"
        )
    if isinstance(error, NoConnectionError):
        # Where https is wanted, a request by http gets no answer at all.
        is_mute = isinstance(error.info, ProtocolError) and "http://" in where
        return AwayError(
            f"OpenSearch at {where} cannot be reached: start it, or correct BOT_OPENSEARCH_URL"
            + (", which may have to begin with https://" if is_mute else "")
        )
    return _refused(error, where)


_READ_ONLY = (
    "can only be read ({why}): free space on its disks, and lift the block"
    " (index.blocks.read_only_allow_delete, cluster.blocks.read_only)"
)
_NOT_READY = "is not ready ({why}): wait for it, or look at GET /_cluster/health"
_REFUSALS: Mapping[int, tuple[type[EngineError], str]] = {
    401: (
        EngineError,
        "refuses the login: correct BOT_OPENSEARCH_USER and BOT_OPENSEARCH_PASSWORD",
    ),
    403: (
        EngineError,
        "does not allow this to BOT_OPENSEARCH_USER ({why}): give it the role of"
        " docs/scaling.md, for BOT_OPENSEARCH_PREFIX*",
    ),
    404: (MissingError, "has it no more ({why}); reindex"),
    409: (ConflictError, "has been told otherwise by somebody else ({why})"),
    **dict.fromkeys((408, 429, 502, 503, 504), (AwayError, _NOT_READY)),
}


def _refused(error: TransportError, where: str) -> EngineError:
    status, (kind, why) = error.status_code, _cause(error.info)
    fault, said = EngineError, "refuses this ({status} {why})"
    if isinstance(status, int):
        fault, said = _REFUSALS.get(status, (fault, said))
    if kind == "cluster_block_exception" and status != 503:
        fault, said = EngineError, _READ_ONLY
    elif kind == "search_phase_execution_exception" and status == 500:
        fault, said = AwayError, _NOT_READY  # the node with the shard has just died
    elif "rank_features" in why:
        said = "does without its module mapper-extras: have the usual distribution"
    told = said.format(status=status, why=why or kind or status)
    return fault(f"OpenSearch at {where} {told}")


def _cause(info: Any) -> tuple[str, str]:
    """The kind and the reason of a refusal."""
    error = info.get("error") if isinstance(info, dict) else None
    if not isinstance(error, dict):
        return "", ""
    return str(error.get("type") or ""), str(error.get("reason") or "")
