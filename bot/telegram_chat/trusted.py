"""Whose certificates connections to Telegram trust: they are read once, in 20 ms of a start."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import httpx


@lru_cache(maxsize=1)
def trusted() -> ssl.SSLContext:
    """For all connections: certifi's certificates, or those of SSL_CERT_FILE or SSL_CERT_DIR."""
    return httpx.create_ssl_context()


@contextmanager
def no_certificates_read() -> Iterator[None]:
    """Meanwhile the system's certificates are not read, and what would trust them trusts nobody.

    aiohttp reads them twice as it is imported, for those who do not say whom they trust.
    """
    ssl.SSLContext.set_default_verify_paths = _no_paths  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        del ssl.SSLContext.set_default_verify_paths  # what is there from before is inherited


def _no_paths(_context: ssl.SSLContext) -> None:
    pass
