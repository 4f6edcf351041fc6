"""Commands and deep links: any words behind any name; what is the admins' is nobody else's."""

from hostile import as_seen
from knowing import done, services, text_of

from bot.commands.command import Asking
from bot.commands.commands import COMMANDS, run_command, spoken
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Incoming

FOR_ADMINS = frozenset(command.name for command in COMMANDS if command.admin_only)


def seeds() -> list[bytes]:
    """Every command, and links to partners and topics."""
    content = services().knowledge.content
    links = [f"/start p_{partner.id}" for partner in content.partners]
    links += [f"/start t_{topic.id}" for topic in content.topics]
    commands = [f"/{command.name} 1" for command in COMMANDS]
    return [text.encode() for text in (*links, *commands, "/ask@bot screens", "/language fr")]


def one(data: bytes) -> None:
    """A command gets a reply that Telegram takes; one of the admins' is unknown."""
    said = spoken(text_of(data))
    if said is None:
        return
    asking = Asking(Incoming(""), Conversation(), said.arguments)
    reply, _ = done(run_command(services(), said.name, asking))
    seen = as_seen(reply)
    if said.name in FOR_ADMINS:
        assert seen.startswith(f"I do not know the command /{said.name}.")
