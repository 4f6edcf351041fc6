"""What a command is and who asks for it: the same in every chat and in the terminal."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Incoming, Reply
from bot.services import Services

Tell = Callable[[Reply], Awaitable[None]]
"""Says something before the end; what is told next, or the reply itself, may take its place."""

Outcome = tuple[Reply, Conversation]
"""The reply, and the conversation to keep."""


async def tell_nobody(_reply: Reply) -> None:
    """For chats that show only the end."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for a command, with which words behind it, in which conversation.

    Words that answer what the command asked before (``Conversation.command``) are its
    ``arguments`` too; ``goes_on`` tells them apart.
    """

    incoming: Incoming
    conversation: Conversation
    arguments: str = ""
    is_admin: bool = False
    tell: Tell = tell_nobody
    person: int | None = None
    """Whose records are meant by "mine"; stored for admins alone, with what they changed."""
    goes_on: bool = False
    asked: str = ""
    """What the command asked before, as it stood in ``Conversation.command``."""
    in_group: bool = False
    about: Conversation | None = None
    """The conversation of the message replied to, if it is one; empty when it is not known."""


Run = Callable[[Services, Asking], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class Command:
    """Something asked for by name; ``about`` is the key of its line in the menu.

    Whether an admin asks is checked each time it is run, never by the menu alone.
    """

    name: str
    about: str
    run: Run
    admin_only: bool = False
    in_groups: bool = False
    in_order: bool = False
    """Whether what is said next waits for it, as where it asks something; it must be quick."""


def language_of(services: Services, asking: Asking) -> str:
    """The language to reply in."""
    return services.dialogue.language_of(asking.incoming, asking.conversation)
