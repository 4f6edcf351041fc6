"""Servers that tests run on: one that is missing fails them in CI, and skips them elsewhere."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest

NEEDED = "PARTNER_BOT_SERVERS"
"""Set to ``needed`` (``.ci/run`` does), what is missing fails."""


def missing(words: str) -> NoReturn:
    """There is no such program on this machine; the words say which, and how to get it."""
    if os.environ.get(NEEDED) == "needed":
        pytest.fail(words)
    pytest.skip(words)
