"""Words written or taken back, and what an admin is told of it."""

from collections.abc import Iterator

from bot.commands.changes import write_down
from bot.commands.command import Asking, Outcome
from bot.commands.misses_cards import target_named
from bot.commands.misses_proposal import Proposal, place
from bot.commands.misses_proposed import names, question_named
from bot.commands.misses_targets import Target
from bot.commands.misses_writing import Outcome as Came
from bot.commands.misses_writing import details, taken_back, written
from bot.commands.reindex_report import report_reply
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Button, Incoming, Kind, Paragraph, Reply, Span, Style
from bot.dialogue.voice import Voice
from bot.records.misses import Misses
from bot.services import Services
from content.writing import WritingError

WORSE = 3
"""Expected questions named that fare worse."""


async def do(
    services: Services, asking: Asking, voice: Voice, misses: Misses, made: Proposal
) -> Outcome:
    """Writes the words, asks again, and shows the answer as people get it now."""
    before = services.knowledge.content
    await asking.tell(voice.reply(Kind.HELP, voice.paragraph("misses_writing")))
    try:
        came = await written(services, made)
    except WritingError as error:
        said = voice.paragraph("misses_not_written", reason=str(error))
        return voice.reply(Kind.ERROR, said, buttons=(_back(voice, made),)), asking.conversation
    voice = Voice(services.texts, services.knowledge.content, voice.language)
    if came.is_kept:
        await misses.solve(made.group.key)
        changed = details(made.language, made.words)
        await write_down(services, asking, "words", made.target.file, changed)
        return await _done(services, asking, voice, made, came)
    if came.is_busy:
        said = voice.paragraph("misses_busy")
        return voice.reply(Kind.ERROR, said, buttons=(_back(voice, made),)), asking.conversation
    if came.report and not came.report.done:
        reply = report_reply(services, came.report, before, voice.language)
        return reply, asking.conversation
    return _not_found(voice, made, came), asking.conversation


async def undo(
    services: Services,
    asking: Asking,
    misses: Misses,
    key: str,
    target: Target,
    before: str,
    after: str,
) -> str:
    """Takes words back and lets the question wait again; the key of what is said of it."""
    try:
        is_back = await taken_back(services, target, before, after)
    except WritingError:
        return "misses_undo_changed"
    if not is_back:
        return "misses_undo_changed"
    await misses.reopen(key)
    await write_down(services, asking, "words taken back", target.file)
    return "misses_undone"


async def _done(
    services: Services, asking: Asking, voice: Voice, made: Proposal, came: Came
) -> Outcome:
    """What was written, and the very answer that people get now."""
    incoming = Incoming(made.question, chosen_language=made.language)
    answer, _ = await services.dialogue.answer(incoming, Conversation())
    words = voice.together(made.words)
    head = voice.paragraph(
        "misses_written", words=Span(words, Style.BOLD), target=target_named(voice, made.target)
    )
    is_first = place(came.found, made.target, voice.content) == 0
    asked = voice.paragraph(
        "misses_finds_first" if is_first else "misses_finds_later", question=question_named(made)
    )
    undone = voice.button(
        "misses_undo", f"/misses undo {made.group.key} {made.target.ref} {came.undo}"
    )
    following = voice.button("misses_next", "/misses")
    reply = voice.reply(
        Kind.HELP,
        head,
        *_worse(voice, came),
        asked,
        *answer.paragraphs,
        buttons=((following, undone),),
    )
    return reply, asking.conversation


def _worse(voice: Voice, came: Came) -> Iterator[Paragraph]:
    """Questions that partners expect and that no longer find them first."""
    worse = came.report.expected.worse if came.report and came.report.expected else ()
    if worse:
        said = voice.say("reindex_worse", count=len(worse))
        asked = (
            voice.say("reindex_question", question=e.question, partner=names(voice, [e.partner]))
            for e in worse[:WORSE]
        )
        yield (Span("\n".join([said, *asked])),)


def _not_found(voice: Voice, made: Proposal, came: Came) -> Reply:
    """That the words did not help, and are gone again."""
    values = {"question": question_named(made), "target": target_named(voice, made.target)}
    kept = (
        voice.paragraph("misses_still_others", names=names(voice, came.found)) if came.found else ()
    )
    return voice.reply(
        Kind.ERROR,
        voice.paragraph("misses_still_not", **values),
        kept,
        buttons=(_back(voice, made),),
    )


def _back(voice: Voice, made: Proposal) -> tuple[Button, ...]:
    key, ref = made.group.key, made.target.ref
    return (
        voice.button("misses_words", f"/misses words {key} {ref}"),
        voice.button("misses_back", f"/misses of {key}"),
    )
