"""Which partners a page tells of: a name, a text, a website and people each, word for word."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlsplit

from content.page_blocks import Block, Kind

SUMMARY_LIMIT = 400
TEXT_LIMIT = 4_000
ROLE_LIMIT = 80

_SOCIAL = re.compile(
    r"(?:^|\.)(?:facebook|twitter|x|instagram|linkedin|youtube|tiktok|bsky|whatsapp|t)\.(?:com|me|app)\Z"
)
_TITLE = r"(?:Mr|Mrs|Ms|Dr|Prof|M|Mme|Mlle|Me|Herr|Frau|Madame|Monsieur|Madam|[Ff]ather|[Pp]ère)\.?"
_NAME = r"[A-ZÀ-Þ][\w’'-]+(?:\s+(?:de|du|des|la|le|von|van)\b)?(?:\s+[A-ZÀ-Þ][\w’'-]+)+"
_PERSON = re.compile(rf"\b{_TITLE}\s+({_NAME})")
_ROLE = re.compile(rf",\s+(?!(?:the|la|le|les)\b)((?!{_TITLE}\s)[^,.;\n]+)")
_SENTENCE = re.compile(
    r"(?<![A-Z])(?<!Mr)(?<!Ms)(?<!Mrs)(?<!Dr)(?<=[.!?…])\s+(?=[“«\"]?[A-ZÀ-Þ0-9])"
)


class Named(NamedTuple):
    """Somebody's name, the role if it can be told, and what stands behind the name."""

    name: str
    role: str
    behind: str


@dataclass
class Found:
    """What a page tells of one partner; all of it stands there literally."""

    names: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    website: str = ""
    links: list[Block] = field(default_factory=list)
    level: int = 0

    @property
    def empty(self) -> bool:
        """Whether there is nothing but perhaps names."""
        return not (self.paragraphs or self.website or self.links)

    @property
    def text(self) -> str:
        """All paragraphs, or as many as a partner's text can hold."""
        kept, length = [], 0
        for paragraph in self.paragraphs:
            length += len(paragraph) + 2
            if length > TEXT_LIMIT:
                break
            kept.append(paragraph)
        return "\n\n".join(kept)

    @property
    def summary(self) -> str:
        """The first sentences, two at most; empty when the first is too long to be one."""
        plain = [p for p in self.paragraphs if not _PERSON.match(p) and "\n" not in p]
        sentences = _SENTENCE.split(plain[0])[:2] if plain else []
        both = plain[0][: plain[0].index(sentences[-1]) + len(sentences[-1])] if sentences else ""
        return next((s for s in (both, *sentences[:1]) if len(s) <= SUMMARY_LIMIT), "")

    @property
    def people(self) -> list[Named]:
        """Those with a title before their names."""
        found: dict[str, Named] = {}
        for match in _PERSON.finditer(self.text):
            role = _ROLE.match(self.text, match.end())
            said = role[1].rstrip() if role else ""
            said = said if len(said) <= ROLE_LIMIT else ""
            # Two words with capitals may be a role, or somebody else's name.
            sure = not re.fullmatch(_NAME, said)
            found.setdefault(match[1], Named(match[1], said if sure else "", said))
        return list(found.values())


@dataclass(frozen=True, slots=True)
class Page:
    """The partners of a page, and what of it went to none of them."""

    partners: tuple[Found, ...]
    left_out: tuple[str, ...]


def partners_of(blocks: Iterable[Block], address: str = "") -> Page:
    """Every part of a page that may be a partner: below a heading, or up to a website."""
    own = urlsplit(address).hostname or ""
    parts, left_out = [], []
    for part in _parts(blocks, own):
        if part.empty:
            left_out += [*part.names, *part.pictures]
        else:
            parts.append(part)
    if len(parts) > 1 and not parts[0].website and any(part.website for part in parts):
        first = parts.pop(0)  # the page's own title, with what it says before its first partner
        left_out += [*first.names, *first.paragraphs, *(link.text for link in first.links)]
    return Page(tuple(parts), tuple(left_out))


def _parts(blocks: Iterable[Block], own: str) -> Iterator[Found]:
    part = Found()
    for block in blocks:
        if block.kind is Kind.HEADING:
            if not part.empty or block.level > part.level > 0:
                yield part
                part = Found()
            part.level = block.level
        _take(part, block, own)
        if block.kind is Kind.WEBSITE:
            yield part
            part = Found()
    yield part


def _take(part: Found, block: Block, own: str) -> None:
    if block.kind is Kind.HEADING:
        part.names.append(block.text)
    elif block.kind is Kind.IMAGE:
        part.pictures.append(block.text)
    elif block.kind is Kind.TEXT:
        part.paragraphs.append(block.text)
    elif block.kind is Kind.WEBSITE:
        # Where the word is a link too, the link has the whole address.
        leads = [link.href for link in part.links if block.text.lower() in link.href.lower()]
        part.website = leads[0] if leads else block.text
    else:
        part.links.append(block)
        if not part.website and _leads_out(block.href, own):
            part.website = block.href


def _leads_out(href: str, own: str) -> bool:
    address = urlsplit(href)
    host = address.hostname or ""
    web = address.scheme in ("http", "https") and "." in host
    return (
        web and host.removeprefix("www.") != own.removeprefix("www.") and not _SOCIAL.search(host)
    )
