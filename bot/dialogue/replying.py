"""From what a message wants to the reply: which part of the dialogue answers it."""

from dataclasses import replace

from bot.dialogue import guiding, listing
from bot.dialogue.comparing import compare
from bot.dialogue.follow_up import ABOUT_ONE, about, about_one, lost
from bot.dialogue.membership import focus_is_partner, is_partner
from bot.dialogue.messages import Kind
from bot.dialogue.more import more
from bot.dialogue.questions import ask
from bot.dialogue.small_talk import small_talk
from bot.dialogue.turn import Outcome, Turn
from bot.dialogue.understanding import What
from bot.dialogue.why import why

OF_ONE = (What.PEOPLE, What.CONTACT, What.LINK, What.DETAIL)
"""What can be wanted of a partner that the message names, the most special first."""


class Replying:
    """Makes replies; ``joining`` are the words that may join two needs."""

    def __init__(self, joining: frozenset[str]) -> None:
        self._joining = joining

    async def reply(self, turn: Turn, has_words: bool) -> Outcome:
        """The reply to what is wanted."""
        if not has_words:
            return lost(turn, "empty")
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

    async def _said_alone(self, turn: Turn, what: What) -> Outcome:  # noqa: PLR0911
        """A message whose phrases say everything."""
        if what in ABOUT_ONE:
            return about_one(turn, what)
        match what:
            case What.MORE:
                return await more(turn)
            case What.WHY:
                return await why(turn)
            case What.LIST | What.COUNT:
                return listing.partners(turn, counted=what is What.COUNT)
            case What.TOPICS:
                return turn.said(listing.topics(turn.voice), "topics")
            case What.COMPARE:
                return await compare(turn, self._joining) or lost(turn, "lost_which")
            case What.MEMBER | What.MEMBER_WITH:
                focus = turn.focus
                return focus_is_partner(turn, focus) if focus else listing.partners(turn)
            case What.HELP:
                return turn.said(guiding.help_(turn.voice), "help")
            case What.LANGUAGE:
                return _switched(turn)
            case What.CORRECT:
                return lost(turn, "lost_correct")
            case What.UNCLEAR:
                return _unclear(turn)
            case _:
                return small_talk(turn, what)


async def _of_one(turn: Turn, what: What) -> Outcome | None:
    """What is wanted of the one partner that the message names, in full or in its name's words."""
    if len(turn.wanted.named) == 1:
        partner = turn.content.partner(turn.wanted.named[0])
        return about(turn, partner, what) if partner else None
    if turn.wanted.named:
        return None
    findings = await turn.knowledge.find(turn.wanted.question, 1)
    best = findings.answers[0] if findings.found else None
    if best is None or findings.unknown:
        return None
    words = [best.why.corrected.get(word, word) for word in findings.words]
    partner = turn.content.partner(best.id) if turn.names.are_of(best.id, words) else None
    return about(turn, partner, what) if partner else None


def _switched(turn: Turn) -> Outcome:
    """Another language from now on; one that was fixed is fixed anew."""
    voice = turn.voice
    reply = voice.reply(Kind.LANGUAGE, voice.paragraph("language_now"))
    fixed = voice.language if turn.conversation.chosen else None
    return reply, replace(turn.conversation, chosen=fixed, last="language")


def _unclear(turn: Turn) -> Outcome:
    """Nothing that tells: about the partner in focus, or what it should be about."""
    if turn.wants("of_focus") and turn.focus:
        return about(turn, turn.focus, What.DETAIL)
    voice = turn.voice
    topics = voice.topics_named()
    paragraph = (
        voice.paragraph("unclear", topics=topics) if topics else voice.paragraph("unclear_plain")
    )
    kind = Kind.NOTHING if turn.wanted.long else Kind.HELP
    reply = voice.reply(kind, paragraph, buttons=(voice.way_on(),))
    return turn.said(reply, "unclear")
