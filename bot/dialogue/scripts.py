"""Dialogue scripts: what people say in turn and what the bot should do, played and judged.

Editors write them (``tests/dialogues/*.yaml``); ``run_bot.py evaluate`` and the tests play them,
the tests through the running Telegram bot as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.dialogue.conversation import Conversation
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.judging import JUDGES, Seen, faults, seen
from bot.dialogue.messages import Incoming, Reply
from content.folding import fold


class ScriptError(Exception):
    """A dialogue script cannot be played; the message names it and the mend."""


@dataclass(frozen=True, slots=True)
class ScriptTurn:
    """One message and what the reply to it should be; each expectation is optional.

    With ``is_press``, a button of the last reply is pressed instead: the first with these words.
    """

    says: str
    expected: Mapping[str, Any]
    is_press: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """One dialogue: one chat from its first message on."""

    id: str
    language: str
    turns: tuple[ScriptTurn, ...]


@dataclass(frozen=True, slots=True)
class TurnFault:
    """A turn of a dialogue that was not as it should be."""

    dialogue: str
    language: str
    says: str
    faults: tuple[str, ...]


class Chat(Protocol):
    """Where a script is played: one person's new chat."""

    async def say(self, text: str) -> Seen:
        """The reply to a message."""
        ...

    async def press(self, words: str) -> Seen | None:
        """The reply to the first button under the last reply with these words; None without one."""
        ...


def script(item: Mapping[str, Any]) -> Script:
    """A dialogue as in a file: ``{id, lang, turns: [{q, expect}]}``, ``press`` for ``q`` a button.

    Raises:
        ScriptError: it has another shape, or expects something unknown.
    """
    try:
        turns = tuple(_turn(turn) for turn in item["turns"])
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


def _turn(item: Mapping[str, Any]) -> ScriptTurn:
    is_press = "q" not in item and "press" in item
    return ScriptTurn(str(item["press" if is_press else "q"]), dict(item["expect"]), is_press)


async def play(played: Script, chat: Chat) -> list[TurnFault]:
    """Play a dialogue to its end, whatever goes wrong on the way; the turns that were not right."""
    wrong = []
    for turn in played.turns:
        reply = await (chat.press(turn.says) if turn.is_press else chat.say(turn.says))
        found = faults(reply, turn.expected) if reply else ["there is no such button"]
        if found:
            wrong.append(TurnFault(played.id, played.language, turn.says, tuple(found)))
    return wrong


class DialogueChat:
    """A chat with the dialogue itself; the conversation is stored and restored after each turn."""

    def __init__(self, dialogue: Dialogue, language: str) -> None:
        self._dialogue, self._language = dialogue, language
        self._stored, self._now = Conversation().dumps(), 1_000.0
        self._last: Reply | None = None

    async def say(self, text: str) -> Seen:
        """The reply to a message, a second after the one before."""
        incoming = self._incoming(text)
        return self._kept(*await self._dialogue.answer(incoming, Conversation.loads(self._stored)))

    async def press(self, words: str) -> Seen | None:
        """The reply to the first button that has these words and does something in the chat."""
        rows = self._last.buttons if self._last else ()
        offered = [button for row in rows for button in row if fold(words) in fold(button.label)]
        actions = [button.action for button in offered if button.action]
        if not actions:
            return None
        conversation = Conversation.loads(self._stored)
        return self._kept(*await self._dialogue.press(actions[0], self._incoming(""), conversation))

    def _incoming(self, text: str) -> Incoming:
        self._now += 1
        return Incoming(text, client_language=self._language, now=self._now)

    def _kept(self, reply: Reply, conversation: Conversation) -> Seen:
        self._stored, self._last = conversation.dumps(), reply
        return seen(reply)
