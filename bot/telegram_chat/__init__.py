"""The chat on Telegram."""

import sys

# The library's HTTP client loads its own command line where it can, and with it rich and pygments:
# 30 ms of each start. This keeps it from doing so.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
