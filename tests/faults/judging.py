"""After a trial: who was answered, what was recorded, and what the log says."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

from bot_api_server import TOKEN

from faults.scene import Scene
from faults.trial import Fault, Outcome

HIDDEN = (TOKEN.partition(":")[2], "overexposure?", "qqplm", "Zebulon")
"""What no log may tell: the token, what people asked, who they are."""

OFTEN = 12
"""The same line so often is too much."""

STAMP = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ ")


async def tried(scene: Scene, fault: Fault) -> Outcome:
    """Tries a fault, and judges what came of it.

    Raises:
        AssertionError: something was lost, told too much, or not told.
    """
    scene.server.faults.clear()
    scene.begin()
    scene.over()
    await fault.trial(scene)
    await scene.all_answered()
    if scene.records.exists():
        await scene.until(
            lambda: _is_recorded(scene, fault), f"the records, {fault.name}", scene.size.patience
        )
    if fault.unkept and (numbers := recorded(scene.records)):
        # From here on, what is recorded is what has to stay.
        _, scene.ever_asked, scene.ever_missed = numbers
    # The same line is not written again within a minute.
    assert re.search(fault.says, scene.before + scene.told()), f"{fault.name}: {fault.says!r}"
    check_log(scene.told(), fault)
    got = {person: scene.answers(person) - count for person, count in scene.asked.items()}
    doubled = sum(max(0, more) for more in got.values())
    assert doubled <= fault.doubles, f"{fault.name}: {doubled} answered twice"
    lost = sum(max(0, -more) for more in got.values())
    return Outcome(scene.asked.total(), lost, doubled, scene.seconds, scene.note)


def check_log(told: str, fault: Fault) -> None:
    """The log says what happened, once, and nothing that is nobody's business."""
    for word in HIDDEN:
        assert word not in told, f"{fault.name}: the log tells {word!r}:\n{told[-3000:]}"
    lines = [line for line in told.splitlines() if STAMP.match(line) and " DEBUG " not in line]
    if " DEBUG " not in told:
        assert "Traceback" not in told, f"{fault.name}:\n{told[-3000:]}"
    worst = Counter(STAMP.sub("", line) for line in lines).most_common(1)
    assert not worst or worst[0][1] <= OFTEN, f"{fault.name}: {worst}"


def _is_recorded(scene: Scene, fault: Fault) -> bool:
    """Whether every question was counted once, and every update is done with its words gone."""
    numbers = recorded(scene.records)
    if numbers is None:
        return fault.unkept
    open_updates, questions, misses = numbers
    is_all = (questions, misses) == (scene.ever_asked, scene.ever_missed)
    assert questions <= scene.ever_asked, f"{fault.name}: counted twice"
    return not open_updates and (is_all or fault.unkept)


def recorded(path: Path) -> tuple[int, int, int] | None:
    """Updates still open or with their words, questions counted, misses kept; or None."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)) as database:
            return (
                _number(database, "count(*) FROM inbox WHERE status = 'open' OR payload != ''"),
                _number(database, "sum(number) FROM counts WHERE what = 'questions'"),
                _number(database, "sum(times) FROM misses"),
            )
    except sqlite3.Error:
        return None


def _number(database: sqlite3.Connection, what: str) -> int:
    return database.execute(f"SELECT {what}").fetchone()[0] or 0
