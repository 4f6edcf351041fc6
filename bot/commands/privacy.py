"""What is kept of a person, said in plain words, and taken away when they ask."""

from dataclasses import replace

from bot.commands.command import Asking, Outcome, language_of
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Kind, Reply, Span
from bot.services import Services


async def privacy(services: Services, asking: Asking) -> Outcome:
    """What is kept, for how long, and how to have it deleted."""
    language = language_of(services, asking)
    say = services.texts.say
    paragraphs = tuple(
        (Span(say(key, language)),)
        for key in ("command_privacy_kept", "command_privacy_not_kept", "command_privacy_forget")
    )
    return Reply(Kind.HELP, language, paragraphs), asking.conversation


async def forget(services: Services, asking: Asking) -> Outcome:
    """Forgets the conversation with the chosen language, and says what it forgot."""
    language = language_of(services, asking)
    is_known = replace(asking.conversation, at=0.0) != Conversation()
    key = "command_forget_done" if is_known else "command_forget_nothing"
    reply = Reply(Kind.HELP, language, ((Span(services.texts.say(key, language)),),))
    return reply, Conversation()
