"""Is a reply as a dialogue script expects? Judged by what a person sees, in whatever chat."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.dialogue.messages import Kind, Reply
from content.folding import fold

KINDS = {"detail": Kind.CARD}
"""Other names for kinds that scripts use."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A reply as somebody sees it: its text, the partners it answers with, where links lead.

    ``kinds`` and ``languages`` are those it can be taken for: exactly one each where the chat
    tells, as the dialogue itself does.
    """

    text: str
    answers: tuple[str, ...]
    links: str
    kinds: frozenset[str]
    languages: frozenset[str]


def seen(reply: Reply) -> Seen:
    """The dialogue's own reply, where everything is told."""
    ids = tuple(answer.id for answer in reply.answers)
    kinds, languages = frozenset({str(reply.kind)}), frozenset({reply.language})
    return Seen(reply.text, ids, reply.text, kinds, languages)


def faults(reply: Seen, expected: Mapping[str, Any]) -> list[str]:
    """What of the expectations the reply does not keep, in words; empty when it is right."""
    return [
        f"{key}: expected {wanted!r}, got {_got(key, reply)!r}"
        for key, wanted in expected.items()
        if not JUDGES[key](reply, wanted)
    ]


def _best(reply: Seen, wanted: Sequence[str]) -> bool:
    return bool(reply.answers) and reply.answers[0] in wanted


def _answers(reply: Seen, wanted: Iterable[str]) -> bool:
    return set(wanted) <= set(reply.answers)


def _kind(reply: Seen, wanted: str | Sequence[str]) -> bool:
    names = [wanted] if isinstance(wanted, str) else wanted
    return not reply.kinds.isdisjoint(KINDS.get(name, name) for name in names)


def _link(reply: Seen, wanted: str) -> bool:
    return fold(wanted) in fold(reply.links)


def _says(reply: Seen, wanted: str) -> bool:
    return fold(wanted) in fold(reply.text)


JUDGES: Mapping[str, Callable[[Seen, Any], bool]] = {
    "best": _best,
    "answers": _answers,
    "kind": _kind,
    "link": _link,
    "language": lambda reply, wanted: wanted in reply.languages,
    "says": _says,
    "not_says": lambda reply, wanted: not (_says(reply, wanted) or _link(reply, wanted)),
}
"""What a turn can expect: first answer, all answers, kind, domain shown, language, words."""


def _got(key: str, reply: Seen) -> object:
    if key in {"best", "answers"}:
        return list(reply.answers)
    told = {"kind": reply.kinds, "language": reply.languages}.get(key)
    if told is None:
        return reply.links if key == "link" else reply.text
    return " or ".join(sorted(told))
