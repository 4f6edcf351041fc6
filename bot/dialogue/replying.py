"""From what a message wants to the reply: which part of the dialogue answers it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.dialogue import guiding, listing
from bot.dialogue.comparing import compare
from bot.dialogue.follow_up import ABOUT_ONE, about, about_one, lost
from bot.dialogue.membership import focus_is_partner, is_partner
from bot.dialogue.messages import Kind
from bot.dialogue.more import more
from bot.dialogue.questions import all_known, ask
from bot.dialogue.small_talk import small_talk
from bot.dialogue.turn import Outcome, Turn
from bot.dialogue.wanted import What
from bot.dialogue.why import why
from index.findings import Findings

RIVAL = 0.8
"""An answer with this share of the best one's score is as likely to be meant."""

OF_ONE = (What.PEOPLE, What.CONTACT, What.LINK, What.DETAIL)
"""What can be wanted of a partner that the message names, the most special first."""


class Replying:
    """Makes replies; ``joining`` are the words that may join two needs."""

    def __init__(self, joining: frozenset[str]) -> None:
        self._joining = joining

    async def reply(self, turn: Turn) -> Outcome:
        """The reply to what is wanted."""
        if turn.wanted.what is What.ASK:
            return await self._question(turn)
        return await self._said_alone(turn, turn.wanted.what)

    async def _question(self, turn: Turn) -> Outcome:
        """A message with words that tell: about a partner by name, or a search."""
        if turn.wants(What.COMPARE):
            compared = await compare(turn, self._joining)
            if compared:
                return compared
        if turn.wants(What.MEMBER) or turn.wants(What.MEMBER_WITH):
            return await is_partner(turn)
        for what in OF_ONE:
            if turn.wants(what):
                of_one = await _of_one(turn, what)
                if of_one:
                    return of_one
        return await ask(turn, self._joining)

    async def _said_alone(self, turn: Turn, what: What) -> Outcome:
        """A message whose phrases say everything."""
        if what in ABOUT_ONE:
            return about_one(turn, what)
        if what in _SEARCHES:
            return await _SEARCHES[what](turn)
        if what is What.COMPARE:
            return await compare(turn, self._joining) or lost(turn, "lost_which")
        return _AT_ONCE[what](turn) if what in _AT_ONCE else small_talk(turn, what)


async def _of_one(turn: Turn, what: What) -> Outcome | None:
    """What is wanted of the one partner that the message names, in full or in its name's words."""
    if len(turn.wanted.named) == 1:
        partner = turn.content.partner(turn.wanted.named[0])
        return about(turn, partner, what) if partner else None
    if turn.wanted.named:
        return None
    findings = await turn.knowledge.find(turn.wanted.question, 2)
    best = findings.answers[0] if findings.found else None
    if best is None or findings.unknown or _has_rival(findings):
        return None
    words = [best.why.corrected.get(word, word) for word in findings.words]
    partner = turn.content.partner(best.id) if turn.names.are_of(best.id, words) else None
    return about(turn, partner, what) if partner else None


def _has_rival(findings: Findings) -> bool:
    """Whether the second answer is nearly as good, so that the words name no one partner."""
    scores = [answer.score for answer in findings.answers[:2]]
    return len(scores) > 1 and scores[1] >= RIVAL * scores[0]


def _switched(turn: Turn) -> Outcome:
    """Another language from now on; one that was fixed is fixed anew."""
    voice = turn.voice
    reply = voice.reply(Kind.LANGUAGE, voice.paragraph("language_now"))
    fixed = voice.language if turn.conversation.chosen else None
    return reply, replace(turn.conversation, chosen=fixed, last="language")


def _unclear(turn: Turn) -> Outcome:
    """Nothing that tells: about the partner in focus, or what it should be about."""
    if turn.wants("of_focus") and turn.focus:
        return all_known(turn, turn.focus)
    voice = turn.voice
    topics = voice.topics_named()
    paragraph = (
        voice.paragraph("unclear", topics=topics) if topics else voice.paragraph("unclear_plain")
    )
    kind = Kind.NOTHING if turn.wanted.long else Kind.HELP
    reply = voice.reply(kind, paragraph, buttons=(voice.way_on(),))
    return turn.said(reply, "unclear")


def _member(turn: Turn) -> Outcome:
    """Yes of the one in focus; without one, all partners."""
    if turn.focus and turn.wants("of_focus"):
        return focus_is_partner(turn, turn.focus)
    return listing.partners(turn)


_SEARCHES: Mapping[What, Callable[[Turn], Awaitable[Outcome]]] = {What.MORE: more, What.WHY: why}

_AT_ONCE: Mapping[What, Callable[[Turn], Outcome]] = {
    What.LIST: listing.partners,
    What.COUNT: lambda turn: listing.partners(turn, counted=True),
    What.TOPICS: lambda turn: turn.said(listing.topics(turn.voice), "topics"),
    What.MEMBER: _member,
    What.MEMBER_WITH: _member,
    What.HELP: lambda turn: turn.said(guiding.help_(turn.voice), "help"),
    What.LANGUAGE: _switched,
    What.CORRECT: lambda turn: lost(turn, "lost_correct"),
    What.EMPTY: lambda turn: lost(turn, "empty"),
    What.UNCLEAR: _unclear,
}
