"""Two partners side by side, each in its own words."""

from collections.abc import Sequence

from bot.dialogue.answering import Shown, show
from bot.dialogue.cards import sure
from bot.dialogue.follow_up import lost
from bot.dialogue.messages import Kind, Paragraph
from bot.dialogue.needs import partings
from bot.dialogue.paging import Page
from bot.dialogue.turn import Outcome, Turn
from bot.dialogue.wanted import What
from content.models import Partner
from index.findings import Answer

MOST_COMPARED = 4


async def compare(turn: Turn, joining: frozenset[str]) -> Outcome | None:
    """The partners to compare side by side; None when the message is no comparison after all."""
    answers = await _compared(turn, joining)
    if len(answers) < 2:
        return _of_one(turn) if turn.wanted.only_names or not turn.wanted.question else None
    ids = tuple(answer.id for answer in answers)
    partners = [p for p in map(turn.content.partner, ids) if p]
    reply = show(
        turn.voice,
        turn.explainer,
        Shown(
            answers,
            Page(ids, 0, len(ids)),
            intro=_intro(turn, partners),
            notes=_shared_topics(turn, partners),
            with_topics=True,
        ),
    )
    return reply, turn.conversation.asked(turn.wanted.question, ids, "compare")


async def _compared(turn: Turn, joining: frozenset[str]) -> tuple[Answer, ...]:
    """Those named; else those that the parts of the question find; else the first two shown."""
    if len(turn.wanted.named) > 1:
        return tuple(sure(i) for i in turn.wanted.named[:MOST_COMPARED])
    if turn.wanted.what is What.COMPARE:
        return tuple(sure(i) for i in turn.page.ids[:2])
    for parts in partings(turn.wanted.question, joining):
        found = [await turn.knowledge.find(part, 3) for part in parts]
        firsts = {f.answers[0].id: f.answers[0] for f in found if f.found}
        if len(firsts) > 1:
            return tuple(firsts.values())[:MOST_COMPARED]
    focus = turn.conversation.focus
    named = turn.wanted.named
    if named and focus and focus not in named and turn.content.partner(focus):
        return (sure(focus), sure(named[0]))
    return ()


def _of_one(turn: Turn) -> Outcome:
    voice = turn.voice
    known = turn.content.partner(turn.wanted.named[0]) if turn.wanted.named else None
    if known:
        paragraph = voice.paragraph("compare_one", name=voice.bold_name(known))
        return turn.said(voice.reply(Kind.HELP, paragraph), "compare_one")
    if len(turn.content.partners) < 2:
        return lost(turn, "lost_partner")
    first, second = (voice.short(p) for p in turn.content.partners[:2])
    paragraph = voice.paragraph("compare_which", first=first, second=second)
    return turn.said(voice.reply(Kind.HELP, paragraph, buttons=(voice.way_on(),)), "compare_which")


def _intro(turn: Turn, partners: Sequence[Partner]) -> Paragraph:
    *before, last = (turn.voice.short(p) for p in partners)
    return turn.voice.paragraph("compare", first=turn.voice.together(before), second=last)


def _shared_topics(turn: Turn, partners: Sequence[Partner]) -> tuple[Paragraph, ...]:
    """The topics of each are on its card; here those that all have, if any."""
    shared = [t for t in partners[0].topics if all(t in p.topics for p in partners)]
    if not shared:
        return ()
    labels = turn.voice.together(turn.voice.topic(t) for t in shared)
    return (turn.voice.paragraph("compare_shared", topics=labels),)
