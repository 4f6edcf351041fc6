"""Text as Telegram formats it: HTML to plain text and entities, lengths, refusals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot_api.entities import detect, sort_entities
from bot_api.wire import Complain, Json, bad_request, check_fields, utf16_length

TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024
TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "code": "code", "pre": "pre", "tg-spoiler": "spoiler", "span": "spoiler", "a": "text_link",
    "tg-emoji": "custom_emoji", "blockquote": "blockquote",
}  # fmt: skip
ATTRIBUTES = {"a": "href", "code": "class", "span": "class", "tg-emoji": "emoji-id"}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([A-Za-z]+))?(;?)")
ATTRIBUTE = re.compile(r"\s*([^\s=>]+)\s*(?:(=)\s*(?:\"([^\"]*)\"|'([^']*)'|([\w.-]*)(?=[\s>])))?")
ENTITY_FIELDS = (
    "type", "offset", "length", "url", "user", "language", "custom_emoji_id",
    "unix_time", "date_time_format",
)  # fmt: skip


@dataclass(frozen=True)
class Formatted:
    """Plain text with its entities, offsets in UTF-16 code units."""

    text: str
    entities: tuple[Json, ...] = ()


@dataclass
class OpenTag:
    """A start tag whose end has not come yet."""

    name: str
    argument: str
    offset: int
    index: int


def checked_link(url: str) -> str:
    """`url` as Telegram keeps it; "" for one it would silently drop or refuse."""
    if not url or any(letter.isspace() for letter in url):
        return ""
    if "://" not in url and not url.startswith(("tg:", "mailto:", "javascript:", "data:")):
        url = f"http://{url}"
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme in ("tg", "ton"):
        return url if host or parts.path else ""
    if parts.scheme not in ("http", "https") or "." not in host.strip("."):
        return ""
    return url if parts.path or parts.query or parts.fragment else f"{url}/"


class HtmlReader:
    """Reads one HTML text; an error names the byte, as Telegram's does."""

    def __init__(self, source: str, complain: Complain) -> None:
        self.source, self.complain = source, complain
        self.at, self.length = 0, 0
        self.out: list[str] = []
        self.open: list[OpenTag] = []
        self.entities: list[Json] = []

    def read(self) -> Formatted:
        """The text without its tags, and what the tags said."""
        while self.at < len(self.source):
            letter = self.source[self.at]
            if letter == "&":
                self._put(self._reference())
            elif letter != "<":
                self._put(letter)
                self.at += 1
            elif self.source.startswith("</", self.at):
                self._end_tag(self.at)
            else:
                self._start_tag(self.at)
        if self.open:
            name = self.open[-1].name
            raise self._refuse(f'Can\'t find end tag corresponding to start tag "{name}"')
        return Formatted("".join(self.out), tuple(sort_entities(self.entities)))

    def _refuse(self, words: str, begin: int | None = None) -> Exception:
        if begin is not None:
            words += f" at byte offset {len(self.source[:begin].encode())}"
        return bad_request(f"can't parse entities: {words}")

    def _put(self, text: str) -> None:
        self.out.append(text)
        self.length += utf16_length(text)

    def _reference(self) -> str:
        match = REFERENCE.match(self.source, self.at)
        assert match is not None
        self.at = match.end()
        decoded = decode_reference(match)
        if decoded is None:
            self.complain(f"HTML: {match[0]!r} is shown as it stands; write &amp; for an ampersand")
            return match[0]
        return decoded

    def _start_tag(self, begin: int) -> None:
        head = re.compile(r"<([^\s>]*)").match(self.source, begin)
        assert head is not None
        self.at = head.end()
        name = head[1].lower()
        if self.at == len(self.source):
            raise self._refuse("Unclosed start tag", begin)
        if name not in TYPES:
            raise self._refuse(f'Unsupported start tag "{name}"', begin)
        argument = self._attributes(name, begin)
        if name == "span" and argument != "tg-spoiler":
            raise self._refuse('Tag "span" must have class "tg-spoiler"', begin)
        self._check_nesting(name)
        self.open.append(OpenTag(name, argument, self.length, len(self.out)))

    def _check_nesting(self, name: str) -> None:
        around = {TYPES[tag.name] for tag in self.open}
        if around & {"code", "pre"} and not {TYPES[name], *around} <= {"code", "pre"}:
            self.complain(f"HTML: <{name}> inside code or pre is dropped")
        if name == "blockquote" and "blockquote" in around:
            self.complain("HTML: blockquotes can't be nested")

    def _attributes(self, name: str, begin: int) -> str:
        argument = ""
        while True:
            rest = re.compile(r"\s*(>?)").match(self.source, self.at)
            assert rest is not None
            if rest[1]:
                self.at = rest.end()
                return argument
            match = ATTRIBUTE.match(self.source, self.at)
            if rest.end() == len(self.source) or match is None:
                raise self._refuse("Unclosed start tag", begin)
            self.at = match.end()
            argument = self._attribute(name, match, begin) or argument

    def _attribute(self, name: str, match: re.Match[str], begin: int) -> str:
        attribute = match[1]
        if name == "blockquote" and attribute == "expandable":
            return attribute
        if match[2] is None:
            self._check_value(match, begin)
            raise self._refuse(
                f'Expected equal sign in declaration of an attribute of the tag "{name}"', begin
            )
        raw = next((part for part in match.groups()[2:] if part is not None), "")
        if attribute != ATTRIBUTES.get(name):
            self.complain(f"HTML: attribute {attribute} of <{name}> is ignored")
            return ""
        return REFERENCE.sub(lambda found: decode_reference(found) or found[0], raw)

    def _check_value(self, match: re.Match[str], begin: int) -> None:
        """Refuses an attribute with an equal sign and no readable value after it."""
        value = re.compile(r"\s*=\s*").match(self.source, match.end(1))
        if value is None:
            return
        if value.end() == len(self.source) or self.source[value.end()] in "\"'":
            raise self._refuse("Unclosed start tag", begin)
        raise self._refuse("Unexpected end of name token", value.end())

    def _end_tag(self, begin: int) -> None:
        if not self.open:
            raise self._refuse("Unexpected end tag", begin)
        match = re.compile(r"</([^\s>]*)\s*>").match(self.source, begin)
        if match is None:
            raise self._refuse("Unclosed end tag", begin)
        tag, found = self.open[-1], match[1].lower()
        if found and found != tag.name:
            offset = len(self.source[:begin].encode())
            raise self._refuse(
                f"Unmatched end tag at byte offset {offset}, "
                f'expected "</{tag.name}>", found "</{found}>"'
            )
        self.at = match.end()
        self.open.pop()
        if self.length > tag.offset:
            self._close(tag)

    def _close(self, tag: OpenTag) -> None:
        entity: Json = {"type": TYPES[tag.name], "offset": tag.offset}
        entity["length"] = self.length - tag.offset
        if tag.name == "a":
            if not self._link(entity, tag.argument or "".join(self.out[tag.index :])):
                return
        elif tag.name == "tg-emoji":
            if not tag.argument.isdigit() or int(tag.argument) == 0:
                raise bad_request("can't parse entities: Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = tag.argument
        elif tag.name == "blockquote" and tag.argument:
            entity["type"] = "expandable_blockquote"
        elif tag.name == "code" and tag.argument.startswith("language-"):
            entity["language"] = tag.argument.removeprefix("language-")
        elif tag.name == "pre" and self.entities and self._is_same(self.entities[-1], entity):
            entity["language"] = self.entities.pop()["language"]
        self.entities.append(entity)

    @staticmethod
    def _is_same(inner: Json, outer: Json) -> bool:
        return "language" in inner and all(inner[k] == outer[k] for k in ("offset", "length"))

    def _link(self, entity: Json, href: str) -> bool:
        user = re.fullmatch(r"tg://user\?id=(\d+)", href)
        if user:
            entity["type"] = "text_mention"
            entity["user"] = {"id": int(user[1]), "is_bot": False, "first_name": "?"}
            return True
        entity["url"] = checked_link(href)
        if not entity["url"]:
            self.complain(f"HTML: the link {href!r} is dropped: no valid address")
        return bool(entity["url"])


def decode_reference(match: re.Match[str]) -> str | None:
    """The letter of a character reference; None when Telegram knows no such one."""
    if match[1] or match[2]:
        code = int(match[1], 16) if match[1] else int(match[2])
        valid = 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF and len(match[0]) <= 10
        return chr(code) if valid else None
    return NAMED.get(match[3]) if match[3] else None


def parse_html(source: str, complain: Complain) -> Formatted:
    """HTML in Telegram's dialect to plain text and entities."""
    return HtmlReader(source, complain).read()


def given_entities(value: Any, complain: Complain) -> list[Json]:
    """Entities the bot passed itself, their shape checked."""
    if not isinstance(value, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    for entity in value:
        check_fields(entity, ENTITY_FIELDS, "MessageEntity", complain)
        if not all(isinstance(entity.get(name), int) for name in ("offset", "length")):
            raise bad_request("can't parse MessageEntity: offset and length must be Numbers")
    return value


def trimmed(text: str, entities: list[Json]) -> Formatted:
    """Text as Telegram keeps it: no control characters, no space at the ends."""
    cleaned = re.sub(r"[\x00-\x08\x0b-\x1f]", " ", text.replace("\r\n", "\n"))
    kept = cleaned.rstrip()
    lead = utf16_length(kept) - utf16_length(kept.lstrip())
    kept, end = kept.lstrip(), utf16_length(kept)
    moved: list[Json] = []
    for entity in entities:
        first = max(entity["offset"], lead)
        last = min(entity["offset"] + entity["length"], end)
        if last > first:
            moved.append({**entity, "offset": first - lead, "length": last - first})
    return Formatted(kept, tuple(moved))


def format_text(
    source: str,
    parse_mode: str,
    entities: Any,
    complain: Complain,
    limit: int = TEXT_LIMIT,
) -> Formatted:
    """What a person will read, or Telegram's refusal. `limit` is in UTF-16 units, after parsing."""
    if not source:
        raise bad_request("message text is empty")
    if parse_mode and parse_mode.lower() != "html":
        complain(f"parse_mode {parse_mode}: this server speaks HTML only")
        raise bad_request("unsupported parse_mode")
    if parse_mode:
        parsed = parse_html(source, complain)
    else:
        parsed = Formatted(source, tuple(given_entities(entities or [], complain)))
    kept = trimmed(parsed.text, list(parsed.entities))
    if not kept.text:
        raise bad_request("text must be non-empty")
    if utf16_length(kept.text) > limit:
        kind = "message is too long" if limit == TEXT_LIMIT else "message caption is too long"
        raise bad_request(kind)
    found = detect(kept.text, list(kept.entities))
    if len(found) > 100:
        complain(f"a message shows 100 entities; the last of {len(found)} are ignored")
    return Formatted(kept.text, tuple(found[:100]))
