"""/export: all the content as one archive, which the bot takes back as it is."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from bot_api_server import Message, User
from running_bot import ROOT, RunningBot
from sending_files import sends

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def exported(bot: RunningBot, admin: User) -> tuple[str, bytes]:
    """The name and the bytes of the archive."""
    sent = await bot.server.send_text(admin, admin, "/export")

    def told() -> list[Message]:
        return [m for m in bot.server.messages(admin) if m.message_id > sent.message.message_id]

    await bot.server.wait_until(lambda: len(told()) == 2, what="a file and a word on it")
    document = told()[0].content["document"]
    assert "send the .zip" in told()[1].text
    return document["file_name"], bot.server.files[document["file_id"]].content


async def test_everything_is_in_it_and_the_same_every_time(bot: RunningBot) -> None:
    name, data = await exported(bot, bot.admin())
    assert re.fullmatch(r"content-\d{4}-\d\d-\d\d\.zip", name)
    folder = ROOT / "content"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        for one in archive.namelist():
            assert archive.read(one) == (folder / one).read_bytes(), one
        names = set(archive.namelist())
    assert {f"partners/{path.name}" for path in (folder / "partners").glob("*.yaml")} < names
    assert {"topics.yaml", "vocabulary.yaml"} < names
    assert {"translations/en.yaml", "translations/fr.yaml"} < names
    assert not any(one.startswith(".") or one.endswith(".py") for one in names)
    assert (await exported(bot, bot.admin()))[1] == data


async def test_sent_back_it_changes_nothing(bot: RunningBot) -> None:
    name, data = await exported(bot, bot.admin())
    reply = await sends(bot, bot.admin(), name, data)
    assert re.search(r"Nothing changed: all \d+ files are there already", reply.text)


async def test_only_admins_and_only_in_private(bot: RunningBot) -> None:
    person = bot.newcomer()
    assert "I do not know the command /export" in (await bot.asks(person, "/export")).text
    group = bot.server.new_group("Team", bot.admin(), person)
    reply = await bot.server.ask(bot.admin(), "/export", chat=group)
    assert "works in our private chat" in reply.text
    assert not bot.server.calls_to("sendDocument", group)
