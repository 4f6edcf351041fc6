"""More of the list on show; and when there is no more, what lies around the same subjects."""

from dataclasses import replace

from bot.dialogue.answering import Shown, show
from bot.dialogue.cards import sure
from bot.dialogue.follow_up import lost
from bot.dialogue.listing import listed
from bot.dialogue.messages import Kind, Reply
from bot.dialogue.paging import ANSWERS_A_PAGE, Page
from bot.dialogue.several_needs import MOST_FOUND
from bot.dialogue.turn import Outcome, Turn
from index.findings import Answer


async def more(turn: Turn) -> Outcome:
    """The next page, or what is related, or that this was all."""
    page = turn.page
    if not page.ids:
        return lost(turn, "lost_more")
    if page.has_next:
        return await at_page(turn, page.number + 1)
    if turn.conversation.listing or turn.conversation.last in ("related", "more_done"):
        return _done(turn, turn.again("more_done"))
    if page.number:
        return _done(turn, "more_done")
    return _related(turn, page)


async def at_page(turn: Turn, number: int) -> Outcome:
    """A page of the list on show, the nearest that there is."""
    page = turn.page
    if not page.ids:
        return lost(turn, "lost_more")
    number = max(0, min(number, (len(page.ids) - 1) // page.size))
    if turn.conversation.listing:
        reply = listed(turn.voice, turn.explainer, turn.conversation.listing, number)
    else:
        reply = await _answers(turn, Page(page.ids, number, page.size))
    return reply, replace(turn.conversation, page=number, last="more")


async def _answers(turn: Turn, page: Page) -> Reply:
    answers = await _answers_of(turn, page.on_show)
    intro = turn.voice.paragraph("more", count=len(answers)) if page.number else ()
    kind = Kind.MORE if page.number else Kind.ANSWERS
    return show(turn.voice, turn.explainer, Shown(answers, page, kind=kind, intro=intro))


async def _answers_of(turn: Turn, ids: tuple[str, ...]) -> list[Answer]:
    """The answers with these ids, and why, found once more as the conversation keeps only ids."""
    question = turn.conversation.question
    findings = await turn.knowledge.find(question, MOST_FOUND) if question else None
    known = {answer.id: answer for answer in findings.answers} if findings else {}
    return [known.get(partner_id, sure(partner_id)) for partner_id in ids]


def _related(turn: Turn, page: Page) -> Outcome:
    """Partners that share a topic with the first answer, called related and not answers."""
    related = related_to(turn, page.ids)
    if not related:
        return _done(turn, "more_nothing")
    voice = turn.voice
    shown = Shown(
        [sure(i) for i in related],
        Page(page.ids + related, 1, max(len(page.ids), 1)),
        kind=Kind.MORE,
        intro=voice.paragraph("more_related"),
    )
    reply = show(voice, turn.explainer, shown._replace(page=_after(page, related)))
    after = replace(turn.conversation, shown=page.ids + related, last="related")
    return reply, after


def related_to(turn: Turn, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Other partners, those that share the most topics with the list first."""
    topics = {t for i in ids for p in [turn.content.partner(i)] if p for t in p.topics}
    others = [p for p in turn.content.partners if p.id not in ids and topics & set(p.topics)]
    others.sort(key=lambda p: (-len(topics & set(p.topics)), p.id))
    return tuple(p.id for p in others[:ANSWERS_A_PAGE])


def _after(page: Page, related: tuple[str, ...]) -> Page:
    """The related partners as a last page that goes on counting after the answers."""
    return Page(page.ids + related, 1, len(page.ids))


def _done(turn: Turn, key: str) -> Outcome:
    voice = turn.voice
    reply = voice.reply(Kind.MORE, voice.paragraph(key), buttons=(voice.way_on(),))
    return turn.said(reply, "more_done")
