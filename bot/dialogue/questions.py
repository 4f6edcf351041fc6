"""A question: one search, sometimes a few more, and the partners that answer it."""

from dataclasses import replace

from bot.dialogue.answering import Shown, people_asked, show
from bot.dialogue.cards import card, sure
from bot.dialogue.messages import Paragraph
from bot.dialogue.nothing import nothing
from bot.dialogue.paging import ANSWERS_A_PAGE, Page
from bot.dialogue.several_needs import MOST_FOUND, for_needs, parted_needs
from bot.dialogue.turn import Outcome, Turn
from content.models import Partner
from index.findings import Findings

SHORT_FOLLOW_UP = 3
"""Words that count in a question about the partner in focus ("when were they founded?")."""


async def ask(turn: Turn, joining: frozenset[str]) -> Outcome:
    """Answer a question, in the light of what was said before."""
    question = turn.wanted.question
    if turn.wanted.only_names and turn.wanted.named:
        return await _named(turn)
    findings = await turn.knowledge.find(question, MOST_FOUND)
    about_focus = _about_focus(turn, findings)
    if about_focus:
        return about_focus
    among = _among(turn, findings)
    if among:
        intro = turn.voice.paragraph("answers_among", count=among.total)
        reply, after = found(turn, among, intro=intro)
        # "Which one is for cities?" leaves the list that was chosen from for the next choice.
        kept = replace(
            turn.conversation, question=after.question, focus=after.focus, last="answers"
        )
        return reply, kept if among.total == 1 else after
    parted = await parted_needs(turn, findings, joining)
    if parted:
        return for_needs(turn, findings, parted)
    if findings.found:
        return found(turn, findings)
    return await _completed(turn, findings) or not_found(turn, findings)


def found(
    turn: Turn, findings: Findings, notes: tuple[Paragraph, ...] = (), intro: Paragraph = ()
) -> Outcome:
    """The first page of what a question found."""
    ids = tuple(answer.id for answer in findings.answers)
    page = Page(ids, 0, ANSWERS_A_PAGE)
    shown = Shown(
        findings.answers[:ANSWERS_A_PAGE],
        page,
        intro=intro or _intro(turn, page),
        notes=notes,
        people=people_asked(turn.voice, findings.answers[:ANSWERS_A_PAGE]),
        more=(turn.voice.button("why", "why"),),
    )
    reply = show(turn.voice, turn.explainer, shown)
    return reply, turn.conversation.asked(findings.question, ids)


def not_found(turn: Turn, findings: Findings) -> Outcome:
    """That nothing was found; the partner talked about before stays in focus."""
    reply = nothing(turn.voice, findings, turn.again("nothing"))
    doubtful = findings.doubtful[0].id if findings.doubtful else None
    kept = replace(turn.conversation, last="nothing")
    return reply, replace(kept, focus=doubtful, last="perhaps") if doubtful else kept


def _intro(turn: Turn, page: Page) -> Paragraph:
    total = len(page.ids)
    if turn.wants("count"):
        return turn.voice.paragraph("count_found", count=total)
    if page.has_next:
        return turn.voice.paragraph("answers_first", count=total, shown=page.end)
    return turn.voice.paragraph("answers_several", count=total) if total > 1 else ()


async def _named(turn: Turn) -> Outcome:
    """Partners that are named and nothing else: these, and nobody who merely resembles them."""
    findings = await turn.knowledge.find(turn.wanted.question, MOST_FOUND)
    known = {answer.id: answer for answer in findings.answers}
    answers = tuple(known.get(i, sure(i)) for i in turn.wanted.named)
    return found(turn, replace(findings, answers=answers, total=len(answers)))


def all_known(turn: Turn, partner: Partner) -> Outcome:
    """A partner's card, for a question about it that the content does not answer."""
    reply = card(turn.voice, partner)
    paragraphs = (turn.voice.note("card_all"), *reply.paragraphs)
    return replace(reply, paragraphs=paragraphs), replace(turn.conversation, last="card")


def _among(turn: Turn, findings: Findings) -> Findings | None:
    """Only partners of the list on show, where the message asks for them and any is an answer."""
    if not turn.wants("among"):
        return None
    on_show = set(turn.page.ids)
    if len(on_show) < 2:
        return None
    kept = tuple(a for a in findings.answers if a.id in on_show)
    return replace(findings, answers=kept, total=len(kept)) if kept else None


def _about_focus(turn: Turn, findings: Findings) -> Outcome | None:
    """The card of the partner talked about, where "when were they founded?" asks about it."""
    focus = turn.focus
    if not focus or not turn.wants("of_focus") or len(findings.words) > SHORT_FOLLOW_UP:
        return None
    answer = next((a for a in findings.answers if a.id == focus.id), None)
    after = replace(turn.conversation, last="card")
    if answer:
        return card(turn.voice, focus, answer), after
    # One word that singles out nobody else ("created") asks for a fact that the content lacks.
    if len(findings.words) == 1 and len(findings.answers) != 1:
        return all_known(turn, focus)
    return None


async def _completed(turn: Turn, findings: Findings) -> Outcome | None:
    """A follow-up that says too little alone, together with the last question."""
    before = turn.conversation.question
    if not turn.wants("continues") or not before or findings.unknown or not findings.words:
        return None
    together = await turn.knowledge.find(f"{before} {turn.wanted.question}", MOST_FOUND)
    if not together.found:
        return None
    return found(turn, together, (turn.voice.note("answers_completed", question=before),))
