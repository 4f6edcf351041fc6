"""``/reindex``: the content as it is now, checked, indexed and used, with a report in words.

``/reindex undo`` goes back to the generation before.
"""

import time

from bot.commands.command import Asking, Outcome, language_of
from bot.commands.reindex_report import report_reply, running_reply, usage_reply
from bot.commands.reindex_watched import Steps, watched, watched_reindex, write_down_reindex
from bot.services import AlreadyRunningError, Services
from content.folding import fold


async def reindex(services: Services, asking: Asking) -> Outcome:
    """Checks, builds and switches; the report says what changed, or why nothing did."""
    language, before = language_of(services, asking), services.knowledge.content
    back = wants_back(services, asking.arguments)
    if back is None:
        return usage_reply(services.texts, language), asking.conversation
    try:
        if back:
            report = await watched(services.undo(), Steps(), services, asking)
        else:
            report = await watched_reindex(services, asking)
    except AlreadyRunningError as running:
        since = time.strftime("%H:%M %Z", time.localtime(running.since))
        return running_reply(services.texts, language, since), asking.conversation
    await write_down_reindex(services, asking, "reindex undo" if back else "reindex", report)
    reply = report_reply(services, report, before, language)
    return reply, asking.conversation


def wants_back(services: Services, arguments: str) -> bool | None:
    """Whether the words behind the command ask for the way back; None when they ask nothing."""
    translations = services.knowledge.generation.translations
    said = fold(arguments)
    back = {fold(word) for t in translations for word in t.phrases("reindex_undo")}
    return said in {"undo", *back} if said in {"", "undo", *back} else None
