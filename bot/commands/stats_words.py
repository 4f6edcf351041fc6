"""The numbers of ``/stats`` in words: each as its language writes it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from babel.dates import format_date, format_interval
from babel.numbers import format_compact_decimal, format_decimal, format_percent

from bot.commands.stats_numbers import Numbers
from bot.dialogue.naming import full_name
from content.models import Content, in_language
from content.texts import Texts

SMALL = 10_000
"""Numbers from which on the picture writes 12K, or 12 k."""


@dataclass(frozen=True, slots=True)
class Words:
    """Says numbers and names in one language."""

    texts: Texts
    content: Content
    language: str

    def say(self, key: str, **values: str | int) -> str:
        """A sentence or a label."""
        return self.texts.say(f"stats_{key}", self.language, **values)

    def number(self, value: float, is_short: bool = False) -> str:
        """A whole number; a short one for where there is little room."""
        locale = self.texts.locale(self.language)
        if is_short and value >= SMALL:
            return str(format_compact_decimal(value, locale=locale, fraction_digits=1))
        return str(format_decimal(value, locale=locale))

    def percent(self, part: int, whole: int) -> str:
        """A share; 0 is said of nothing alone, and 100 of all alone."""
        share = part / whole if whole else 0.0
        locale = self.texts.locale(self.language)
        form, steps = str(locale.percent_formats[None].pattern), 100
        if 0 < share < 0.01 or 0.99 < share < 1:
            form, steps = form.replace("#,##0", "#,##0.0"), 1_000
        shown = round(share * steps)
        shown = min(max(shown, 1), steps - 1) if 0 < share < 1 else shown
        return str(format_percent(shown / steps, form, locale=locale))

    def seconds(self, value: float) -> str:
        """A response time."""
        form = "0.00" if value < 1 else "0.0"
        locale = self.texts.locale(self.language)
        return self.say("seconds", seconds=str(format_decimal(value, form, locale=locale)))

    def period(self, numbers: Numbers) -> str:
        """From the first day to the last."""
        locale = self.texts.locale(self.language)
        if numbers.first == numbers.last:
            return str(format_date(numbers.first, "long", locale=locale))
        return str(format_interval(numbers.first, numbers.last, "yMMMd", locale=locale))

    def spoken(self, code: str) -> str:
        """A language by its name."""
        return str(self.texts.locale(self.language).languages.get(code, code))

    def chat(self, kind: str) -> str:
        """A kind of chat."""
        known = self.texts.keys(self.texts.main)
        return self.say(f"chat_{kind}") if f"stats_chat_{kind}" in known else kind

    def partner(self, partner_id: str) -> str:
        """A partner by name; its id once it has left the content."""
        partner = self.content.partner(partner_id)
        return full_name(partner, self.language) if partner else partner_id

    def topic(self, topic_id: str) -> str:
        """A topic by its label."""
        topic = self.content.topic(topic_id)
        return (topic and in_language(topic.label, self.language)) or topic_id


def sentences(numbers: Numbers, words: Words) -> Iterator[str]:
    """All that the picture shows, to be read or read aloud."""
    totals, up_down = numbers.totals, numbers.thumbs
    asked = words.say("asked", count=numbers.questions)
    share = words.percent(numbers.answered, numbers.questions)
    yield words.say("answered", questions=asked, share=share)
    if any(up_down):
        yield words.say("thumbs", up=up_down[0], down=up_down[1])
    spoken = {words.spoken(code): number for code, number in totals.languages.items()}
    places = {words.chat(kind): number for kind, number in totals.chats.items()}
    for key, shares in (("languages", spoken), ("chats", places)):
        if shares:
            yield words.say(f"told_{key}", shares=_shares(shares, numbers.questions, words))
    partners = [(words.partner(i), number) for i, number in totals.partners.items()]
    topics = [(words.topic(i), number) for i, number in totals.topics.items()]
    for key, named in (("partners", partners), ("topics", topics)):
        if named:
            names = "".join(f"\n{words.number(number)} · {name}" for name, number in named)
            yield words.say(f"told_{key}", names=names)
    if numbers.seconds:
        half, most = map(words.seconds, numbers.seconds)
        yield words.say("told_times", half=half, most=most)


def _shares(shares: Mapping[str, int], whole: int, words: Words) -> str:
    return ", ".join(f"{name} {words.percent(number, whole)}" for name, number in shares.items())
