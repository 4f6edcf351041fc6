"""Quality on question sets and dialogue scripts: ``run_bot.py evaluate``."""

import asyncio
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.dialogue.scripts import DialogueChat, Script, TurnFault, script
from bot.dialogue.scripts import play as play_script
from bot.services import Services
from index.baselines import baselines
from index.findings import Findings
from index.quality import Figures, Outcome, by, by_partner, figures, play, question, read_set

OURS = "Partner Bot"


@dataclass
class Evaluation:
    """What one run measured; milliseconds are medians a question, within this run."""

    outcomes: tuple[Outcome, ...] = ()
    turns: int = 0
    turn_faults: list[TurnFault] = field(default_factory=list)
    turns_by_language: dict[str, int] = field(default_factory=dict)
    compared: dict[str, Figures] = field(default_factory=dict)
    milliseconds: dict[str, float] = field(default_factory=dict)


def evaluate(services: Services, files: Sequence[Path], compare: bool = False) -> Evaluation:
    """Ask every question and play every dialogue of the files.

    Raises:
        QuestionSetError, ScriptError: a file is no set.
    """
    items = [(item, path) for path in files for item in read_set(path)]
    scripts = [script(item) for item, _ in items if "turns" in item]
    questions = [question(item, path) for item, path in items if "turns" not in item]
    finder = services.knowledge.generation.finder
    timed = _Timed(lambda text: [answer.id for answer in finder.find(text).answers])
    result = Evaluation(outcomes=play(questions, timed))
    result.milliseconds[OURS] = timed.median()
    if compare and questions:
        result.compared[OURS] = figures(result.outcomes)
        for name, ask in baselines(services.knowledge.content).items():
            timed = _Timed(ask)
            result.compared[name] = figures(play(questions, timed))
            result.milliseconds[name] = timed.median()
    asyncio.run(_play_scripts(services, scripts, result))
    return result


class _Timed:
    """Asks, and remembers how long each question took."""

    def __init__(self, ask: Callable[[str], Sequence[str]]) -> None:
        self._ask = ask
        self._seconds: list[float] = []

    def __call__(self, text: str) -> Sequence[str]:
        begun = time.perf_counter()
        answers = self._ask(text)
        self._seconds.append(time.perf_counter() - begun)
        return answers

    def median(self) -> float:
        return statistics.median(self._seconds) * 1000 if self._seconds else 0.0


async def _play_scripts(services: Services, scripts: Sequence[Script], result: Evaluation) -> None:
    for played in scripts:
        chat = DialogueChat(services.dialogue, played.language)
        result.turn_faults += await play_script(played, chat)
        count = result.turns_by_language.get(played.language, 0)
        result.turns_by_language[played.language] = count + len(played.turns)
        result.turns += len(played.turns)


def show(services: Services, result: Evaluation, console: Console) -> None:
    """Tables people like to read, and every miss with what was understood."""
    if result.outcomes:
        console.print(_table("All", {"all": figures(result.outcomes)}))
        console.print(_table("By language", by(result.outcomes, lambda q: q.language)))
        console.print(_table("By kind", by(result.outcomes, lambda q: q.kind)))
        console.print(_table("By partner", by_partner(result.outcomes)))
        _show_misses(services, result, console)
    if result.compared:
        console.print(_compared(result))
    if result.turns:
        _show_dialogues(result, console)


def as_json(result: Evaluation) -> dict[str, Any]:
    """The same figures for programs."""
    named: dict[str, Any] = {
        "all": asdict(figures(result.outcomes)),
        "by_language": _plain(by(result.outcomes, lambda q: q.language)),
        "by_kind": _plain(by(result.outcomes, lambda q: q.kind)),
        "by_partner": _plain(by_partner(result.outcomes)),
        "misses": [
            {"id": o.question.id, "question": o.question.text, "best": sorted(o.question.best)}
            | {"answers": list(o.answers)}
            for o in result.outcomes
            if not o.right
        ],
    }
    return named | {
        "dialogue_turns": result.turns,
        "dialogue_faults": [asdict(fault) for fault in result.turn_faults],
        "compared": _plain(result.compared),
        "milliseconds": result.milliseconds,
    }


def _plain(parts: Mapping[str, Figures]) -> dict[str, Any]:
    return {name: asdict(part) for name, part in parts.items()}


def _table(
    title: str, parts: Mapping[str, Figures], more: Mapping[str, Sequence[str]] | None = None
) -> Table:
    """A row a part; ``more`` has further columns, a value a part."""
    table = Table(title=title, title_justify="left")
    table.add_column("")
    headings = ("questions", "hits@1", "MRR@5", "off-topic", "rejected", *(more or {}))
    for heading in headings:
        table.add_column(heading, justify="right")
    for place, (name, part) in enumerate(parts.items()):
        table.add_row(
            name,
            str(part.asked or "–"),
            _share(part.hits_at_1),
            f"{part.mrr_at_5:.3f}" if part.mrr_at_5 is not None else "–",
            str(part.off_topic or "–"),
            _share(part.rejected),
            *(values[place] for values in (more or {}).values()),
        )
    return table


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.1%}"


def _show_misses(services: Services, result: Evaluation, console: Console) -> None:
    missed = [outcome for outcome in result.outcomes if not outcome.right]
    console.print(f"{len(missed)} missed" if missed else "Nothing missed.")
    finder = services.knowledge.generation.finder
    for outcome in missed:
        asked = outcome.question
        console.print(f"  {asked.id} ({asked.language}, {asked.kind}): {asked.text}", markup=False)
        console.print(
            f"      wanted {', '.join(sorted(asked.best)) or 'nothing'};"
            f" got {', '.join(outcome.answers) or 'nothing'}",
            markup=False,
        )
        console.print(f"      {understood(finder.find(asked.text))}", markup=False)


def understood(findings: Findings) -> str:
    """What a question was understood as, in a line."""
    best = findings.answers[:1] or findings.doubtful[:1]
    parts = [
        f"words: {', '.join(findings.words) or 'none that count'}",
        f"unknown: {', '.join(findings.unknown)}" if findings.unknown else "",
    ]
    parts += [f"nearest: {answer.id} ({answer.score:.2f})" for answer in best]
    for answer in best:
        parts += [f"{typed} read as {word}" for typed, word in answer.why.corrected.items()]
        parts += [f"{word} → {there}" for word, there in answer.why.translated.items()]
    return "; ".join(part for part in parts if part)


def _compared(result: Evaluation) -> Table:
    taken = [result.milliseconds[name] for name in result.compared]
    plain = result.milliseconds["plain Whoosh"] or 1.0
    more = {
        "ms a question": [f"{milliseconds:.2f}" for milliseconds in taken],
        "× plain Whoosh": [f"{milliseconds / plain:.2f}" for milliseconds in taken],
    }
    return _table("Side by side, in this run", result.compared, more)


def _show_dialogues(result: Evaluation, console: Console) -> None:
    table = Table(title="Dialogues", title_justify="left")
    for heading in ("", "turns", "right"):
        table.add_column(heading, justify="right" if heading else "left")
    for language, turns in sorted(result.turns_by_language.items()):
        wrong = sum(fault.language == language for fault in result.turn_faults)
        table.add_row(language, str(turns), _share(1 - wrong / turns))
    table.add_row("all", str(result.turns), _share(1 - len(result.turn_faults) / result.turns))
    console.print(table)
    for fault in result.turn_faults:
        console.print(f"  {fault.dialogue}: {fault.says}", markup=False)
        for line in fault.faults:
            console.print(f"      {line}", markup=False)
