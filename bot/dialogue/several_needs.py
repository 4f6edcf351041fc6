"""Two needs in one question, answered: partners that cover both first, then those of each."""

from collections.abc import Sequence

from bot.dialogue import needs
from bot.dialogue.answering import Shown, people_asked, show
from bot.dialogue.messages import Paragraph, Reply, Span, Style
from bot.dialogue.needs import Need
from bot.dialogue.paging import Page
from bot.dialogue.turn import Outcome, Turn
from index.findings import Answer, Findings

MOST_FOUND = 15
"""Answers that a question may page through."""


async def parted_needs(
    turn: Turn, whole: Findings, joining: frozenset[str]
) -> tuple[Need, ...] | None:
    """The needs of a question, where no partner answers it as a whole."""
    known: dict[str, Need] = {}
    for parts in needs.partings(turn.wanted.question, joining):
        telling = await _telling(turn, parts, needs.sure_enough(whole), known)
        if len(telling) > 1 and needs.several(whole, telling):
            return telling
    return None


async def _telling(
    turn: Turn, parts: Sequence[str], score: float, known: dict[str, Need]
) -> tuple[Need, ...]:
    """The needs of the parts that ask for something; none if one has no answer of such a score."""
    telling = len(parts)
    # Parts looked at before cost nothing; of the others, the shortest is the likeliest to fail.
    for part in sorted(parts, key=lambda part: (part not in known, len(part))):
        if part not in known:
            known[part] = Need(part, await turn.knowledge.find(part, MOST_FOUND))
        if not known[part].findings.words:
            telling -= 1
        elif not known[part].has_answer(score):
            return ()
        if telling < 2:
            return ()
    return tuple(known[part] for part in parts if known[part].findings.words)


def for_needs(turn: Turn, whole: Findings, parted: Sequence[Need]) -> Outcome:
    """Partners covering all needs first, then those of each need."""
    both = needs.for_all(parted)[: needs.A_NEED]
    groups = [(_need_heading(turn, None), both)] if both else []
    for need, best in needs.for_each(parted, frozenset(a.id for a in both)):
        groups.append((_need_heading(turn, need), best))
    answers = [answer for _, group in groups for answer in group]
    headings = {group[0].id: heading for heading, group in groups if group}
    reply = _all_on_one_page(turn, answers, headings)
    return reply, turn.conversation.asked(whole.question, tuple(a.id for a in answers))


def _need_heading(turn: Turn, need: Need | None) -> Paragraph:
    if need is None:
        text = turn.voice.say("need_both")
    else:
        text = turn.voice.say("need", need=needs.told(need.text, need.findings.words))
    return (Span(text, Style.ITALIC),)


def _all_on_one_page(
    turn: Turn, answers: Sequence[Answer], headings: dict[str, Paragraph]
) -> Reply:
    page = Page(tuple(a.id for a in answers), 0, max(1, len(answers)))
    people = people_asked(turn.voice, answers)
    return show(turn.voice, turn.explainer, Shown(answers, page, headings=headings, people=people))
