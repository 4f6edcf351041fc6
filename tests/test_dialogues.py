"""Every script in tests/dialogues is played as written; each dialogue is one promise."""

from pathlib import Path

import pytest
from talking import Chat

from bot.dialogue.scripts import Script, faults, script
from index.quality import read_set

FOLDER = Path(__file__).parent / "dialogues"
SCRIPTS = [script(item) for path in sorted(FOLDER.glob("*.yaml")) for item in read_set(path)]


@pytest.mark.parametrize("played", SCRIPTS, ids=lambda played: str(played.id))
async def test_every_turn_of_a_dialogue_is_right(played: Script) -> None:
    chat = Chat(client_language=played.language)
    wrong = []
    for turn in played.turns:
        reply = await chat.say(turn.says)
        wrong += [f"{turn.says!r}: {fault}" for fault in faults(reply, turn.expected)]
    assert not wrong
