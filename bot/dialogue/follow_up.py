"""What leans on what was said before: "their website?", "the second one", "tell me more"."""

from collections.abc import Callable
from dataclasses import replace

from bot.dialogue import cards
from bot.dialogue.guiding import help_
from bot.dialogue.messages import Kind, Reply
from bot.dialogue.turn import Outcome, Turn
from bot.dialogue.voice import Voice
from bot.dialogue.wanted import What
from content.models import Partner

ABOUT_ONE: dict[What, Callable[[Voice, Partner], Reply]] = {
    What.LINK: cards.link,
    What.CONTACT: cards.contact,
    What.PEOPLE: cards.people,
    What.DETAIL: cards.card,
    What.PLACE: cards.card,
}
"""What can be asked of one partner, and who answers it."""


def about_one(turn: Turn, what: What) -> Outcome:
    """The reply about the partner that a place in the list, or else the focus, stands for."""
    place = turn.wanted.place
    if place is not None:
        return _at_place(turn, place, what)
    if turn.focus is None and turn.wants(What.HELP):
        return turn.said(help_(turn.voice), "help")
    if turn.focus is None:
        return lost(turn, "lost_which" if turn.page.ids else "lost_partner")
    return about(turn, turn.focus, what)


def about(turn: Turn, partner: Partner, what: What) -> Outcome:
    """The reply about a partner, which is the one talked about from now on."""
    before = turn.conversation
    if partner.id not in turn.page.ids:
        # Named out of the blue: "any others?" is then about this one, not about an older list.
        before = before.asked(turn.wanted.question, (partner.id,))
    reply = ABOUT_ONE[what](turn.voice, partner)
    return reply, replace(before, focus=partner.id, last=what)


def lost(turn: Turn, key: str) -> Outcome:
    """What is needed to answer a message that leans on nothing."""
    voice = turn.voice
    reply = voice.reply(Kind.HELP, voice.paragraph(key), buttons=(voice.way_on(),))
    return turn.said(reply, key)


def _at_place(turn: Turn, place: int, what: What) -> Outcome:
    page = turn.page
    if not page.ids:
        return lost(turn, "lost_place")
    partner = turn.content.partner(page.at(place) or "")
    if partner:
        return about(turn, partner, what if what in ABOUT_ONE else What.PLACE)
    reply = turn.voice.reply(
        Kind.HELP,
        turn.voice.paragraph("place_beyond", count=len(page.ids)),
        buttons=[
            (cards.card_button(turn.voice, partner),)
            for partner_id in page.on_show
            if (partner := turn.content.partner(partner_id))
        ],
    )
    return turn.said(reply, "place_beyond")
