"""Every script in tests/dialogues is played as written; each dialogue is one promise."""

from pathlib import Path

import pytest
from talking import services_on

from bot.dialogue.scripts import DialogueChat, Script, play, script
from index.quality import read_set

FOLDER = Path(__file__).parent / "dialogues"
SCRIPTS = [script(item) for path in sorted(FOLDER.glob("*.yaml")) for item in read_set(path)]


@pytest.mark.parametrize("played", SCRIPTS, ids=lambda played: str(played.id))
async def test_every_turn_of_a_dialogue_is_right(played: Script) -> None:
    assert await play(played, DialogueChat(services_on().dialogue, played.language)) == []
