"""The steps from a question that waits to words that lead to its answer, or to its end."""

from dataclasses import dataclass, replace

from bot.commands.changes import write_down
from bot.commands.command import Asking, Outcome
from bot.commands.misses_cards import choice, waiting
from bot.commands.misses_proposal import proposal
from bot.commands.misses_proposed import proposed, words_asked
from bot.commands.misses_results import do, undo
from bot.commands.misses_targets import Target, target_of
from bot.commands.misses_words import words_written
from bot.dialogue.voice import Voice
from bot.records.misses import Misses
from bot.services import Services

LONGEST = 600
"""Characters of words written by hand."""

LARGEST_PAGE = 6
"""Digits of a page number; nobody pages further."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step with a question: who asks, where it is kept, and what the button said behind it."""

    services: Services
    asking: Asking
    voice: Voice
    misses: Misses
    key: str
    said: tuple[str, ...]

    def said_at(self, place: int) -> str:
        """A word that the button said; empty when it did not."""
        return self.said[place] if place < len(self.said) else ""

    @property
    def target(self) -> Target | None:
        """The partner or topic that the button said."""
        return target_of(self.voice.content, self.said_at(0))

    async def back(self, note: str = "", key: str = "") -> Outcome:
        """The questions that wait, under a word about what became of this one."""
        paragraph = self.voice.paragraph(note) if note else ()
        reply = await waiting(self.services, self.voice, self.misses, key or self.key, paragraph)
        return reply, self.asking.conversation


async def of(step: Step) -> Outcome:
    return await step.back()


async def partners(step: Step) -> Outcome:
    return await _chosen(step, of_topics=False)


async def topics(step: Step) -> Outcome:
    return await _chosen(step, of_topics=True)


async def _chosen(step: Step, of_topics: bool) -> Outcome:
    group = await step.misses.group(step.key)
    if group is None:
        return await step.back("misses_gone")
    page = step.said_at(0)
    is_number = page.isascii() and page.isdigit() and len(page) <= LARGEST_PAGE
    number = int(page) if is_number else 0
    reply = await choice(step.services, step.voice, group, number, of_topics)
    return reply, step.asking.conversation


async def add(step: Step) -> Outcome:
    """The words that would be added, and what that would bring."""
    group, target = await step.misses.group(step.key), step.target
    if group is None or target is None:
        return await step.back("misses_gone")
    made = await proposal(step.services, group, target)
    return proposed(step.voice, made), step.asking.conversation


async def words(step: Step) -> Outcome:
    """Asks for other words; or shows what was written."""
    group, target = await step.misses.group(step.key), step.target
    if group is None or target is None:
        return await step.back("misses_gone")
    asks = f"misses words {step.key} {target.ref}"
    if not step.asking.goes_on:
        reply = words_asked(step.voice, group, target)
        return reply, replace(step.asking.conversation, command=asks)
    written = step.asking.arguments[:LONGEST]
    made = await proposal(step.services, group, target, words_written(written))
    # Kept until the button is pressed, but asking for nothing: what comes next is a question.
    kept = replace(step.asking.conversation, command=f" {asks}\n{written}")
    return proposed(step.voice, made), kept


async def write(step: Step) -> Outcome:
    """Writes what was shown; where that is not what would be written now, shows it anew."""
    group, target = await step.misses.group(step.key), step.target
    if group is None or target is None:
        return await step.back("misses_gone")
    asks, _, written = step.asking.asked.strip().partition("\n")
    is_by_hand = asks == f"misses words {step.key} {target.ref}"
    words = words_written(written) if is_by_hand else ()
    made = await proposal(step.services, group, target, words, try_it=False)
    if made.change is None or made.digest != step.said_at(1):
        made = await proposal(step.services, group, target, words)
        kept = step.asking.asked if is_by_hand else ""
        note = step.voice.paragraph("misses_changed")
        return proposed(step.voice, made, note), replace(step.asking.conversation, command=kept)
    return await do(step.services, step.asking, step.voice, step.misses, made)


async def take_back(step: Step) -> Outcome:
    target = step.target
    if target is None:
        return await step.back("misses_gone")
    note = await undo(
        step.services, step.asking, step.misses, step.key, target, step.said_at(1), step.said_at(2)
    )
    return await step.back(note)


async def ignore(step: Step) -> Outcome:
    return await _closed(step, await step.misses.ignore(step.key), "ignored")


async def done(step: Step) -> Outcome:
    return await _closed(step, await step.misses.solve(step.key), "solved")


async def _closed(step: Step, changed: int, what: str) -> Outcome:
    """The group waits no more; the next one is shown, with a way back."""
    if not changed:
        return await step.back("misses_gone")
    await write_down(step.services, step.asking, f"misses {what}", step.key)
    reply, conversation = await step.back(f"misses_{what}")
    again = step.voice.button("misses_undo", f"/misses open {step.key}")
    return replace(reply, buttons=(*reply.buttons, (again,))), conversation


async def reopen(step: Step) -> Outcome:
    if await step.misses.reopen(step.key):
        await write_down(step.services, step.asking, "misses opened", step.key)
    return await step.back()
