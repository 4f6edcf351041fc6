"""``/misses``: questions without a good answer, and the ways to deal with each.

Its buttons say ``/misses add KEY REF`` and the like: which group of questions, which partner or
topic (``Target.ref``). Words are written by ``do`` alone, and only those that were shown.
"""

from collections.abc import Awaitable, Callable, Mapping

from bot.commands import misses_steps as steps
from bot.commands.command import Asking, Outcome
from bot.commands.digest import weekly
from bot.commands.misses_cards import voice_of
from bot.commands.misses_steps import Step
from bot.dialogue.messages import Kind
from bot.records.faults import RecordsError
from bot.services import Services

_STEPS: Mapping[str, Callable[[Step], Awaitable[Outcome]]] = {
    "of": steps.of,
    "partners": steps.partners,
    "topics": steps.topics,
    "add": steps.add,
    "words": steps.words,
    "do": steps.write,
    "undo": steps.take_back,
    "ignore": steps.ignore,
    "done": steps.done,
    "open": steps.reopen,
}


async def misses(services: Services, asking: Asking) -> Outcome:
    """The questions that wait; or one step with one of them."""
    voice = voice_of(services, asking)
    if services.records is None:
        return voice.reply(Kind.ERROR, voice.paragraph("misses_away")), asking.conversation
    said = asking.asked.partition("\n")[0] if asking.goes_on else f"misses {asking.arguments}"
    _, name, key, *more = [*said.split(), "", ""]
    step = Step(services, asking, voice, services.records.misses, key, tuple(more))
    try:
        if name in _STEPS:
            return await _STEPS[name](step)
        return await weekly(services, asking, voice) or await step.back()
    except RecordsError as error:
        unreadable = voice.paragraph("misses_unreadable", reason=str(error))
        return voice.reply(Kind.ERROR, unreadable), asking.conversation
