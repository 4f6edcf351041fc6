"""What an update has changed written down, with the mark that it is done."""

import logging

from bot.records.faults import RecordsError
from bot.records.together import Together
from bot.services import Services

log = logging.getLogger(__name__)


async def write_done(services: Services, number: int, changes: Together) -> None:
    """Writes the changes with the mark; where that fails, a line in the log."""
    if records := services.records:
        try:
            await records.inbox.done(number, changes)
            return
        except RecordsError as error:
            log.warning("an answer was not recorded: %s", error)
    changes.failed()


async def write_changes(services: Services, changes: Together) -> None:
    """Writes the changes alone: something of the update still goes on."""
    statements = changes.closed()
    if (records := services.records) and statements:
        try:
            await records.database.change(*statements)
            return
        except RecordsError as error:
            log.warning("not recorded: %s", error)
    changes.failed()
