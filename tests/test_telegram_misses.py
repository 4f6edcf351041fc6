"""/misses: from a question that found nothing to an answer that finds it, in two taps."""

from __future__ import annotations

import asyncio
import difflib
import re
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
import yaml
from bot_api_server import BotApiServer, Message, User
from recording import SECRET, address
from running_bot import ADMIN, ROOT, RunningBot, buttons, copied_content, started

from bot.records.records import open_records

pytestmark = pytest.mark.asyncio(loop_scope="module")

PARTNERS = {"amf", "cose", "fneje", "oveo"}
FORMER = 4_000_099
"""Somebody who was an admin once, and wished for a digest then."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def telegram_bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningBot]:
    """The real bot on little content of its own; a digest came due while it was away."""
    content = copied_content(tmp_path_factory.mktemp("content") / "content")
    (content / "vocabulary.yaml").unlink()
    for path in (content / "partners").iterdir():
        if path.stem not in PARTNERS:
            path.unlink()
    data = tmp_path_factory.mktemp("data")
    async with open_records(address(data), SECRET) as records:
        for admin in (ADMIN, FORMER):
            await records.digests.wish(admin, "en", time.time() - 3600)
    async with BotApiServer() as server:
        for admin in (ADMIN, FORMER):
            server.start(server.new_user("Admin", user_id=admin))
        settings = {"BOT_DATABASE_URL": address(data)}
        async with started(server, data, content, **settings) as bot:
            await bot.ready()
            yield bot


@pytest_asyncio.fixture(autouse=True, loop_scope="module")
async def nothing_waits(bot: RunningBot) -> AsyncIterator[None]:
    """Afterwards, no question waits any more."""
    yield
    shown = await bot.asks(bot.admin(), "/misses")
    while "✓ Dealt with" in buttons(shown):
        await pressed(bot, bot.admin(), shown, "✓ Dealt with", "Dealt with. If it finds")


async def pressed(bot: RunningBot, user: User, message: Message, label: str, until: str) -> Message:
    """The message once a button of it was pressed and it says so."""
    (data,) = (data for text, data in buttons(message).items() if label in text)
    edits = message.edits
    query = await bot.server.send_callback(user, message, data)
    await bot.server.answered(query)
    await bot.server.wait_until(
        lambda: message.edits > edits and until in message.text, timeout=30, what=f"{until!r}"
    )
    return message


async def forged(bot: RunningBot, user: User, message: Message, data: str) -> None:
    """A press that no button of the message offers."""
    query = bot.server.add_query("callback", user, message=message, text=data)
    sent = {"id": query.id, "from": user.json(), "chat_instance": "1", "data": data}
    bot.server.updates.add({"callback_query": {**sent, "message": message.json()}})
    await bot.server.answered(query)
    await bot.server.edited(message)


async def waiting(bot: RunningBot, question: str) -> Message:
    """What /misses shows an admin, with this question in front."""
    for _ in range(40):
        shown = await bot.asks(bot.admin(), "/misses")
        if question in shown.text:
            break
        await asyncio.sleep(0.1)
    number = re.search(rf"^(\d)\. {re.escape(question[:20])}", shown.text, re.MULTILINE)
    if number:
        await pressed(bot, bot.admin(), shown, number[1], f"“{question}")
    assert f"“{question}”" in shown.text
    return shown


async def missed(bot: RunningBot, question: str) -> Message:
    """Somebody asks in vain; what /misses shows then."""
    answer = await bot.asks(bot.newcomer(), question)
    assert not answer.links, answer.text
    return await waiting(bot, question)


def changed(bot: RunningBot, name: str) -> list[str]:
    """The lines of a content file that are not as shipped."""
    shipped = (ROOT / "content" / name).read_text("utf-8").splitlines()
    now = (bot.content / name).read_text("utf-8").splitlines()
    return [line for line in difflib.ndiff(shipped, now) if line[:2] in ("- ", "+ ")]


def keywords(bot: RunningBot, partner: str) -> list[str]:
    text = (bot.content / "partners" / f"{partner}.yaml").read_text("utf-8")
    return list(yaml.safe_load(text)["keywords"]["en"])


async def test_a_miss_becomes_an_answer_in_two_taps(bot: RunningBot) -> None:
    shown = await missed(bot, "who runs the walkabus?")
    admin, name = bot.admin(), "partners/amf.yaml"
    await pressed(bot, admin, shown, "AMF", "I would add")
    assert "+ walkabus" in shown.text
    assert "Then the question finds: Association of the Mayors of France" in shown.text
    assert changed(bot, name) == []
    await pressed(bot, admin, shown, "Add them", "This is what")
    assert "Serves mayors" in shown.text
    assert keywords(bot, "amf")[-1] == "walkabus"
    assert len(changed(bot, name)) == 2
    answer = await bot.asks(bot.newcomer(), "who runs the walkabus?")
    assert "https://amf.asso.fr/" in answer.links
    after = await bot.asks(admin, "/misses")
    assert "walkabus" not in after.text
    assert "Words added: partners/amf.yaml" in (await bot.asks(admin, "/audit")).text


async def test_a_change_can_be_taken_back(bot: RunningBot) -> None:
    shown = await missed(bot, "is there a grumbleclub?")
    before = (bot.content / "partners" / "cose.yaml").read_bytes()
    await pressed(bot, bot.admin(), shown, "CoSE", "+ grumbleclub")
    await pressed(bot, bot.admin(), shown, "Add them", "This is what")
    await pressed(bot, bot.admin(), shown, "Undo", "The words are out again")
    assert "“is there a grumbleclub?”" in shown.text
    assert (bot.content / "partners" / "cose.yaml").read_bytes() == before
    answer = await bot.asks(bot.newcomer(), "is there a grumbleclub?")
    assert not answer.links


async def test_words_go_to_a_topic(bot: RunningBot) -> None:
    shown = await missed(bot, "help with squidology please")
    admin = bot.admin()
    await pressed(bot, admin, shown, "It is a topic", "Its words lead to every partner")
    await pressed(bot, admin, shown, "Screens", "+ squidology")
    assert "topics.yaml" in shown.text
    await pressed(bot, admin, shown, "Add them", "help with squidology")
    await bot.server.wait_until(lambda: "✅" in shown.text, timeout=30)
    assert len(changed(bot, "topics.yaml")) == 2
    assert (await bot.asks(bot.newcomer(), "squidology")).links
    await pressed(bot, admin, shown, "Undo", "The words are out again")
    assert changed(bot, "topics.yaml") == []


async def test_what_is_not_for_us_is_shown_no_more(bot: RunningBot) -> None:
    shown = await missed(bot, "is snorkelwort in flower?")
    await pressed(bot, bot.admin(), shown, "Not for us", "not for us; I shall not")
    assert "snorkelwort" not in shown.text
    await bot.asks(bot.newcomer(), "snorkelwort in flower")
    assert "snorkelwort" not in (await bot.asks(bot.admin(), "/misses")).text
    await pressed(bot, bot.admin(), shown, "Undo", "snorkelwort")


async def test_an_admin_writes_other_words(bot: RunningBot) -> None:
    shown = await missed(bot, "my zibbet is broken")
    admin = bot.admin()
    await pressed(bot, admin, shown, "FNEJE", "+ zibbet")
    await pressed(bot, admin, shown, "Other words", "with commas between them")
    offered = await bot.asks(admin, "zibbet, broken toys: who?")
    assert "+ zibbet\n+ broken toys: who?" in offered.text
    # A question meanwhile is a question, and the words are still those that were shown.
    assert (
        "https://surexpositionecrans.org/" in (await bot.asks(admin, "screen overexposure")).links
    )
    await pressed(bot, admin, offered, "Add them", "This is what")
    assert keywords(bot, "fneje")[-2:] == ["zibbet", "broken toys: who?"]


async def test_words_that_do_not_help_are_taken_out_again(bot: RunningBot) -> None:
    shown = await missed(bot, "flimflammery for beginners")
    admin, file = bot.admin(), bot.content / "partners" / "fneje.yaml"
    before = file.read_bytes()
    await pressed(bot, admin, shown, "FNEJE", "+ flimflammery")
    await pressed(bot, admin, shown, "Other words", "with commas between them")
    offered = await bot.asks(admin, "something else")
    assert "it would still find" in offered.text
    await pressed(bot, admin, offered, "Add them", "I have put everything back")
    assert file.read_bytes() == before
    await waiting(bot, "flimflammery for beginners")


async def test_a_file_changed_meanwhile_is_not_overwritten(bot: RunningBot) -> None:
    shown = await missed(bot, "where is the oobleck?")
    admin, file = bot.admin(), bot.content / "partners" / "oveo.yaml"
    await pressed(bot, admin, shown, "OVEO", "+ oobleck")
    file.write_text(file.read_text("utf-8") + "# an editor was here\n", "utf-8")
    await pressed(bot, admin, shown, "Add them", "has changed meanwhile")
    assert "oobleck" not in file.read_text("utf-8")
    await pressed(bot, admin, shown, "Add them", "This is what")
    assert file.read_text("utf-8").endswith("# an editor was here\n")
    file.write_text(file.read_text("utf-8") + "# and again\n", "utf-8")
    await pressed(bot, admin, shown, "Undo", "has been changed since")
    assert "oobleck" in file.read_text("utf-8")


async def test_a_thumb_down_waits_there_too(bot: RunningBot) -> None:
    person, question = bot.newcomer(), "who helps with breastfeeding mayors"
    answer = await bot.asks(person, question)
    query = await bot.server.send_callback(person, answer, buttons(answer)["👎"])
    await bot.server.answered(query)
    shown = await waiting(bot, question)
    assert "got a 👎" in shown.text
    assert "It finds at the moment" in shown.text
    await pressed(bot, bot.admin(), shown, "Dealt with", "Dealt with. If it finds")
    assert question not in shown.text


async def test_others_get_the_answer_of_an_unknown_command(bot: RunningBot) -> None:
    shown = await missed(bot, "any quibblefarm near me?")
    key = next(d for d in buttons(shown).values() if d.startswith("/misses add")).split()[2]
    person = bot.newcomer()
    for words in (f"add {key} p.amf", f"do {key} p.amf 00000000", f"ignore {key}", "weekly on"):
        greeting = await bot.asks(person, "/start")
        await forged(bot, person, greeting, f"/misses {words}")
        assert "do not know the command /misses" in greeting.text
    secret, nonsense = [await bot.asks(person, text) for text in ("/misses", "/nonsense")]
    assert secret.text.replace("misses", "") == nonsense.text.replace("nonsense", "")
    await waiting(bot, "any quibblefarm near me?")


async def test_in_a_group_nothing_is_shown(bot: RunningBot) -> None:
    group = bot.server.new_group("Team", bot.admin(), bot.newcomer())
    said = await bot.server.ask(bot.admin(), "/misses", chat=group)
    assert "private chat" in said.text


async def test_a_digest_that_came_due_is_sent_to_admins_and_once(bot: RunningBot) -> None:
    def digests(user: int) -> list[Message]:
        messages = bot.server.messages(bot.server.users[user])
        return [message for message in messages if "Your week with" in message.text]

    await bot.server.wait_until(lambda: bool(digests(ADMIN)), what="a digest")
    (digest,) = digests(ADMIN)
    assert "last seven days" in digest.text
    assert digests(FORMER) == []
    await pressed(bot, bot.admin(), digest, "No more summaries", "Would you like a summary")
    await pressed(bot, bot.admin(), digest, "once a week", "the next one on Monday")
    hebdo = await bot.asks(bot.admin(), "/misses hebdo non")
    assert "Would you like a summary" in hebdo.text
