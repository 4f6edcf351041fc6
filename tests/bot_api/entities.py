"""Entities Telegram finds by itself in plain text: commands, mentions, links, mails, hashtags."""

from __future__ import annotations

import re

from bot_api.wire import Json, utf16_length

# Earlier ones win where two overlap: "/x" in a link is no command.
PATTERNS = (
    ("url", re.compile(r"(?:https?|tg)://[^\s<>\"«»]*[\w/=#&%-]", re.I)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?!\w)")),
    ("url", re.compile(
        r"(?<![@\w.-])(?:[\w-]+\.)+(?:com|org|net|fr|eu|info|io|me|int|uk|ch|be|ca)"
        r"(?![\w-])(?:/[^\s<>\"«»]*[\w/])?", re.I)),
    ("bot_command", re.compile(
        r"(?<![\w/<>@.])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#(?!\d+\b)\w{1,256}")),
)  # fmt: skip
CLOSED = {"code", "pre", "text_link", "text_mention"}


def sort_entities(entities: list[Json]) -> list[Json]:
    """By place, and the longer one first."""
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def detect(text: str, known: list[Json]) -> list[Json]:
    """`known` entities and those Telegram adds; none is added inside code or a link."""
    taken = [_span(entity) for entity in known if entity["type"] in CLOSED]
    found = list(known)
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            begin = utf16_length(text[: match.start()])
            span = (begin, begin + utf16_length(match[0]))
            if not any(span[0] < end and start < span[1] for start, end in taken):
                taken.append(span)
                found.append({"type": kind, "offset": begin, "length": span[1] - begin})
    return sort_entities(found)


def _span(entity: Json) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]
