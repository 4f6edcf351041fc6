"""One partner: its card, its link, the people named beside it."""

from collections.abc import Sequence

from babel.dates import format_date

from bot.dialogue.messages import Button, Kind, Paragraph, Reply, Span, Style
from bot.dialogue.phrases import words_of
from bot.dialogue.voice import Voice
from content.models import Partner, Person, in_language
from index.findings import Answer, Why

SAME = 0.7
"""The share of a summary's words in the long text from which the two say the same."""

SHOWN_SHORT = 250
"""Characters up to which a long text is shown as it is; a longer one may be folded."""


def sure(partner_id: str) -> Answer:
    """The answer for a partner that was named or chosen, not searched for."""
    return Answer(partner_id, 1.0, Why())


def summary_of(partner: Partner, language: str) -> str:
    """A partner's summary, in the language or in one that it has."""
    return in_language(partner.summary, language) or ""


def card(voice: Voice, partner: Partner, answer: Answer | None = None) -> Reply:
    """Everything there is to say of a partner."""
    return voice.reply(
        Kind.CARD,
        (voice.bold_name(partner),),
        *_texts(partner, voice.language),
        *people_lines(voice, partner.people),
        link_line(partner),
        topics_line(voice, partner),
        _checked(voice, partner),
        answers=(answer or sure(partner.id),),
        buttons=(website_buttons(voice, partner), *voice.topic_buttons(partner.topics)),
        suggestions=_suggestions(voice, partner),
    )


def link(voice: Voice, partner: Partner) -> Reply:
    """A partner's website, or that the content has none."""
    key = "link" if partner.website else "link_none"
    return _address(voice, partner, key)


def contact(voice: Voice, partner: Partner) -> Reply:
    """How a partner can be reached: through its website, as the content has no more."""
    key = "contact_link" if partner.website else "contact_none"
    return _address(voice, partner, key)


def people(voice: Voice, partner: Partner) -> Reply:
    """The people whom the content names beside a partner, with the roles it gives them."""
    key = "people_of" if partner.people else "people_none"
    return voice.reply(
        Kind.CARD,
        voice.paragraph(key, name=voice.bold_name(partner)),
        *people_lines(voice, partner.people),
        voice.note("people_role_only") if partner.people else (),
        link_line(partner),
        answers=(sure(partner.id),),
        buttons=((card_button(voice, partner),), website_buttons(voice, partner)),
    )


def people_lines(voice: Voice, people_: Sequence[Person]) -> tuple[Paragraph, ...]:
    """A line a person: the name, and the role where the content gives one."""
    lines = []
    for person in people_:
        name, role = Span(person.name, Style.BOLD), in_language(person.role, voice.language)
        key = "person_role" if role else "person"
        values = {"person": name, "role": role.rstrip(".")} if role else {"person": name}
        lines.append(voice.paragraph(key, **values))
    return tuple(lines)


def link_line(partner: Partner) -> Paragraph:
    """A partner's website as a paragraph; nothing when it has none."""
    return (Span(partner.website, url=partner.website),) if partner.website else ()


def topics_line(voice: Voice, partner: Partner) -> Paragraph:
    """What a partner's topics are; nothing when it has none."""
    topics = [voice.topic(topic) for topic in partner.topics]
    return voice.note("card_topics", topics=voice.together(topics)) if topics else ()


def card_button(voice: Voice, partner: Partner) -> Button:
    """A button to a partner's card."""
    return voice.button("card", f"card:{partner.id}", name=voice.short(partner))


def website_buttons(voice: Voice, partner: Partner) -> tuple[Button, ...]:
    """Buttons to open and to copy a partner's link, and to share the partner."""
    share = Button(voice.say("button_share"), share=voice.short(partner))
    if not partner.website:
        return (share,)
    return (
        Button(voice.say("button_website"), url=partner.website),
        Button(voice.say("button_copy"), copy=partner.website),
        share,
    )


def _address(voice: Voice, partner: Partner, key: str) -> Reply:
    values: dict[str, Span] = {"name": voice.bold_name(partner)}
    if partner.website:
        values["url"] = Span(partner.website, url=partner.website)
    return voice.reply(
        Kind.LINK,
        voice.paragraph(key, **values),
        answers=(sure(partner.id),),
        buttons=(website_buttons(voice, partner), (card_button(voice, partner),)),
    )


def _texts(partner: Partner, language: str) -> tuple[Paragraph, ...]:
    """Summary and long text; the long text alone where it says the same again."""
    summary, long_text = summary_of(partner, language), in_language(partner.text, language)
    if not long_text:
        return ((Span(summary),),)
    told = {word.text for word in words_of(summary)}
    again = len(told & {word.text for word in words_of(long_text)}) >= SAME * len(told)
    return (_folding(long_text),) if again else ((Span(summary),), _folding(long_text))


def _folding(text: str) -> Paragraph:
    return (Span(text, Style.QUOTE if len(text) > SHOWN_SHORT else Style.PLAIN),)


def _checked(voice: Voice, partner: Partner) -> Paragraph:
    if not partner.verified_on:
        return ()
    date = format_date(partner.verified_on, "long", locale=voice.texts.locale(voice.language))
    return voice.note("card_checked", date=date)


def _suggestions(voice: Voice, partner: Partner) -> tuple[str, ...]:
    return (voice.say("suggest_link"),) if partner.website else ()
