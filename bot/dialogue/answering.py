"""Partners found, as a reply: each with its summary and link, and why it was found."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from bot.dialogue.cards import card_button, link_line, people_lines, summary_of, topics_line
from bot.dialogue.explaining import Explainer, explained
from bot.dialogue.messages import Button, Kind, Paragraph, Reply, Span, Style
from bot.dialogue.naming import people_named
from bot.dialogue.paging import Page
from bot.dialogue.voice import Voice
from content.models import Partner, Person
from index.findings import Answer, Why


class Shown(NamedTuple):
    """Partners to show: ``answers`` of one page, under an ``intro`` and, by id, ``headings``.

    ``people`` are those to name with their role, by partner; ``notes`` follow the partners.
    ``brief``: names only, a line each. ``turning`` begins the actions that turn its pages.
    """

    answers: Sequence[Answer]
    page: Page
    kind: Kind = Kind.ANSWERS
    intro: Paragraph = ()
    headings: Mapping[str, Paragraph] = MappingProxyType({})
    notes: tuple[Paragraph, ...] = ()
    people: Mapping[str, tuple[Person, ...]] = MappingProxyType({})
    more: Sequence[Button] = ()
    brief: bool = False
    with_topics: bool = False
    turning: str = "page"


def show(voice: Voice, explainer: Explainer, shown: Shown) -> Reply:
    """The reply that shows partners."""
    reasons = [explainer.why(voice, answer) for answer in shown.answers]
    paragraphs: list[Paragraph] = [shown.intro]
    partners: list[Partner] = []
    for place, (answer, why) in enumerate(zip(shown.answers, reasons, strict=True)):
        partner = voice.content.partner(answer.id)
        if partner:
            partners.append(partner)
            paragraphs += _about(voice, explainer, shown, partner, place, why)
    if shown.brief:
        paragraphs = [shown.intro, one_a_line(paragraphs[1:])]
    return voice.reply(
        shown.kind,
        *paragraphs,
        *explained(voice, reasons),
        *shown.notes,
        answers=shown.answers,
        buttons=(
            *(_buttons(voice, p, shown.brief) for p in partners),
            _turning(voice, shown),
            shown.more,
        ),
        suggestions=_suggestions(voice, partners, shown.page),
    )


def _about(
    voice: Voice, explainer: Explainer, shown: Shown, partner: Partner, place: int, why: Why
) -> Iterator[Paragraph]:
    """What is shown of one partner, the ``place``-th (from 0) of its page."""
    numbered = len(shown.page.ids) > 1
    yield shown.headings.get(partner.id, ())
    yield _heading(voice, partner, shown.page.begin + place + 1 if numbered else None)
    if not shown.brief:
        yield explainer.mark(summary_of(partner, voice.language), why)
        yield from people_lines(voice, shown.people.get(partner.id, ()))
        yield link_line(partner)
    if shown.with_topics:
        yield topics_line(voice, partner)


def people_asked(voice: Voice, answers: Sequence[Answer]) -> dict[str, tuple[Person, ...]]:
    """The people whom a question named, by partner found."""
    found: dict[str, tuple[Person, ...]] = {}
    for answer in answers:
        partner = voice.content.partner(answer.id)
        words = (*answer.why.matched, *answer.why.corrected.values())
        named = people_named(partner, words) if partner else ()
        if named:
            found[answer.id] = named
    return found


def _heading(voice: Voice, partner: Partner, place: int | None) -> Paragraph:
    name = voice.bold_name(partner)
    if place is None:
        return voice.paragraph("answers_named", name=name)
    return voice.paragraph("answers_numbered", place=Span(str(place), Style.BOLD), name=name)


def one_a_line(paragraphs: Sequence[Paragraph]) -> Paragraph:
    """Several paragraphs as one, without empty lines between them."""
    lines = [paragraph for paragraph in paragraphs if paragraph]
    return tuple(span for line in lines for span in (*line, Span("\n")))[:-1]


def _buttons(voice: Voice, partner: Partner, brief: bool) -> tuple[Button, ...]:
    if brief:
        return (Button(voice.short(partner), action=f"card:{partner.id}"),)
    more = card_button(voice, partner)
    if not partner.website:
        return (more,)
    return (more, Button(voice.say("button_website"), url=partner.website))


def _turning(voice: Voice, shown: Shown) -> tuple[Button, ...]:
    page, turning = shown.page, shown.turning
    back = [voice.button("back", f"{turning}:{page.number - 1}")] if page.number else []
    on = [voice.button("more", f"{turning}:{page.number + 1}")] if page.has_next else []
    return (*back, *on)


def _suggestions(voice: Voice, partners: Sequence[Partner], page: Page) -> tuple[str, ...]:
    keys = ["suggest_more"]
    if partners and partners[0].website:
        keys.append("suggest_link")
    if page.has_next:
        keys.append("suggest_others")
    return tuple(voice.say(key) for key in keys)
