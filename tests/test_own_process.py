"""Long work in a process of its own: its result, its progress and its errors come back."""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from index.own_process import Tell, WorkDiedError, in_own_process

ROOT = Path(__file__).resolve().parent.parent


def squared(tell: Tell, number: int) -> tuple[int, int]:
    tell(1, 2)
    tell(2, 2)
    return number * number, os.getpid()


def breaks(_tell: Tell) -> None:
    raise ValueError("no such partner")


def is_killed(_tell: Tell) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def works_for_ever(tell: Tell) -> NoReturn:
    tell(os.getpid())
    signal.pause()
    raise AssertionError


def test_the_result_and_the_progress_come_from_another_process() -> None:
    told: list[tuple[int, int]] = []
    square, process = in_own_process(squared, (7,), lambda *values: told.append(values))
    assert (square, told) == (49, [(1, 2), (2, 2)])
    assert process != os.getpid()


@pytest.mark.parametrize(
    ("work", "kind", "reason"),
    [(breaks, ValueError, "no such partner"), (is_killed, WorkDiedError, "too little memory")],
)
def test_what_went_wrong_there_is_told_here(
    work: Callable[[Tell], None], kind: type[Exception], reason: str
) -> None:
    with pytest.raises(kind, match=reason):
        in_own_process(work, (), lambda *_: None)


def test_whoever_stops_listening_ends_the_work() -> None:
    def stop(_process: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        in_own_process(works_for_ever, (), stop)
    assert multiprocessing.active_children() == []


def keeps_another_busy() -> None:
    in_own_process(works_for_ever, (), lambda process: print(process, flush=True))


def test_a_parent_that_is_killed_leaves_no_orphan() -> None:
    command = "import test_own_process; test_own_process.keeps_another_busy()"
    folders = os.pathsep.join(("tests", "."))
    environment = {**os.environ, "PYTHONPATH": folders}
    with subprocess.Popen(  # noqa: S603  our own interpreter
        [sys.executable, "-c", command],
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
        cwd=ROOT,
    ) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        parent.kill()
        # The worker has the other end of this pipe: it closes when the last of them is gone.
        assert parent.communicate(timeout=60)[0] == ""
