"""What comes in and what goes out, whatever the chat: no Telegram, no terminal in it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from index.findings import Answer


class Kind(StrEnum):
    """What a reply is (the ``kind`` of ``chat --json``)."""

    ANSWERS = "answers"
    CARD = "card"
    LINK = "link"
    MORE = "more"
    SMALLTALK = "smalltalk"
    NOTHING = "nothing"
    HELP = "help"
    LANGUAGE = "language"
    ERROR = "error"


class Style(StrEnum):
    """How a span of text looks, where the chat can show it."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    QUOTE = "quote"
    """A long text that the chat may fold and expand."""


class Span(NamedTuple):
    """A piece of text in one style; with ``url`` it is a link. Always data, never markup.

    A tuple, as replies are made of many, and tuples are made much sooner than data classes.
    """

    text: str
    style: Style = Style.PLAIN
    url: str | None = None


Paragraph = tuple[Span, ...]


class Button(NamedTuple):
    """A button with exactly one of ``action``, ``url``, ``copy`` and ``share``.

    It is pressed, opens an address, copies a text, or shares one in another chat.
    Actions are short (at most 64 bytes): ``card:<id>``, ``topic:<id>``, ``topic:<id>:<page>``,
    ``page:<n>``, ``ask:<text>``, ``language:<code>`` …; ``Dialogue.press`` answers them. An action
    that begins with a slash is a command with its words, said by pressing.
    """

    label: str
    action: str | None = None
    url: str | None = None
    copy: str | None = None
    share: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a reply; a picture (PNG) is shown, anything else is to be saved."""

    name: str
    data: bytes
    is_picture: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """One message out: paragraphs to show, the partners it answers with, rows of buttons."""

    kind: Kind
    language: str
    paragraphs: tuple[Paragraph, ...]
    answers: tuple[Answer, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()
    suggestions: tuple[str, ...] = ()
    missed: bool = False
    """True when a question found nothing and should be recorded as a miss."""
    attachment: Attachment | None = None

    @property
    def text(self) -> str:
        """What a person would see, in plain text: a paragraph a block, links written out."""
        return "\n\n".join("".join(plain(span) for span in p) for p in self.paragraphs)


def plain(span: Span) -> str:
    """A span without styles; a link whose text is not its address shows the address behind it."""
    if span.url and span.url != span.text:
        return f"{span.text} ({span.url})"
    return span.text


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message in: its text, and the languages that may help when the text does not tell.

    ``chosen_language`` is the person's own choice (/language), ``client_language`` what their
    Telegram speaks ("fr", "pt-br").
    """

    text: str
    chosen_language: str | None = None
    client_language: str | None = None
    now: float = field(default=0.0)
    """Seconds since the epoch; the dialogue has no clock of its own."""
