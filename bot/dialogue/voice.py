"""How a reply is worded: the sentences, names and texts of one language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.dialogue.messages import Button, Kind, Paragraph, Reply, Span, Style
from bot.dialogue.naming import full_name, short_name
from content.models import Content, Partner, in_language
from content.texts import Texts
from index.findings import Answer

TOPICS_NAMED = 4
"""Topics that a sentence names as examples."""


def languages_named(texts: Texts, language: str) -> str:
    """The languages that the content speaks, by their names in one of them."""
    names = texts.locale(language).languages
    return texts.list([names.get(code, code) for code in texts.languages], language, "or")


@dataclass(frozen=True, slots=True)
class Voice:
    """Speaks one language about one content."""

    texts: Texts
    content: Content
    language: str

    def say(self, key: str, **values: str | int) -> str:
        """A sentence as plain text."""
        return self.texts.say(key, self.language, **values)

    def paragraph(self, key: str, **values: str | int | Span) -> Paragraph:
        """A sentence as a paragraph; values that are spans keep their style."""
        pieces = self.texts.pieces(key, self.language, **values)
        return tuple([piece if isinstance(piece, Span) else Span(str(piece)) for piece in pieces])

    def note(self, key: str, **values: str | int) -> Paragraph:
        """A sentence said aside, in italics."""
        return (Span(self.say(key, **values), Style.ITALIC),)

    def together(self, items: Iterable[str]) -> str:
        """Items in one phrase: "a, b and c"."""
        return self.texts.list(items, self.language)

    def name(self, partner: Partner) -> str:
        """A partner's name in full."""
        return full_name(partner, self.language)

    def bold_name(self, partner: Partner) -> Span:
        """A partner's name in bold."""
        return Span(self.name(partner), Style.BOLD)

    def short(self, partner: Partner) -> str:
        """A partner's name for a button."""
        return short_name(partner, self.language)

    def topic(self, topic_id: str) -> str:
        """A topic's label; its id when the content does not have it."""
        topic = self.content.topic(topic_id)
        return (topic and in_language(topic.label, self.language)) or topic_id

    def partners_counted(self) -> str:
        """How many partners there are: "15 partners"."""
        return self.say("partners_counted", count=len(self.content.partners))

    def languages_named(self) -> str:
        """The languages the bot speaks, in one phrase: "English or French"."""
        return languages_named(self.texts, self.language)

    def topics_named(self, ids: Sequence[str] = ()) -> str:
        """Some topics in one phrase; the content's first ones when none are given."""
        chosen = ids or [topic.id for topic in self.content.topics]
        return self.together(self.topic(topic_id) for topic_id in chosen[:TOPICS_NAMED])

    def reply(
        self,
        kind: Kind,
        *paragraphs: Paragraph,
        answers: Sequence[Answer] = (),
        buttons: Sequence[Sequence[Button]] = (),
        suggestions: Sequence[str] = (),
        missed: bool = False,
    ) -> Reply:
        """A reply in this language; empty rows of buttons are left out."""
        return Reply(
            kind,
            self.language,
            tuple([p for p in paragraphs if p]),
            tuple(answers),
            tuple([tuple(row) for row in buttons if row]),
            tuple(suggestions),
            missed,
        )

    def button(self, key: str, action: str, **values: str) -> Button:
        """A button to press; its action must fit 64 bytes."""
        return Button(self.say(f"button_{key}", **values), action=action)

    def topic_buttons(self, ids: Sequence[str]) -> list[tuple[Button, ...]]:
        """A button a topic, two a row."""
        buttons = [Button(self.topic(topic_id), action=f"topic:{topic_id}") for topic_id in ids]
        return [tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2)]

    def way_on(self) -> tuple[Button, ...]:
        """The row of buttons for somebody who does not know what to ask."""
        return (self.button("partners", "partners"), self.button("topics", "topics"))
