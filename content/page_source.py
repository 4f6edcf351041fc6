"""The bytes of a page or a text: from a file or from the web, within limits."""

from pathlib import Path

import httpx

from content.page_blocks import html_blocks, is_html, text_blocks
from content.page_partners import Page, partners_of

SIZE_LIMIT = 5 * 1024 * 1024
PATIENCE = 20.0
"""Seconds to wait for a website."""

AGENT = "PartnerBot (import of one page, asked for by an editor)"


class PageError(Exception):
    """The page cannot be had, and why."""


def is_address(source: str) -> bool:
    """Whether a source is an address on the web, not a file."""
    return source.lower().startswith(("http://", "https://"))


def read_page(source: str) -> Page:
    """The partners that a file or a web page tells of.

    Raises:
        PageError: it cannot be read, or is no text.
    """
    if is_address(source):
        data, address = _visited(source)
    else:
        data, address = _opened(Path(source)), ""
    if is_html(data):
        return partners_of(html_blocks(data, address), address)
    return partners_of(text_blocks(_decoded(data)), address)


def _opened(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return _bounded(file.read(SIZE_LIMIT + 1))
    except OSError as error:
        raise PageError(f"{path} cannot be read: {error.strerror or error}") from error


def _visited(address: str) -> tuple[bytes, str]:
    try:
        with httpx.stream(
            "GET", address, headers={"User-Agent": AGENT}, timeout=PATIENCE, follow_redirects=True
        ) as response:
            response.raise_for_status()
            data = b""
            for piece in response.iter_bytes():
                data = _bounded(data + piece)
            return data, str(response.url)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise PageError(f"{address} cannot be had: {error}") from error


def _bounded(data: bytes) -> bytes:
    if len(data) > SIZE_LIMIT:
        raise PageError(f"it is larger than {SIZE_LIMIT // 1024 // 1024} MiB: no page is")
    return data


def _decoded(data: bytes) -> str:
    if b"\0" in data:
        raise PageError("it is neither a text nor a web page: save it as one of them")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
