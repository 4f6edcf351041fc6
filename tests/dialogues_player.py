"""Plays dialogue scripts (``tests/dialogues/*.yaml``) and says which turns went wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.dialogue.conversation import Conversation
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.messages import Incoming, Reply

FOLDER = Path(__file__).parent / "dialogues"

KINDS = {"detail": "card", "smalltalk": "smalltalk"}
"""Names of kinds in scripts that the replies call otherwise."""


@dataclass(frozen=True)
class Script:
    """One dialogue: a chat in a language, its turns in order."""

    id: str
    language: str
    turns: tuple[Mapping[str, Any], ...]


def scripts(folder: Path = FOLDER) -> list[Script]:
    """All dialogues of a folder, in order of files."""
    return [
        Script(item["id"], item.get("lang", "en"), tuple(item["turns"]))
        for path in sorted(folder.glob("*.yaml"))
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


async def play(script: Script, dialogue: Dialogue) -> list[str]:
    """What went wrong, a line a broken promise; none when every turn was right."""
    conversation = Conversation()
    wrong: list[str] = []
    for number, turn in enumerate(script.turns, start=1):
        incoming = Incoming(turn["q"], client_language=script.language, now=1_000.0 + number)
        reply, conversation = await dialogue.answer(incoming, conversation)
        conversation = Conversation.loads(conversation.dumps())
        for promise in broken(reply, turn["expect"]):
            shown = reply.text.replace("\n\n", " | ")[:300]
            wrong.append(f"{script.id} turn {number} {turn['q']!r}: {promise}; it said: {shown}")
    return wrong


def broken(reply: Reply, expected: Mapping[str, Any]) -> Iterable[str]:
    """The promises of a turn that its reply breaks."""
    ids = [answer.id for answer in reply.answers]
    text = reply.text.lower()
    for key, value in expected.items():
        values = value if isinstance(value, list) else [value]
        kept = {
            "best": lambda v=values: bool(ids) and ids[0] in v,
            "answers": lambda v=values: set(v) <= set(ids),
            "kind": lambda v=values: reply.kind in {KINDS.get(k, k) for k in v},
            "language": lambda v=values: reply.language in v,
            "link": lambda v=values: all(link.lower() in text for link in v),
            "says": lambda v=values: all(word.lower() in text for word in v),
            "not_says": lambda v=values: not any(word.lower() in text for word in v),
        }[key]
        if not kept():
            yield f"{key} should be {value}, was {reply.kind} {ids} in {reply.language}"
