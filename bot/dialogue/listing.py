"""Lists of the content's own: all partners, a topic's, how many, and which topics there are."""

from dataclasses import replace

from bot.dialogue.answering import Shown, show
from bot.dialogue.cards import sure
from bot.dialogue.explaining import Explainer
from bot.dialogue.messages import Kind, Paragraph, Reply
from bot.dialogue.paging import Page, listing_page
from bot.dialogue.turn import Outcome, Turn
from bot.dialogue.voice import Voice

MOST_TOPICS = 24
"""Topics shown as buttons."""


def listed(
    voice: Voice, explainer: Explainer, listing: str, number: int = 0, counted: bool = False
) -> Reply:
    """A page of a list; the first one says how many there are."""
    page = listing_page(listing, number, voice.content, voice.language)
    topic = listing.startswith("topic:")
    shown = Shown(
        [sure(partner_id) for partner_id in page.on_show],
        page,
        kind=Kind.MORE if page.number else Kind.ANSWERS,
        intro=_intro(voice, listing, page, counted),
        brief=not topic,
        more=() if page.number else (voice.button("topics", "topics"),),
        turning=listing,
    )
    return show(voice, explainer, shown)


def partners(turn: Turn, number: int = 0, counted: bool = False) -> Outcome:
    """A page (from 0) of all partners, the nearest that there is."""
    reply = listed(turn.voice, turn.explainer, "partners", number, counted=counted)
    page = listing_page("partners", number, turn.content, turn.voice.language)
    return reply, turn.conversation.listed("partners", page.number)


def topic(turn: Turn, topic_id: str, number: int = 0) -> Outcome:
    """A page (from 0) of a topic's partners, the nearest that there is."""
    listing = f"topic:{topic_id}"
    reply = listed(turn.voice, turn.explainer, listing, number)
    page = listing_page(listing, number, turn.content, turn.voice.language)
    after = turn.conversation.listed(listing, page.number)
    return reply, replace(after, focus=page.ids[0] if page.ids and not number else None)


def topics(voice: Voice) -> Reply:
    """The topics to choose from, those with partners only."""
    used = {topic for partner in voice.content.partners for topic in partner.topics}
    ids = [topic.id for topic in voice.content.topics if topic.id in used][:MOST_TOPICS]
    labels = [voice.topic(topic_id) for topic_id in ids]
    return voice.reply(
        Kind.HELP,
        voice.paragraph("topics"),
        voice.paragraph("topics_named", topics=voice.together(labels)) if labels else (),
        buttons=(*voice.topic_buttons(ids), (voice.button("partners", "partners"),)),
        suggestions=labels[:3],
    )


def _intro(voice: Voice, listing: str, page: Page, counted: bool) -> Paragraph:
    total = len(page.ids)
    if page.number:
        return voice.paragraph("list_more", first=page.begin + 1, last=page.end, count=total)
    if counted:
        return voice.paragraph("count", count=total)
    if listing.startswith("topic:"):
        label = voice.topic(listing.removeprefix("topic:"))
        return voice.paragraph("list_topic", topic=label, count=total)
    return voice.paragraph("list", count=total)
