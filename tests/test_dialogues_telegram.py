"""Every dialogue script holds on Telegram too: each is played by a new person over HTTP.

A reply is judged by what a person sees there; what the dialogue itself says at the same turn is
compared with it, so that nothing is lost on the way.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import pytest_asyncio
from running_bot import RunningBot
from talking import services_on
from telegram_eyes import Eyes, TelegramChat, opened_eyes
from test_dialogues import SCRIPTS

from bot.dialogue.judging import JUDGES, Seen, faults
from bot.dialogue.scripts import DialogueChat, Script, TurnFault, play, script

pytestmark = pytest.mark.asyncio(loop_scope="module")

AT_ONCE = 8
"""Dialogues that go on at the same time; more would only wait for each other."""


@dataclass
class Beside:
    """The same words to the running bot and to the dialogue alone; what differs is noted."""

    telegram: TelegramChat
    alone: DialogueChat
    differences: list[str] = field(default_factory=list)

    async def say(self, text: str) -> Seen:
        seen, meant = await self.telegram.say(text), await self.alone.say(text)
        return self._compared(text, seen, meant)

    async def press(self, words: str) -> Seen | None:
        seen, meant = await self.telegram.press(words), await self.alone.press(words)
        if seen is None or meant is None:
            return None
        return self._compared(words, seen, meant)

    def _compared(self, says: str, seen: Seen, meant: Seen) -> Seen:
        alike = (
            seen.answers == meant.answers
            and seen.languages == meant.languages
            and seen.kinds >= meant.kinds
        )
        if not alike:
            self.differences.append(f"{says}: {seen}, and meant was {meant}")
        return seen


@dataclass(frozen=True)
class Game:
    """How a dialogue went."""

    wrong: list[TurnFault]
    differences: list[str]


Games = dict[str, asyncio.Task[Game]]


@pytest.fixture(scope="module")
def eyes() -> Eyes:
    return opened_eyes()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def games(telegram_bot: RunningBot, eyes: Eyes) -> AsyncIterator[Games]:
    """All dialogues of this run, on their way in one process."""
    seats, dialogue = asyncio.Semaphore(AT_ONCE), services_on().dialogue

    async def game(played: Script) -> Game:
        async with seats:
            telegram = TelegramChat(telegram_bot, eyes, played.language)
            chat = Beside(telegram, DialogueChat(dialogue, played.language))
            return Game(await play(played, chat), chat.differences)

    tasks = {played.id: asyncio.create_task(game(played)) for played in SCRIPTS}
    yield tasks
    for task in tasks.values():
        task.cancel()
    await asyncio.gather(*tasks.values(), return_exceptions=True)


@pytest.mark.parametrize("played", SCRIPTS, ids=lambda played: str(played.id))
async def test_every_turn_is_right_on_telegram(
    bot: RunningBot, games: Games, played: Script
) -> None:
    game = await games[played.id]
    assert game.wrong == []
    assert game.differences == []


# --- controls: what is wrong is seen ------------------------------------------------------


async def test_every_wrong_expectation_is_found_on_telegram(bot: RunningBot, eyes: Eyes) -> None:
    wrong = {
        "best": ["oveo"],
        "answers": ["cose", "oveo"],
        "kind": ["card", "link", "more", "nothing", "smalltalk", "help", "language"],
        "link": "oveo.org",
        "language": "fr",
        "says": "Wresinski",
        "not_says": "surexpositionecrans.org",
    }
    assert wrong.keys() == JUDGES.keys()
    question = "who deals with screen overexposure?"
    seen = await TelegramChat(bot, eyes, "en").say(question)
    assert len(faults(seen, wrong)) == len(wrong)


async def test_a_button_that_is_not_there_is_a_fault(bot: RunningBot, eyes: Eyes) -> None:
    turns = [{"q": "hello", "expect": {}}, {"press": "Terra Nova", "expect": {}}]
    played = script({"id": "x", "lang": "en", "turns": turns})
    for chat in (TelegramChat(bot, eyes, "en"), DialogueChat(services_on().dialogue, "en")):
        assert [fault.says for fault in await play(played, chat)] == ["Terra Nova"]
