"""A page or a text as a row of blocks: headings, paragraphs, pictures, links, websites."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

HEADING_LIMIT = 120
"""Characters of a name."""

DEPTH_LIMIT = 200
"""Elements within each other; what lies deeper is read as one piece."""

_DROPPED = ("script", "style", "nav", "footer", "form", "noscript", "template", "svg", "iframe")
_INLINE = set(
    "a abbr b bdi bdo cite code em font i mark q s small span strong sub sup time u".split()
)
_HEADING = re.compile(r"h[1-6]\Z")
_WEBSITE = re.compile(
    r"\W*(?:web\s?site|site(?:\s+(?:web|internet))?|web|webseite|internet|url)\s*:\s*"
    r"((?:https?://)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?)\s*\Z",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+\Z", re.IGNORECASE)
_TO_READ_ON = re.compile(
    r"(?:read|see|view|click|download|learn more|find out|more|lire|voir|cliquez|télécharger"
    r"|en savoir|plus d.infos?|mehr|lesen)\b",
    re.IGNORECASE,
)
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")


class Kind(Enum):
    """What a block is."""

    HEADING = auto()
    TEXT = auto()
    IMAGE = auto()
    LINK = auto()
    WEBSITE = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a page. ``text`` is literally there; of a link, ``href`` is where it leads."""

    kind: Kind
    text: str
    level: int = 0
    href: str = ""


def text_blocks(text: str) -> Iterator[Block]:
    """The blocks of a plain text: paragraphs lie between empty lines."""
    for paragraph in re.split(r"\n[ \t]*\n", _seen(text)):
        lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
        if len(lines) == 1 and _is_heading(lines[0]):
            yield Block(Kind.HEADING, lines[0])
        else:
            yield from _lines(lines)


def html_blocks(page: bytes | str, address: str = "") -> Iterator[Block]:
    """The blocks of a web page, without its navigation and programs."""
    soup = BeautifulSoup(page, "html.parser")
    for tag in soup(_DROPPED):
        tag.decompose()
    yield from _Walk(address).blocks(soup.find("main") or soup.body or soup)


def is_html(data: bytes) -> bool:
    """Whether the bytes are a web page."""
    start = data[:2_000].lower()
    return b"<html" in start or b"<!doctype html" in start or b"<body" in start


def _seen(text: str) -> str:
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _lines(lines: list[str]) -> Iterator[Block]:
    """The lines of a paragraph, with websites and pointers to elsewhere taken out."""
    said: list[str] = []
    for line in lines:
        website = _WEBSITE.match(line) or _ADDRESS.match(line)
        if not website:
            said.append(line)
            continue
        if said:
            yield Block(Kind.TEXT, "\n".join(said))
            said = []
        yield Block(Kind.WEBSITE, website[website.lastindex or 0])
    if len(said) == 1 and len(said[0]) < 80 and _TO_READ_ON.match(said[0]):
        yield Block(Kind.LINK, said[0])
    elif said:
        yield Block(Kind.TEXT, "\n".join(said))


def _is_heading(line: str) -> bool:
    return (
        len(line) <= HEADING_LIMIT
        and line[0].isalnum()
        and not line[0].islower()
        and line[-1] not in '.!?:;,…”"»'
        and not (_WEBSITE.match(line) or _ADDRESS.match(line) or _TO_READ_ON.match(line))
    )


class _Walk:
    """One walk through a page; what is read between two blocks gathers until the second."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._said: list[str] = []
        self._links: list[Block] = []

    def blocks(self, tag: Tag, depth: int = 0) -> Iterator[Block]:
        """The blocks within an element, in their order."""
        for child in tag.children:
            if isinstance(child, Tag):
                yield from self._element(child, depth)
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                self._said.append(re.sub(r"\s+", " ", _seen(str(child))))
        if tag.name not in _INLINE:
            yield from self._flush()

    def _element(self, tag: Tag, depth: int) -> Iterator[Block]:
        if depth > DEPTH_LIMIT:
            self._said.append(_words(tag))
        elif tag.name == "br":
            self._said.append("\n")
        elif tag.name == "img":
            if alt := _seen(str(tag.get("alt") or "")).strip():
                yield from self._flush()
                yield Block(Kind.IMAGE, alt)
        elif _HEADING.match(tag.name) and _words(tag):
            yield from self._flush()
            yield Block(Kind.HEADING, _words(tag), int(tag.name[1]))
        else:
            if tag.name not in _INLINE:
                yield from self._flush()
            elif tag.name == "a" and tag.get("href"):
                href = urljoin(self._address, str(tag["href"]).strip())
                self._links.append(Block(Kind.LINK, _words(tag), href=href))
            yield from self.blocks(tag, depth + 1)

    def _flush(self) -> Iterator[Block]:
        lines = [line.strip() for line in "".join(self._said).split("\n") if line.strip()]
        links, self._said, self._links = self._links, [], []
        # First where the words lead: "Website: example.org" may have a longer address behind it.
        yield from links
        # A link that stands alone is no text of the page's own.
        if " ".join(lines) != " ".join(link.text for link in links):
            yield from _lines(lines)


def _words(tag: Tag) -> str:
    return " ".join(_seen(tag.get_text(" ")).split())
