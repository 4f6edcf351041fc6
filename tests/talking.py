"""A dialogue on a content folder, and people who talk to it, for the tests."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from bot.dialogue.conversation import Conversation
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.messages import Incoming, Reply
from bot.services import Services, open_services
from index.folder_library import FolderLibrary
from index.whoosh_engine import WhooshFactory

CONTENT = Path(__file__).parents[1] / "content"
GERMAN = Path(__file__).parent / "sample_content" / "german"


@cache
def services_on(folder: Path = CONTENT) -> Services:
    """The bot on a content folder, indexed once for all tests of a run."""
    return open_services(folder, FolderLibrary(Path(tempfile.mkdtemp()), WhooshFactory()))


@cache
def trilingual() -> Services:
    """The German sample with the shipped English and French beside it."""
    folder = Path(tempfile.mkdtemp()) / "content"
    shutil.copytree(GERMAN, folder)
    shutil.copytree(CONTENT / "translations", folder / "translations", dirs_exist_ok=True)
    return services_on(folder)


class Chat:
    """One person's chat; the conversation is stored and restored after each turn."""

    def __init__(
        self, dialogue: Dialogue | None = None, client_language: str | None = None
    ) -> None:
        self.dialogue = dialogue or services_on().dialogue
        self.client_language = client_language
        self.conversation = Conversation()
        self.now = 1_000.0

    async def say(self, text: str, later: float = 1.0) -> Reply:
        """The reply to a message, ``later`` seconds after the one before."""
        return (await self._turn(text, later, None))[0]

    async def press(self, action: str) -> Reply:
        """The reply to a pressed button."""
        return (await self._turn("", 1.0, action))[0]

    async def _turn(self, text: str, later: float, action: str | None) -> tuple[Reply, str]:
        self.now += later
        incoming = Incoming(text, client_language=self.client_language, now=self.now)
        if action is None:
            outcome = await self.dialogue.answer(incoming, self.conversation)
        else:
            outcome = await self.dialogue.press(action, incoming, self.conversation)
        reply, conversation = outcome
        self.conversation = Conversation.loads(conversation.dumps())
        return reply, reply.text
