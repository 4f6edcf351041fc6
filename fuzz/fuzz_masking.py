"""Masking: any question is masked in time, short enough, and masked again it stays the same."""

import re

from knowing import questions, text_of

from bot.records.masking import LONGEST, mask

PEOPLE = (
    "je m'appelle Jean Dupont", "mail me at jo.doe@example.org", "06 12 34 56 78", "my name is Ann",
    "FR76 3000 6000 0112 3456 7890 189", "12 bis, rue de la Paix 75002 Paris", "+44 20 7946 0958",
    "https://example.org/jo?id=7", "@somebody", "jo (at) example (dot) org", "10 Downing Street",
)  # fmt: skip
EMAIL = re.compile(r"[a-z0-9]{1,30}@[a-z0-9]{1,30}\.[a-z]{2,9}")


def seeds() -> list[bytes]:
    """What tells of people, and some questions."""
    asked = questions()[::9]
    return [f"{asked[n % len(asked)]} {told}".encode() for n, told in enumerate(PEOPLE)]


def one(data: bytes) -> None:
    """No address of a plain form is left."""
    masked = mask(text_of(data))
    assert len(masked) <= LONGEST
    assert masked.isprintable() or not masked
    assert mask(masked) == masked
    assert not EMAIL.search(masked)
