"""Is somebody a partner? Yes, or an honest no; never a guess."""

from dataclasses import replace

from bot.dialogue.answering import Shown, show
from bot.dialogue.cards import sure
from bot.dialogue.messages import Paragraph
from bot.dialogue.needs import told
from bot.dialogue.nothing import nothing
from bot.dialogue.paging import Page
from bot.dialogue.turn import Outcome, Turn
from bot.dialogue.wanted import What
from content.models import Partner
from index.findings import Answer, Findings


async def is_partner(turn: Turn) -> Outcome:
    """Whether the message names a partner."""
    question, named = turn.wanted.question, turn.wanted.named
    findings = await turn.knowledge.find(question, 3)
    if named:
        return _yes(turn, [sure(i) for i in named], question)
    best = findings.answers[0] if findings.found else None
    if best and turn.names.are_of(best.id, _words(best)) and not findings.unknown:
        return _yes(turn, [best], question)
    if best and turn.wants(What.MEMBER_WITH):
        # "Do you work with mayors?" asks for somebody of that kind as much as by that name.
        return _shown(turn, [best], question, turn.voice.paragraph("member_perhaps"))
    return _no(turn, findings)


def focus_is_partner(turn: Turn, partner: Partner) -> Outcome:
    """Yes: the one talked about is a partner."""
    return _yes(turn, [sure(partner.id)], turn.conversation.question)


def _words(answer: Answer) -> list[str]:
    return [answer.why.corrected.get(word, word) for word in answer.why.matched]


def _yes(turn: Turn, answers: list[Answer], question: str) -> Outcome:
    partners = [p for p in (turn.content.partner(a.id) for a in answers) if p]
    names = turn.voice.together(turn.voice.short(p) for p in partners)
    return _shown(turn, answers, question, turn.voice.paragraph("member_yes", name=names))


def _shown(turn: Turn, answers: list[Answer], question: str, intro: Paragraph) -> Outcome:
    ids = tuple(answer.id for answer in answers)
    shown = Shown(answers, Page(ids, 0, len(ids)), intro=intro)
    reply = show(turn.voice, turn.explainer, shown)
    return reply, turn.conversation.asked(question, ids, "member")


def _no(turn: Turn, findings: Findings) -> Outcome:
    who = told(findings.question, findings.words)
    closest = findings.answers or findings.doubtful
    reply = nothing(turn.voice, replace(findings, words=(), topics=(), doubtful=closest))
    no = turn.voice.paragraph("member_no", name=who)
    said = replace(reply, paragraphs=(no, *reply.paragraphs[1:]))
    if not closest:
        return said, replace(turn.conversation, last="member")
    return said, replace(turn.conversation, focus=closest[0].id, last="perhaps")
