"""Every change by an admin is written down: who, what, when."""

import logging
import time

from bot.commands.command import Asking
from bot.services import Services

log = logging.getLogger(__name__)


async def write_down(
    services: Services, asking: Asking, action: str, subject: str, details: str = ""
) -> None:
    """Writes down in the audit log what an admin has just changed.

    Where that cannot be, the change stays, and the log says that it was not written down.
    """
    if services.records is None or asking.person is None:
        log.warning("not in the audit log, there is none now: %s %s %s", action, subject, details)
        return
    from bot.records.faults import RecordsError  # noqa: PLC0415  slow where there are none

    try:
        await services.records.audit.record(asking.person, action, subject, time.time(), details)
    except RecordsError as error:
        log.warning("not in the audit log (%s): %s %s %s", error, action, subject, details)
