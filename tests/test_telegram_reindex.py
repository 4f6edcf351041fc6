"""/reindex: an admin changes the content, and the answers change; nobody else can."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from bot_api_server import BotApiServer, Message, User
from running_bot import ROOT, RunningBot, indexed_content, started
from sending_files import WHALES

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def telegram_bot(
    shipped: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[RunningBot]:
    """The real bot on content of its own, to be changed."""
    data = tmp_path_factory.mktemp("data")
    content = indexed_content(shipped, data)
    async with BotApiServer() as server, started(server, data, content) as bot:
        await bot.ready()
        yield bot


@pytest.fixture
def partners(bot: RunningBot) -> Iterator[Path]:
    """The folder of partner files; afterwards it is as it was."""
    folder = bot.content / "partners"
    yield folder
    shipped = ROOT / "content" / "partners"
    for path in folder.iterdir():
        path.unlink()
    for path in shipped.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())


async def reindexed(bot: RunningBot, admin: User, until: str) -> Message:
    """The message of a reindex once it says so."""
    message = await bot.asks(admin, "/reindex")
    ends = ("Done:", "Nothing was changed", "running since")
    await bot.server.wait_until(lambda: any(end in message.text for end in ends), timeout=30)
    assert until in message.text
    return message


async def test_changed_content_changes_the_answers(bot: RunningBot, partners: Path) -> None:
    admin, person = bot.admin(), bot.newcomer()
    await reindexed(bot, admin, "Done:")
    before = await bot.asks(person, "who sings with whales?")
    assert "Whales" not in before.text
    (partners / "whales.yaml").write_text(WHALES, encoding="utf-8")
    (partners / "cose.yaml").unlink()
    amf = partners / "amf.yaml"
    amf.write_text(amf.read_text("utf-8").replace("en: >-", "en: >-\n    News!", 1), "utf-8")
    report = await reindexed(bot, admin, "Done:")
    assert "15 partners" in report.text
    assert "Added: Friends of the Whales" in report.text
    assert "Changed: Association of the Mayors of France (AMF)" in report.text
    assert "Removed: Collective on Screen Overexposure (CoSE)" in report.text
    after = await bot.asks(person, "who sings with whales?")
    assert "They count the whales <b>&</b> sing with them." in after.text
    assert "https://whales.example.org/" in after.links
    query = await bot.server.send_inline_query(person, "whales")
    await bot.server.answered(query)
    assert [result["id"] for result in query.results] == ["p_whales"]


async def test_bad_content_is_shown_with_its_place_and_changes_nothing(
    bot: RunningBot, partners: Path
) -> None:
    admin, person = bot.admin(), bot.newcomer()
    await reindexed(bot, admin, "Done:")
    cose = partners / "cose.yaml"
    cose.write_text(
        cose.read_text("utf-8").replace("website: https://", "website: ftp://"), "utf-8"
    )
    (partners / "whales.yaml").write_text("name: {en: Whales}\ncolour: blue\n", encoding="utf-8")
    report = await reindexed(bot, admin, "Nothing was changed")
    assert "content/partners/cose.yaml:" in report.text
    line = next(
        n for n, text in enumerate(cose.read_text("utf-8").split("\n"), 1) if "ftp:" in text
    )
    assert f"cose.yaml:{line}:" in report.text
    assert "content/partners/whales.yaml:2:1:" in report.text
    answer = await bot.asks(person, "who deals with screen overexposure?")
    assert "https://surexpositionecrans.org/" in answer.links


async def test_undo_brings_the_content_of_before_back(bot: RunningBot, partners: Path) -> None:
    admin, person = bot.admin(), bot.newcomer()
    await reindexed(bot, admin, "Done:")
    (partners / "whales.yaml").write_text(WHALES, encoding="utf-8")
    assert "Expected questions that find" in (await reindexed(bot, admin, "Done:")).text
    undone = await bot.asks(admin, "/reindex undo")
    await bot.server.wait_until(lambda: "back on the content of before" in undone.text, timeout=30)
    assert "Removed: Friends of the Whales" in undone.text
    assert "Whales" not in (await bot.asks(person, "who sings with whales?")).text


async def test_nothing_changed(bot: RunningBot, partners: Path) -> None:
    await reindexed(bot, bot.admin(), "Done:")
    assert "No partner has changed." in (await reindexed(bot, bot.admin(), "Done:")).text


async def test_others_get_the_answer_of_an_unknown_command(bot: RunningBot) -> None:
    person = bot.newcomer()
    secret, nonsense = [await bot.asks(person, text) for text in ("/reindex", "/nonsense")]
    assert secret.text.replace("reindex", "") == nonsense.text.replace("nonsense", "")


async def test_what_an_admin_passes_on_is_not_an_admins_word(bot: RunningBot) -> None:
    admin = bot.admin()
    sent = await bot.server.send_text(admin, admin, "/help")
    await bot.server.answer_to(sent)
    message = sent.message.json()
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Somebody"}
    forwarded = {**message, "text": "/reindex", "message_id": 9_999, "forward_origin": origin}
    await bot.server.push_update({"message": forwarded})
    await bot.server.idle()
    await bot.server.send_text(admin, admin, "/start")

    def said(words: str) -> bool:
        return any(words in m.text for m in bot.server.messages(admin)[-4:])

    await bot.server.wait_until(lambda: said("Hello!"), what="an answer to /start")
    assert said("I do not know the command /reindex.")


async def test_a_second_reindex_says_since_when_one_is_running(
    bot: RunningBot, partners: Path
) -> None:
    admin = bot.admin()
    await reindexed(bot, admin, "Done:")
    # Many partners, so that it takes a while.
    for number in range(400):
        text = WHALES.replace("whales.example", f"whales{number}.example")
        text = text.replace("Whales", f"Whales {number}").replace("baleines", f"baleines {number}")
        (partners / f"whales-{number}.yaml").write_text(text, encoding="utf-8")
    first = await bot.server.send_text(admin, admin, "/reindex")
    second = await bot.asks(admin, "/reindex")
    assert "has been running since" in second.text
    # Questions are answered meanwhile, the admin's too.
    answer = await bot.asks(admin, "who deals with screen overexposure?")
    assert "Collective on Screen Overexposure" in answer.text
    assert "whales" not in answer.text
    reports = [m for m in bot.server.messages(admin) if m.message_id > first.message.message_id]
    await bot.server.wait_until(
        lambda: any("415 partners" in m.text for m in bot.server.messages(admin)), timeout=60
    )
    done = next(m for m in bot.server.messages(admin) if "415 partners" in m.text)
    assert reports
    assert 1 <= done.edits <= 30, "how far it was, once a second at most"
    assert "380 others" in done.text
    assert len(done.text) < 3_000


async def test_inline_pages_go_beyond_fifty_with_ids_that_stay(
    bot: RunningBot, partners: Path
) -> None:
    admin = bot.admin()
    for number in range(70):
        text = WHALES.replace("whales.example", f"whales{number}.example")
        text = text.replace("Whales", f"Whales {number}").replace("baleines", f"baleines {number}")
        (partners / f"whales-{number}.yaml").write_text(text, encoding="utf-8")
    await reindexed(bot, admin, "Done:")
    seen = [await all_pages(bot, admin, "") for _ in range(2)]
    assert seen[0] == seen[1]
    assert len(seen[0]) == len(set(seen[0])) == 85 + 16
    found = await all_pages(bot, admin, "whales")
    assert len(found) == len(set(found)) > 10


async def all_pages(bot: RunningBot, user: User, text: str) -> list[str]:
    """The ids of all results, page by page."""
    seen, offset = list[str](), ""
    for _ in range(20):
        query = await bot.server.answered(await bot.server.send_inline_query(user, text, offset))
        assert query.answer
        seen += [result["id"] for result in query.results]
        offset = query.answer["next_offset"]
        if not offset:
            break
    return seen
