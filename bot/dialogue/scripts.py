"""Dialogue scripts: what people say in turn and what the bot should do, played and judged.

Editors write them (``tests/dialogues/*.yaml``); the tests and ``run_bot.py evaluate`` play them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.dialogue.messages import Kind, Reply
from content.folding import fold


class ScriptError(Exception):
    """A dialogue script cannot be played; the message names it and the mend."""


KINDS = {"detail": Kind.CARD}
"""Other names for kinds that scripts use."""


@dataclass(frozen=True, slots=True)
class ScriptTurn:
    """One message and what the reply to it should be; each expectation is optional."""

    says: str
    expected: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Script:
    """One dialogue: one chat from its first message on."""

    id: str
    language: str
    turns: tuple[ScriptTurn, ...]


def script(item: Mapping[str, Any]) -> Script:
    """A dialogue as it stands in a file: ``{id, lang, turns: [{q, expect}]}``.

    Raises:
        ScriptError: it has another shape, or expects something unknown.
    """
    try:
        turns = tuple(ScriptTurn(str(t["q"]), dict(t["expect"])) for t in item["turns"])
        found = Script(str(item["id"]), str(item.get("lang", "en")), turns)
    except (KeyError, TypeError, ValueError) as error:
        raise ScriptError(
            f"{item.get('id', item)}: a dialogue is {{id, lang, turns: [{{q, expect}}]}}: {error}"
        ) from error
    unknown = {key for turn in turns for key in turn.expected} - JUDGES.keys()
    if unknown:
        raise ScriptError(
            f"{found.id}: expects {', '.join(sorted(unknown))}; known: {', '.join(JUDGES)}"
        )
    return found


def faults(reply: Reply, expected: Mapping[str, Any]) -> list[str]:
    """What of the expectations the reply does not keep, in words; empty when it is right."""
    return [
        f"{key}: expected {wanted!r}, got {_got(key, reply)!r}"
        for key, wanted in expected.items()
        if not JUDGES[key](reply, wanted)
    ]


def _ids(reply: Reply) -> list[str]:
    return [answer.id for answer in reply.answers]


def _best(reply: Reply, wanted: Sequence[str]) -> bool:
    return bool(reply.answers) and reply.answers[0].id in wanted


def _answers(reply: Reply, wanted: Iterable[str]) -> bool:
    return set(wanted) <= set(_ids(reply))


def _kind(reply: Reply, wanted: str | Sequence[str]) -> bool:
    names = [wanted] if isinstance(wanted, str) else wanted
    return reply.kind in {KINDS.get(name, name) for name in names}


def _says(reply: Reply, wanted: str) -> bool:
    return fold(wanted) in fold(reply.text)


JUDGES: Mapping[str, Callable[[Reply, Any], bool]] = {
    "best": _best,
    "answers": _answers,
    "kind": _kind,
    "link": _says,
    "language": lambda reply, wanted: reply.language == wanted,
    "says": _says,
    "not_says": lambda reply, wanted: not _says(reply, wanted),
}
"""What a turn can expect: first answer, all answers, kind, domain shown, language, words."""


def _got(key: str, reply: Reply) -> object:
    if key in {"best", "answers"}:
        return _ids(reply)
    return {"kind": str(reply.kind), "language": reply.language}.get(key, reply.text)
