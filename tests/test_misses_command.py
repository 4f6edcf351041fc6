"""/misses where something is in the way: no records, no words, broken files, much content."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import pytest_asyncio
from recording import NOW, records_at
from running_bot import copied_content

from bot.commands import misses_proposal
from bot.commands.command import Asking
from bot.commands.commands import run_command
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Incoming, Kind, Reply
from bot.records.kinds import ChatKind, Reason
from bot.services import AlreadyRunningError, Services, open_services
from index.folder_library import FolderLibrary
from index.whoosh_engine import WhooshFactory


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """The bot on two partners, for all tests here."""
    folder = tmp_path_factory.mktemp("misses")
    content = copied_content(folder / "content")
    (content / "vocabulary.yaml").unlink()
    for path in (content / "partners").iterdir():
        if path.stem not in ("amf", "cose"):
            path.unlink()
    return open_services(content, FolderLibrary(folder / "index", WhooshFactory()))


@dataclass
class Desk:
    """An admin at work."""

    services: Services
    conversation: Conversation = field(default_factory=Conversation)

    async def missed(self, question: str) -> str:
        """The key of a question that found nothing."""
        assert self.services.records
        record = self.services.records.misses.record
        await record(question, "en", ChatKind.PRIVATE, Reason.NOTHING, NOW)
        return (await self.services.records.misses.open())[0].key

    async def says(self, words: str, goes_on: bool = False, in_group: bool = False) -> Reply:
        asking = Asking(
            Incoming("", client_language="en", now=NOW),
            self.conversation,
            words,
            is_admin=True,
            person=5,
            goes_on=goes_on,
            in_group=in_group,
        )
        reply, self.conversation = await run_command(self.services, "misses", asking)
        return reply

    async def presses(self, reply: Reply, label: str) -> Reply:
        (action,) = (
            b.action for row in reply.buttons for b in row if label in b.label and b.action
        )
        return await self.says(action.removeprefix("/misses").strip())


@pytest_asyncio.fixture
async def desk(shared: Services, database: str) -> AsyncIterator[Desk]:
    async with records_at(database) as records:
        shared.records = records
        yield Desk(shared)
    shared.records = None


async def test_without_records_it_says_so(shared: Services) -> None:
    reply = await Desk(shared).says("")
    assert reply.kind is Kind.ERROR
    assert "cannot be reached" in reply.text


async def test_with_nothing_open_a_digest_is_offered(desk: Desk) -> None:
    reply = await desk.says("")
    assert "No question is waiting" in reply.text
    assert "Would you like a summary" in (await desk.presses(reply, "Weekly")).text
    assert "No question is waiting" in (await desk.says("nonsense")).text


async def test_a_question_without_telling_words_asks_for_some(desk: Desk) -> None:
    key = await desk.missed("who?")
    reply = await desk.says(f"add {key} p.cose")
    assert "No word is left" in reply.text
    assert [b.action for b in reply.buttons[0]] == [
        f"/misses words {key} p.cose",
        f"/misses of {key}",
    ]


@pytest.mark.parametrize("words", ["add {} p.gone", "add {} t.gone", "add 0 p.amf", "words {} x"])
async def test_what_is_gone_is_told(desk: Desk, words: str) -> None:
    key = await desk.missed("pédibus")
    assert "no longer waits, or its partner is gone" in (await desk.says(words.format(key))).text
    assert "no longer waits" in (await desk.says("done 0")).text


async def test_a_file_with_mistakes_is_left_as_it_is(desk: Desk) -> None:
    key, file = await desk.missed("pédibus"), desk.services.content_folder / "partners" / "amf.yaml"
    good = file.read_text("utf-8")
    file.write_text(good + "website: x\nwebsite: y\n", "utf-8")
    reply = await desk.says(f"add {key} p.amf")
    assert "mend them first" in reply.text
    file.unlink()
    assert "cannot be read" in (await desk.says(f"add {key} p.amf")).text
    file.write_text(good, "utf-8")


async def test_other_bad_files_keep_it_all_as_it_was(desk: Desk) -> None:
    key, partners = await desk.missed("pédibus"), desk.services.content_folder / "partners"
    before = (partners / "amf.yaml").read_bytes()
    proposed = await desk.says(f"add {key} p.amf")
    (partners / "bad.yaml").write_text("name: [", "utf-8")
    reply = await desk.presses(proposed, "Add them")
    assert "Nothing was changed" in reply.text
    assert (partners / "amf.yaml").read_bytes() == before
    (partners / "bad.yaml").unlink()


async def test_a_reindex_under_way_is_waited_for_and_then_given_way(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, partners = await desk.missed("pédibus"), desk.services.content_folder / "partners"
    before = (partners / "amf.yaml").read_bytes()
    proposed = await desk.says(f"add {key} p.amf")

    async def running(**_: object) -> None:
        raise AlreadyRunningError(NOW)

    monkeypatch.setattr("bot.commands.misses_writing.PAUSES", (0.0, 0.0))
    monkeypatch.setattr(desk.services, "reindex", running)
    assert "A reindex is running" in (await desk.presses(proposed, "Add them")).text
    assert (partners / "amf.yaml").read_bytes() == before


async def test_with_much_content_words_are_not_tried_first(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(misses_proposal, "TRIED", 1)
    proposed = await desk.says(f"add {await desk.missed('where is the lactarium')} p.amf")
    assert "+ lactarium" in proposed.text
    assert "finds" not in proposed.text
    done = await desk.presses(proposed, "Add them")
    assert "This is what" in done.text
    assert "words are out again" in (await desk.presses(done, "Undo")).text


async def test_words_by_hand_are_kept_but_ask_for_nothing(desk: Desk) -> None:
    key = await desk.missed("pédibus")
    await desk.says(f"words {key} p.amf")
    assert desk.conversation.command == f"misses words {key} p.amf"
    proposed = await desk.says("walking bus", goes_on=True)
    assert "+ walking bus" in proposed.text
    assert desk.conversation.command.startswith(" ")
    assert Conversation.loads(desk.conversation.dumps()) == desk.conversation
    # Forgotten meanwhile, other words would be written: these are shown instead.
    desk.conversation = Conversation()
    anew = await desk.presses(proposed, "Add them")
    assert "has changed meanwhile" in anew.text
    assert "+ pédibus" in anew.text


async def test_in_a_group_it_shows_nothing(desk: Desk) -> None:
    await desk.missed("pédibus")
    assert "pédibus" not in (await desk.says("", in_group=True)).text
