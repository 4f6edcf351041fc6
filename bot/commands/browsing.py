"""Commands that anybody may use to look around: they are the dialogue's own, by name."""

import re
from dataclasses import replace

from bot.commands.command import Asking, Outcome, language_of
from bot.dialogue.messages import Kind, Reply, Span
from bot.services import Services

_DEEP_LINK = re.compile(r"(p|t)_([a-z0-9-]{1,62})\Z")
_OPENS = {"p": "card", "t": "topic"}


async def start(services: Services, asking: Asking) -> Outcome:
    """The welcome, or what a deep link names: ``p_<id>`` a partner, ``t_<id>`` a topic."""
    link = _DEEP_LINK.match(asking.arguments)
    content = services.knowledge.content
    if link and (content.partner(link[2]) if link[1] == "p" else content.topic(link[2])):
        return await _press(services, f"{_OPENS[link[1]]}:{link[2]}", asking)
    return await _press(services, "start", asking)


async def help_(services: Services, asking: Asking) -> Outcome:
    """What the bot can do, with examples."""
    return await _press(services, "help", asking)


async def partners(services: Services, asking: Asking) -> Outcome:
    """All partners, page by page."""
    return await _press(services, "partners", asking)


async def topics(services: Services, asking: Asking) -> Outcome:
    """All topics, as buttons."""
    return await _press(services, "topics", asking)


async def language(services: Services, asking: Asking) -> Outcome:
    """The choice of languages; ``/language fr`` chooses at once."""
    wanted = asking.arguments.casefold()
    known = {*services.texts.languages, "auto"}
    return await _press(services, f"language:{wanted}" if wanted in known else "languages", asking)


async def ask(services: Services, asking: Asking) -> Outcome:
    """The question behind the command, answered; for groups, where not all is for the bot."""
    if asking.arguments:
        incoming = replace(asking.incoming, text=asking.arguments)
        return await services.dialogue.answer(incoming, asking.conversation)
    spoken = language_of(services, asking)
    text = services.texts.say("command_ask_empty", spoken)
    return Reply(Kind.HELP, spoken, ((Span(text),),)), asking.conversation


async def _press(services: Services, action: str, asking: Asking) -> Outcome:
    return await services.dialogue.press(action, asking.incoming, asking.conversation)
