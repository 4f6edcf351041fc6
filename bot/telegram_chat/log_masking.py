"""No token in any log: not in a message, not in its values, not in a traceback, at any level."""

import logging
import re
from collections.abc import Iterable

MASK = "<token>"
TOKEN = re.compile(r"(?<!\d)\d{5,}(?::|%3A)[A-Za-z0-9_-]{20,}", re.IGNORECASE)
QUIET = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "telegram": logging.INFO,
    "telegram.ext.AIORateLimiter": logging.CRITICAL,
    "alembic": logging.WARNING,
    "sqlalchemy": logging.WARNING,
}
"""Loggers that below these levels write whole addresses, people's words, or what is told anyway."""

SHORTEST_SECRET = 8


class Masking(logging.Filter):
    """Masks tokens, this bot's and whatever looks like one, in each record it is given."""

    def __init__(self, token: str) -> None:
        super().__init__()
        secret = token.partition(":")[2]
        self._secrets = [s for s in (token, secret) if len(s) >= SHORTEST_SECRET]

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrites the record; none is held back."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            message = f"{record.msg} {record.args}"
        record.msg, record.args = self.masked(message), None
        if record.exc_info:
            # A traceback of a library tells more than a line only to those who look for it.
            is_debugging = logging.getLogger().isEnabledFor(logging.DEBUG)
            if is_debugging or not record.name.startswith("telegram"):
                record.exc_text = self.masked(logging.Formatter().formatException(record.exc_info))
            record.exc_info = None
        elif record.exc_text:
            record.exc_text = self.masked(record.exc_text)
        if record.stack_info:
            record.stack_info = self.masked(record.stack_info)
        return True

    def masked(self, text: str) -> str:
        """A text without tokens."""
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return TOKEN.sub(MASK, text)


def keep_token_out_of_logs(token: str) -> Masking:
    """Puts the mask on every handler of the root, and quietens the loggers that tell too much."""
    masking = Masking(token)
    root = logging.getLogger()
    if not root.handlers:
        logging.basicConfig()
    _put_on(root.handlers, masking)
    for name, level in QUIET.items():
        logging.getLogger(name).setLevel(max(level, root.level))
    return masking


def _put_on(handlers: Iterable[logging.Handler], masking: Masking) -> None:
    for handler in handlers:
        handler.addFilter(masking)
