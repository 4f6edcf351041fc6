"""What files would change, in words for a phone: old and new in short."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.dialogue.messages import Paragraph, Span, Style
from bot.dialogue.naming import full_name
from bot.dialogue.voice import Voice
from content.differences import (
    FieldChange,
    ListChange,
    PartnerChange,
    partner_change,
    sentence_changes,
    topic_changes,
    vocabulary_changes,
)
from content.models import in_language
from content.texts import Texts
from content.translations import Translation
from content.trying import Trial

FILES = 8
"""Files told one by one; a phone has no room for more."""

FIELDS = 9
"""Fields told of one partner."""

ITEMS = 5
"""Items of a list told of a kind."""

SHORT = 70
"""Characters told of a text."""

AROUND = 20
"""Characters told before the place where two texts begin to differ."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Says what a trial would change; ``spoken`` are the translations in use."""

    texts: Texts
    language: str
    trial: Trial
    spoken: Sequence[Translation]

    def paragraphs(self) -> Iterator[Paragraph]:
        """One a file, the first ones only when they are many."""
        changes = self.trial.changes
        for change in changes[:FILES]:
            yield self._file(change.name)
        if len(changes) > FILES:
            yield (Span(self._say("change_more", count=len(changes) - FILES)),)

    def _file(self, name: str) -> Paragraph:
        room, _, file = name.rpartition("/")
        stem, before, after = file.removesuffix(".yaml"), self.trial.before, self.trial.after
        if room == "translations":
            changed = sentence_changes(self.spoken, self.trial.spoken_after, stem)
            return self._list("change_sentences", changed, spoken=self._language(stem))
        if name == "topics.yaml":
            return self._list("change_topics", topic_changes(before, after))
        if name == "vocabulary.yaml":
            return self._list("change_vocabulary", vocabulary_changes(before, after))
        found = partner_change(before, after, stem)
        return self._partner(found, file) if found else (Span(name),)

    def _partner(self, change: PartnerChange, file: str) -> Paragraph:
        name = full_name(change.partner, self.language)
        key = "change_added" if change.is_new else "change_partner"
        title = self._bold(key, name, file=file)
        if change.is_new:
            summary = in_language(change.partner.summary, self.language) or ""
            website = change.partner.website or self._say("change_no_website")
            return (*title, Span(f"\n{summary}\n{website}"))
        if not change.fields:
            return (*title, Span(f"\n{self._say('change_form')}"))
        lines = [f"\n• {self._field(field)}" for field in change.fields[:FIELDS]]
        if len(change.fields) > FIELDS:
            more = self._say("change_more_fields", count=len(change.fields) - FIELDS)
            lines.append(f"\n• {more}")
        return (*title, *map(Span, lines))

    def _field(self, change: FieldChange) -> str:
        label = self._say(f"change_field_{change.field}")
        if change.language:
            named = self._language(change.language)
            label = self._say("change_in_language", field=label, spoken=named)
        old, new = change.old, change.new
        if isinstance(old, tuple) or isinstance(new, tuple):
            listed = ListChange(self._named(change, new), self._named(change, old))
            what = self._came_and_went(listed)
        elif not old or not new:
            key = "change_text_came" if new else "change_text_went"
            what = self._say(key, text=clipped(new or old))
        else:
            shown_old, shown_new = apart(old, new)
            what = self._say("change_text", old=shown_old, new=shown_new)
        return self._say("change_field", field=label, change=what)

    def _named(self, change: FieldChange, items: str | tuple[str, ...]) -> tuple[str, ...]:
        voice = Voice(self.texts, self.trial.after, self.language)
        found = tuple(items)
        return tuple(map(voice.topic, found)) if change.field == "topics" else found

    def _list(self, key: str, change: ListChange, **values: str) -> Paragraph:
        title = (Span(self._say(key, **values), Style.BOLD),)
        return (*title, Span(f"\n{self._came_and_went(change)}"))

    def _came_and_went(self, change: ListChange) -> str:
        told = [
            self._say(f"change_list_{kind}", items=self._items(items))
            for kind, items in (
                ("came", change.came),
                ("went", change.went),
                ("changed", change.changed),
            )
            if items
        ]
        return "; ".join(told) or self._say("change_form")

    def _items(self, items: Sequence[str]) -> str:
        shown = [clipped(item) for item in items[:ITEMS]]
        if len(items) > ITEMS:
            shown.append(self._say("change_others", count=len(items) - ITEMS))
        return ", ".join(shown)

    def _bold(self, key: str, name: str, **values: str) -> Paragraph:
        bold = Span(name, Style.BOLD)
        pieces = self.texts.pieces(
            key, self.language, name=bold, **{k: Span(v) for k, v in values.items()}
        )
        return tuple(piece if isinstance(piece, Span) else Span(str(piece)) for piece in pieces)

    def _language(self, code: str) -> str:
        return str(self.texts.locale(self.language).languages.get(code, code))

    def _say(self, key: str, **values: str | int) -> str:
        return self.texts.say(key, self.language, **values)


def clipped(text: str) -> str:
    """A text on one line, cut where a phone would fold it twice."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[: SHORT - 1].rstrip()}…"


def apart(old: str, new: str) -> tuple[str, str]:
    """Two texts from shortly before they begin to differ."""
    old, new = " ".join(old.split()), " ".join(new.split())
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    begin = old.rfind(" ", 0, max(0, shared - AROUND)) + 1 if shared > SHORT // 2 else 0
    lead = "…" if begin else ""
    return clipped(lead + old[begin:]), clipped(lead + new[begin:])
