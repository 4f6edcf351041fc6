"""What somebody can want with a message."""

from enum import StrEnum
from typing import NamedTuple

LAST = -1
"""The place of "the last one"."""


class What(StrEnum):
    """What is wanted.

    Each but ASK, PLACE, UNCLEAR and EMPTY is a list of phrases in the translations.
    """

    ASK = "ask"
    LANGUAGE = "language"
    WHY = "why"
    CORRECT = "correct"
    COMPARE = "compare"
    COUNT = "count"
    LIST = "list"
    TOPICS = "topics"
    MEMBER = "member"
    MEMBER_WITH = "member_with"
    PEOPLE = "people"
    CONTACT = "contact"
    LINK = "link"
    DETAIL = "detail"
    PLACE = "place"
    WRONG = "wrong"
    MORE = "more"
    HELP = "help"
    JOKE = "joke"
    ROBOT = "robot"
    HOW_ARE_YOU = "how_are_you"
    INSULT = "insult"
    LOVE = "love"
    PRAISE = "praise"
    BYE = "bye"
    THANKS = "thanks"
    HELLO = "hello"
    NO = "no"
    YES = "yes"
    OKAY = "okay"
    UNCLEAR = "unclear"
    EMPTY = "empty"


SMALLTALK = frozenset(
    {
        What.JOKE,
        What.ROBOT,
        What.HOW_ARE_YOU,
        What.INSULT,
        What.LOVE,
        What.PRAISE,
        What.BYE,
        What.THANKS,
        What.HELLO,
        What.OKAY,
    }
)

# The first one that a message has is what it wants; small talk only when there is nothing else.
ORDER = tuple(what for what in What if what not in (What.ASK, What.UNCLEAR, What.EMPTY))

# These say nothing of what a question is about, so they are not searched for.
AROUND = frozenset(
    {*SMALLTALK, What.CORRECT, What.COMPARE, What.COUNT, What.LIST, What.MEMBER}
    | {What.MEMBER_WITH, What.PEOPLE, What.DETAIL, What.LANGUAGE, What.NO, What.YES, What.HELP}
    | {"courtesies", "continues"}
)


PHRASE_KEYS = frozenset(
    {*ORDER, "frames", "courtesies", "continues", "among", "of_focus", "place_last"}
    | {f"place_{place}" for place in range(1, 11)}
)
"""The phrase lists that conversations need."""


class Wanted(NamedTuple):
    """What a message wants.

    ``question`` is what is left to search for, ``place`` a place in the list on show (from 1, or
    LAST), ``named`` partners named in full, ``wants`` everything it has phrases for.
    ``language`` is a language asked for. ``only_names``: nothing but names tells something.
    ``long``: it has more words than a follow-up has.
    """

    what: What
    question: str = ""
    place: int | None = None
    named: tuple[str, ...] = ()
    wants: frozenset[str] = frozenset()
    language: str | None = None
    only_names: bool = False
    long: bool = False
