"""Content by message: an admin sends files, sees what they change, presses, and it is used."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from bot_api_server import BotApiServer
from running_bot import ADMIN, ROOT, RunningBot, buttons, copied_content, indexed_content, started
from sending_files import (
    SECOND_ADMIN,
    WHALES,
    action,
    applied,
    forged,
    passes_on,
    second_admin,
    sends,
    sends_album,
    shipped,
    zipped,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

COSE = shipped("partners/cose.yaml")
ADMINS = f"{ADMIN},{SECOND_ADMIN}"
REFUSED = "I take nothing of this"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def telegram_bot(
    shipped: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[RunningBot]:
    """The real bot on content of its own, to be changed by two admins."""
    data = tmp_path_factory.mktemp("data")
    content = indexed_content(shipped, data)
    async with (
        BotApiServer() as server,
        started(
            server,
            data,
            content,
            BOT_ADMINS=ADMINS,
            BOT_DATABASE_URL=f"sqlite:///{data / 'records.db'}",
        ) as bot,
    ):
        await bot.ready()
        yield bot


@pytest.fixture
def partners(bot: RunningBot) -> Iterator[Path]:
    """The folder of partner files; afterwards the content is as it was."""
    folder = bot.content / "partners"
    yield folder
    for path in folder.iterdir():
        path.unlink()
    for name in ("topics.yaml", "vocabulary.yaml"):
        (bot.content / name).write_text(shipped(name), encoding="utf-8")
    for path in (ROOT / "content" / "partners").glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())


async def test_a_new_partner_is_shown_written_on_a_press_and_found(
    bot: RunningBot, partners: Path
) -> None:
    admin, person = bot.admin(), bot.newcomer()
    before = await bot.asks(admin, "/reindex")
    await bot.server.wait_until(lambda: "Done:" in before.text, timeout=30, what="a reindex")
    offer = await sends(bot, admin, "whales.yaml", WHALES)
    assert "🆕 Friends of the Whales (whales.yaml)" in offer.text
    assert "They count the whales <b>&</b> sing with them." in offer.text
    assert not (partners / "whales.yaml").exists(), "nothing is written before the press"
    data = action(offer)
    report = await applied(bot, admin, offer)
    assert "partners/whales.yaml (new)" in report.text
    assert "Added: Friends of the Whales" in report.text
    assert (partners / "whales.yaml").read_text() == WHALES
    assert "They count the whales" in (await bot.asks(person, "who sings with whales?")).text
    assert not buttons(report)
    await forged(bot, admin, report, data)
    await bot.server.wait_until(lambda: "has done its work" in report.text)
    again = await sends(bot, admin, "whales.yaml", WHALES)
    assert "Nothing changed" in again.text


async def test_a_change_is_told_field_by_field_and_the_old_file_is_kept(
    bot: RunningBot, partners: Path
) -> None:
    admin = bot.admin()
    changed = COSE.replace("overexposing them.", "overexposing any of them.", 1)
    changed = changed.replace("website: https://surexpositionecrans.org\n", "")
    changed = changed.replace("topics: [screens", "topics: [violence, screens")
    changed = changed.replace("topics: [violence", "topics: [health").replace("TikTok", "Insta")
    offer = await sends(bot, admin, "cose.yaml", changed)
    for words in (
        "Collective on Screen Overexposure (CoSE) (cose.yaml)",
        "Website: taken out “https://surexpositionecrans.org”",
        "of overexposing them.” → “",
        "overexposing any of them.”",
        "Topics: added Health",
        "Keywords (French): added Insta; taken out TikTok",
    ):
        assert words in offer.text
    report = await applied(bot, admin, offer)
    kept = sorted((bot.content / ".history" / "cose").iterdir())
    assert kept[-1].read_text("utf-8") == COSE
    assert f".history/cose/{kept[-1].name}" in report.text


async def test_dropped_is_dropped(bot: RunningBot, partners: Path) -> None:
    admin = bot.admin()
    offer = await sends(bot, admin, "whales.yaml", WHALES)
    data = action(offer)
    await bot.server.send_callback(admin, offer, action(offer, "drop"))
    await bot.server.wait_until(lambda: "Nothing was written" in offer.text)
    await forged(bot, admin, offer, data)
    await bot.server.wait_until(lambda: "has done its work" in offer.text)
    assert not (partners / "whales.yaml").exists()


async def test_what_is_begun_is_forgotten_on_demand_and_no_other_admins(
    bot: RunningBot, partners: Path
) -> None:
    admin, other = bot.admin(), second_admin(bot)
    for person in (admin, other):
        await sends(bot, person, "whales.yaml", WHALES)
        await bot.asks(person, "/new")
    await bot.asks(admin, "/forget")
    left = sorted((bot.content.parent / "desk").rglob("*.json"))
    assert [path.read_text().count(f'"admin": {other.id}') for path in left] == [1] * len(left)
    assert {path.parent.name for path in left} == {"new", "offers"}


async def test_bad_files_show_their_place_and_the_mend(bot: RunningBot, partners: Path) -> None:
    bad = await sends(bot, bot.admin(), "oops.yaml", "name: {en: CoSE}\nwebsite: ftp://x\n")
    assert "content/partners/oops.yaml:2:10:" in bad.text
    assert "write it whole, as https://example.org" in bad.text
    assert "content/partners/oops.yaml:1:1: summary is missing: add summary" in bad.text
    assert "I have written nothing" in bad.text
    assert not buttons(bad)
    bomb = "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a]\n" for n in range(50))
    assert "YAML reference" in (await sends(bot, bot.admin(), "bomb.yaml", bomb)).text
    deep = "name: " + "[" * 5_000
    assert "levels" in (await sends(bot, bot.admin(), "deep.yaml", deep)).text
    twin = WHALES.replace("Friends of the Whales", "CoSE")
    assert "is also a name of cose" in (await sends(bot, bot.admin(), "zz.yaml", twin)).text


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("Croix Rouge.yaml", WHALES, "Right would be: croix-rouge.yaml"),
        ("picture.png", "x", "I take only .yaml files"),
        ("big.yaml", "#" * 300_000, "larger than 256 KiB"),
        ("big.zip", b"\0" * 9_000_000, "larger than 8 MiB"),
        ("bad.zip", b"no zip", "damaged"),
        ("a.zip", zipped({"../x.yaml": WHALES}), "leads out of the content folder"),
        ("b.zip", zipped({"/x.yaml": WHALES}), "leads out of the content folder"),
        ("c.zip", zipped({"c:\\x.yaml": WHALES}), "leads out of the content folder"),
        ("d.zip", zipped({"partners/.x.yaml": WHALES}), "hidden"),
        ("e.zip", zipped({"x.zip": zipped({})}), "an archive within an archive"),
        ("f.zip", zipped({"a.yaml": WHALES, "partners/a.yaml": WHALES}), "here twice"),
        ("g.zip", zipped({f"p{n}.yaml": b"#" * 260_000 for n in range(65)}), "more than 16 MiB"),
    ],
)
async def test_what_is_refused_is_refused_in_clear_words(
    bot: RunningBot, name: str, data: str | bytes, words: str
) -> None:
    fetched = len(bot.server.calls_to("getFile"))
    reply = await sends(bot, bot.admin(), name, data)
    assert REFUSED in reply.text
    assert words in reply.text
    is_seen_before = name.startswith(("big", "Croix", "picture"))
    assert (len(bot.server.calls_to("getFile")) == fetched) is is_seen_before


async def test_an_album_is_answered_once_and_written_as_one(
    bot: RunningBot, partners: Path
) -> None:
    admin = bot.admin()
    topics = shipped("topics.yaml").replace("en: Poverty,", "en: Being poor,")
    before = len(bot.server.messages(admin))
    offer = await sends_album(
        bot, admin, {"whales.yaml": WHALES, "topics.yaml": topics, "cose.yaml": COSE + "# new\n"}
    )
    await asyncio.sleep(0.3)
    assert len(bot.server.messages(admin)) == before + 4, "three files and one answer"
    assert "3 files" in offer.text
    assert "Only the way it is written" in offer.text
    report = await applied(bot, admin, offer)
    assert "Written: 3 files." in report.text
    assert (bot.content / "topics.yaml").read_text("utf-8") == topics


async def test_a_file_changed_meanwhile_is_not_overwritten(bot: RunningBot, partners: Path) -> None:
    admin, other = bot.admin(), second_admin(bot)
    mine = await sends(bot, admin, "cose.yaml", COSE.replace("TikTok", "Insta"))
    theirs = await sends(bot, other, "cose.yaml", COSE.replace("YouTube", "Films"))
    await applied(bot, other, theirs)
    await applied(bot, admin, mine, "in the meantime")
    assert "partners/cose.yaml" in mine.text
    assert "taken out Films" in mine.text, "the new difference is shown"
    assert "Films" in (partners / "cose.yaml").read_text("utf-8")
    await applied(bot, admin, mine)
    text = (partners / "cose.yaml").read_text("utf-8")
    assert "Insta" in text
    kept = [path.read_text("utf-8") for path in (bot.content / ".history" / "cose").iterdir()]
    assert any("Films" in one for one in kept), "nothing of the other admin is lost"


async def test_two_admins_at_once_lose_nothing(bot: RunningBot, partners: Path) -> None:
    admins = [bot.admin(), second_admin(bot)]
    offers = [
        await sends(bot, user, f"whales-{n}.yaml", WHALES.replace("hales", f"hales {n}")
                    .replace("baleines", f"baleines {n}").replace("hales 1.ex", "hales1.ex")
                    .replace("hales 0.ex", "hales0.ex"))
        for n, user in enumerate(admins)
    ]  # fmt: skip
    reports = await asyncio.gather(
        *(applied(bot, user, offer) for user, offer in zip(admins, offers, strict=True))
    )
    assert all((partners / f"whales-{n}.yaml").exists() for n in range(2))
    assert any("17 partners" in report.text for report in reports)
    answer = await bot.asks(bot.newcomer(), "Friends of the Whales 1")
    assert "Whales 1" in answer.text


async def test_what_stands_where_when_the_index_cannot_follow(
    bot: RunningBot, partners: Path
) -> None:
    admin = bot.admin()
    offer = await sends(bot, admin, "whales.yaml", WHALES)
    (partners / "amf.yaml").write_text("name: {en: AMF}\n", encoding="utf-8")
    report = await applied(bot, admin, offer, "still answer from the content of before")
    assert "Written: 1 file." in report.text
    assert "content/partners/amf.yaml:1:1: summary is missing" in report.text
    assert (partners / "whales.yaml").exists()
    elsewhere = await sends(bot, admin, "cose.yaml", COSE + "# new\n")
    assert "What you sent is fine" in elsewhere.text
    assert not buttons(elsewhere)


async def test_only_the_admin_who_sent_it_may_press(bot: RunningBot, partners: Path) -> None:
    admin, other, person = bot.admin(), second_admin(bot), bot.newcomer()
    offer = await sends(bot, admin, "whales.yaml", WHALES)
    hello = await bot.asks(person, "/start")
    await forged(bot, person, hello, action(offer))
    await bot.server.wait_until(lambda: "I do not know the command /upload" in hello.text)
    hers = await bot.asks(other, "/start")
    await forged(bot, other, hers, action(offer))
    await bot.server.wait_until(lambda: "has done its work" in hers.text)
    for data in ("/upload apply ../../x", "/upload apply", "/upload apply 000000000000"):
        await forged(bot, admin, hers, data)
    assert not (partners / "whales.yaml").exists()
    assert "Done:" in (await applied(bot, admin, offer)).text


async def test_files_of_others_get_what_they_always_got(bot: RunningBot, partners: Path) -> None:
    fetched = len(bot.server.calls_to("getFile"))
    person = bot.newcomer()
    assert "I can only read text" in (await sends(bot, person, "whales.yaml", WHALES)).text
    passed_on = await passes_on(bot, bot.admin(), "whales.yaml", WHALES)
    assert "not forwarded ones" in passed_on.text
    group = bot.server.new_group("Team", person, bot.admin(), bot_status="administrator")
    await bot.server.send_document(group, bot.admin(), "whales.yaml", WHALES.encode())
    await bot.server.idle()
    assert len(bot.server.calls_to("getFile")) == fetched
    assert not [m for m in bot.server.messages(group) if m.sender is bot.server.bot]


async def test_in_french(bot: RunningBot, partners: Path) -> None:
    other = second_admin(bot)
    await bot.asks(other, "/language fr")
    offer = await sends(bot, other, "cose.yaml", COSE.replace("TikTok", "Insta"))
    await bot.asks(other, "/language en")
    assert "Cela changerait 1 fichier" in offer.text
    assert "Mots-clés (français)\xa0: ajouté Insta" in offer.text
    assert "✅ Écrire et utiliser" in buttons(offer)


async def test_every_change_is_in_the_audit_log(bot: RunningBot, partners: Path) -> None:
    await applied(bot, bot.admin(), await sends(bot, bot.admin(), "whales.yaml", WHALES))
    await bot.asks(bot.admin(), "/reindex undo")
    await bot.server.wait_until(
        lambda: "back on the content" in bot.server.messages(bot.admin())[-1].text, timeout=30
    )
    records = bot.content.parent / "records.db"
    with sqlite3.connect(records) as database:
        rows = database.execute("SELECT admin, action, subject, details FROM audit").fetchall()
    assert (ADMIN, "upload", "partners/whales.yaml", "partners/whales.yaml: new") in rows
    actions = {row[1] for row in rows}
    assert {"upload", "reindex", "reindex undo"} <= actions
    assert any("added: whales" in row[3] for row in rows if row[1] == "reindex")


async def test_an_offer_survives_a_restart(tmp_path: Path) -> None:
    content = copied_content(tmp_path / "content")
    async with BotApiServer() as server:
        async with started(server, tmp_path, content) as bot:
            await bot.ready()
            offer = await sends(bot, bot.admin(), "whales.yaml", WHALES)
            bot.process.kill()
            await bot.ended()
        async with started(server, tmp_path, content) as bot:
            await bot.ready()
            assert "Added: Friends of the Whales" in (await applied(bot, bot.admin(), offer)).text
