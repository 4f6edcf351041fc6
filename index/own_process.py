"""Long work in a process of its own, so that answers asked meanwhile do not wait for it."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeAlias

Tell: TypeAlias = Callable[..., None]
"""Told how far the work is, in whatever values the worker gives."""

COURTESY = 5
"""How far the work steps back for the rest of the machine (``nice``): to a quarter of a core."""


class WorkDiedError(Exception):
    """The process ended without a result; the message says how, in plain words."""


def in_own_process(work: Callable[..., Any], arguments: tuple[Any, ...], tell: Tell) -> Any:
    """The result of ``work(tell, *arguments)``, both of which must be picklable.

    The process ends with this one, however this one ends.

    Raises:
        WorkDiedError: it was killed, or broke.
        Exception: whatever ``work`` raised, or ``tell`` in this process.
    """
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_work, args=(theirs, work, arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        while True:
            kind, value = ours.recv()
            if kind == "told":
                tell(*value)
            elif kind == "raised":
                raise value
            else:
                return value
    except EOFError:
        process.join()
        raise WorkDiedError(_how_it_died(process.exitcode)) from None
    finally:
        ours.close()  # whoever still works sees it, and ends
        process.join()


def _how_it_died(status: int | None) -> str:
    if status == -signal.SIGKILL:
        return "the build was killed by the system: perhaps there was too little memory"
    return f"the build ended before it was done (exit status {status})"


def _work(pipe: Connection, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    # An interrupt from the keyboard is for the parent, whose end ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(COURTESY)
    threading.Thread(target=_end_with_parent, args=(pipe,), daemon=True).start()
    try:
        result = "done", work(lambda *values: pipe.send(("told", values)), *arguments)
    except Exception as error:
        result = "raised", error
    pipe.send(result)


def _end_with_parent(pipe: Connection) -> None:
    """The parent sends nothing: what comes is the end of the pipe, when it has gone."""
    try:
        pipe.recv()
    except (EOFError, OSError):
        os._exit(1)
