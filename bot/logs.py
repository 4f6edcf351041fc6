"""The log on standard error: lines for people, or one JSON object a line for programs."""

import json
import logging
import re
import sys
import time
from collections.abc import MutableMapping
from typing import Any

TEXT = "%(asctime)s %(levelname)s %(message)s"

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Lines(logging.Formatter):
    """Lines that nobody's words can forge: what goes on in a new line is set in."""

    def format(self, record: logging.LogRecord) -> str:
        shown = super().format(record).replace("\n", "\n    ")
        return _CONTROL.sub(lambda found: ascii(found[0])[1:-1], shown)


OFTEN, WINDOW = 5, 60.0
"""How often the same warning is written within so many seconds."""


class Repeats(logging.Filter):
    """Of warnings that say the same, holds back what is too often: an outage is one thing."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: dict[str, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written; the last one for now says that it is."""
        if record.levelno < logging.WARNING or record.exc_info:
            return True
        message, now = record.getMessage(), time.monotonic()
        self._seen = {m: seen for m, seen in self._seen.items() if now - seen[0] < WINDOW}
        since, count = self._seen.get(message, (now, 0))
        self._seen[message] = since, count + 1
        if count + 1 == OFTEN:
            record.msg, record.args = f"{message} (said no more for a minute)", None
        return count < OFTEN


def begin_logging(level: str, as_json: bool) -> None:
    """Writes all that is logged from ``level`` on; to be called once, before anything is logged."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_json_lines() if as_json else Lines(TEXT))
    handler.addFilter(Repeats())
    logging.basicConfig(level=level.upper(), handlers=[handler])


def _json_lines() -> logging.Formatter:
    import structlog  # noqa: PLC0415  most logs are read by people

    processors = structlog.processors
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            processors.TimeStamper(fmt="iso", utc=True),
            _with_traceback,
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            processors.JSONRenderer(serializer=_as_json),
        ],
    )


def _as_json(event: object, **options: Any) -> str:
    shown = json.dumps(event, ensure_ascii=False, **options)
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", shown)


def _with_traceback(
    _logger: object, _name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """The traceback as the filters have left it: without the token."""
    if text := event["_record"].exc_text:
        event["exception"] = text
    return event
