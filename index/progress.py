"""How far long work is, told to whoever wants to know."""

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Told how many are done, of how many."""


def nobody_told(_done: int, _all: int) -> None:
    """For work that nobody watches; it has a name, as it also goes to other processes."""
