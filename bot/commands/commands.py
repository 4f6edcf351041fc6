"""Every command there is, and how one is found and run."""

import re
from dataclasses import replace
from typing import NamedTuple

from bot.commands.audit import audit
from bot.commands.browsing import ask, help_, language, partners, start, topics
from bot.commands.command import Asking, Command, Outcome, language_of
from bot.commands.diagnose import diagnose
from bot.commands.export import export
from bot.commands.misses_command import misses
from bot.commands.new import new
from bot.commands.privacy import forget, privacy
from bot.commands.reindex import reindex
from bot.commands.stats import stats
from bot.commands.upload import upload
from bot.commands.why import why
from bot.dialogue.messages import Kind, Reply, Span
from bot.services import Services

COMMANDS = (
    Command("start", "command_start_about", start),
    Command("ask", "command_ask_about", ask, in_groups=True),
    Command("partners", "command_partners_about", partners, in_groups=True),
    Command("topics", "command_topics_about", topics, in_groups=True),
    Command("why", "command_why_about", why, in_groups=True),
    Command("language", "command_language_about", language),
    Command("help", "command_help_about", help_, in_groups=True),
    Command("privacy", "command_privacy_about", privacy),
    Command("forget", "command_forget_about", forget),
    Command("reindex", "command_reindex_about", reindex, admin_only=True),
    Command("stats", "command_stats_about", stats, admin_only=True),
    Command("audit", "command_audit_about", audit, admin_only=True),
    Command("misses", "command_misses_about", misses, admin_only=True),
    Command("upload", "command_upload_about", upload, admin_only=True),
    Command("new", "command_new_about", new, admin_only=True, in_order=True),
    Command("export", "command_export_about", export, admin_only=True),
    Command("diagnose", "command_diagnose_about", diagnose, admin_only=True),
)

_SPOKEN = re.compile(r"\s*/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s+(.*))?\Z", re.DOTALL)


class Spoken(NamedTuple):
    """A command as somebody wrote it: ``/name@addressee arguments``."""

    name: str
    addressee: str
    arguments: str


def spoken(text: str) -> Spoken | None:
    """The command that a text is, or None for a text that is none."""
    match = _SPOKEN.match(text)
    if match is None:
        return None
    return Spoken(match[1].lower(), match[2] or "", (match[3] or "").strip())


def find_command(name: str, is_admin: bool) -> Command | None:
    """The command of that name that this person may use; for all others there is none."""
    found = next((command for command in COMMANDS if command.name == name), None)
    return None if found is None or (found.admin_only and not is_admin) else found


async def run_command(services: Services, name: str, asking: Asking) -> Outcome:
    """What a command answers, or that it is unknown."""
    # The words of a command say nothing of the language that the person speaks.
    incoming = replace(asking.incoming, text="")
    # A command that asks on says so each time; any other ends it.
    conversation = replace(asking.conversation, command="")
    asked = asking.conversation.command
    asking = replace(asking, incoming=incoming, conversation=conversation, asked=asked)
    command = find_command(name, asking.is_admin)
    if command is None:
        return unknown(services, name, asking)
    if command.admin_only and asking.in_group:
        # What admins see is nothing for everybody's eyes.
        return _said(services, "command_only_alone", name, asking)
    return await command.run(services, asking)


def unknown(services: Services, name: str, asking: Asking) -> Outcome:
    """The answer to a command that does not exist, or not for this person."""
    return _said(services, "command_unknown", name, asking)


def _said(services: Services, key: str, name: str, asking: Asking) -> Outcome:
    language = language_of(services, asking)
    text = services.texts.say(key, language, command=f"/{name}")
    return Reply(Kind.ERROR, language, ((Span(text),),)), asking.conversation
