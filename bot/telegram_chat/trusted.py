"""Whose certificates connections to Telegram trust: they are read once, in 20 ms of a start."""

import ssl
from functools import lru_cache

import httpx


@lru_cache(maxsize=1)
def trusted() -> ssl.SSLContext:
    """For all connections: certifi's certificates, or those of SSL_CERT_FILE or SSL_CERT_DIR."""
    return httpx.create_ssl_context()
