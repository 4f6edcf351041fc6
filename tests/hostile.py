"""What attackers write: markup, templates, terminals' commands, paths, YAML, Unicode of every kind.

And whether Telegram would take what the bot makes of it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from bot_api.formatting import format_text
from bot_api.markup import buttons_of, check_markup
from bot_api.wire import utf16_length

from bot.dialogue.messages import Reply
from bot.telegram_chat.rendering import LONGEST, rendered

MARKUP = (
    "<b>", "</b>", "<b><i></b></i>", '<a href="javascript:alert(1)">here</a>', "<script>x</script>",
    "&lt;b&gt;", "&#60;b&#62;", "&nosuch;", "<!-- -->", "<blockquote expandable>", "<tg-spoiler>x",
    "*x* _y_ `z` ||s||", "[here](https://evil.example)", "[x](tg://user?id=1)", "```\nx", "\\*",
)  # fmt: skip
TEMPLATES = (
    "{count}", "{0.__class__}", "{}", "{", "}}", "{name!r:>9}", "%s %d %n", "%(name)s", "$HOME",
    "${7*7}", "{{7*7}}", "{% raw %}", "#{1}", "<%= 1 %>", "`id`", "$(id)", "; id #", "| id",
)  # fmt: skip
PATHS = (
    "../../../etc/passwd", "..\\..\\x", "/etc/passwd\0.yaml", "file:///etc/passwd", "C:\\x",
    "~root", "%2e%2e%2fx", "partners/../../x", "CON", ".git/config",
)  # fmt: skip
LINKS = (
    "javascript:alert(1)", "data:text/html,<b>", "tg://resolve?domain=x", "https://a.example@b.org",
    "http://[::1]/", "https://xn--80ak6aa92e.com", "//evil.example", "https://evil.example/\u202etxt",
)  # fmt: skip
QUERIES = (
    "name:*", "* OR *", "a AND (b", '"open', "x~9", "x^99", "[a TO z]", "'; DROP TABLE misses;--",
    "?", "*" * 60, "\\", "' OR 1=1 --", "text:(a OR", "!!python/object/apply:os.system [id]",
    "&a *a",
)  # fmt: skip
TERMINALS = (
    "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x9b31m", "a\rb", "x\n2026-01-01 ERROR forged",
    "\x08\x08", "\x7f", "a\x85b", "a\u2028b\u2029c", "\x00",
)  # fmt: skip
LETTERS = (
    "\u202egnp.exe", "\u2066\u2067x", "\u200f\u200e", "\u200b", "\ufeff", "\u2060\u00ad", "e\u0301",
    "a" + "\u0336" * 40, "\ufdfa", "ß İ ı ŉ ǰ", "\uffff", "\ufdd0", "\U0010ffff", "\ue000",
    "\ud800", "\udc00\ud83d", "👨‍👩‍👧‍👦", "🏳️‍🌈",
    "🇫🇷🇫", "\U0001f3fb", "1️⃣", "٣٤", "²", "Ⅷ", "日本語", "עברית",
    "ｆｕｌｌ", "ﬁ", "K", "\u1680\u3000", "\u180e", "\u3164", "\U000e0041", "ʼ", "·a", "(e)",
)  # fmt: skip
ALL = (*MARKUP, *TEMPLATES, *PATHS, *LINKS, *QUERIES, *TERMINALS, *LETTERS)


def whole(text: str) -> str:
    """The text without half letters, which Telegram's people cannot type."""
    return text.encode("utf-8", "ignore").decode()


def at_most(text: str, size: int) -> str:
    """The text over and over, as many UTF-16 units as fit."""
    times = max(1, size // max(1, utf16_length(text)))
    return text * times


def mixed(seed: int, count: int, size: int) -> Iterator[str]:
    """So many texts of at most ``size`` characters, put together from all of these."""
    chance = random.Random(seed)
    for _ in range(count):
        pieces = (chance.choice(ALL) for _ in range(chance.randint(1, 6)))
        yield chance.choice(("", " ", "\n")).join(pieces)[:size]


def as_seen(reply: Reply) -> str:
    """What people see of a reply on Telegram.

    Raises:
        AssertionError: Telegram would refuse it or drop something, or somebody is led astray.
    """
    complaints: list[str] = []
    shown = rendered(reply)
    seen = format_text(shown.html, "HTML", None, complaints.append)
    markup = shown.buttons.to_dict() if shown.buttons else None
    buttons = buttons_of(check_markup(markup, complaints.append))
    assert complaints == [], (complaints, shown.html)
    assert utf16_length(seen.text) <= LONGEST
    links = [e["url"] for e in seen.entities if "url" in e] + [b.url for b in buttons if b.url]
    assert all(link.startswith(("https://", "http://")) for link in links), links
    assert not set(seen.text) & set("\x00\x07\x1b\x7f\x9b\u202a\u202d\u202e\u2066\u2067")
    return seen.text
