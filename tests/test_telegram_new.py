"""/new: a partner added question by question; nothing is invented, and nothing written unasked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import yaml
from bot_api_server import BotApiServer, Message
from running_bot import RunningBot, copied_content, indexed_content, started
from sending_files import applied, forged

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def telegram_bot(
    shipped: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[RunningBot]:
    data = tmp_path_factory.mktemp("data")
    content = indexed_content(shipped, data)
    async with BotApiServer() as server, started(server, data, content) as bot:
        await bot.ready()
        yield bot


async def begun(bot: RunningBot) -> Message:
    """The first question, whatever was begun before."""
    await bot.asks(bot.admin(), "/new")
    await bot.asks(bot.admin(), "cancel")
    return await bot.asks(bot.admin(), "/new")


async def answers(bot: RunningBot, *words: str) -> Message:
    """What the bot says to the last of several answers."""
    for word in words:
        message = await bot.asks(bot.admin(), word)
    return message


async def presses(bot: RunningBot, message: Message, label: str) -> None:
    edits = message.edits
    await bot.server.answered(await bot.server.send_callback(bot.admin(), message, text=label))
    await bot.server.edited(message, after=edits)


async def test_question_by_question_to_a_partner_that_is_found(bot: RunningBot) -> None:
    await begun(bot)
    message = await answers(
        bot, "Toy Library", "Ludothèque", "TL", "https://toys.example.org/a-b", "toy-library",
        'They lend toys: "all sorts" # free', "Elle prête des jouets.",
    )  # fmt: skip
    assert "Which topics?" in message.text
    await presses(bot, message, "Health")
    assert "So far: Health" in message.text
    await presses(bot, message, "Screens")
    await presses(bot, message, "✓ Health")
    await presses(bot, message, "Next ▸")
    message = await answers(bot, "toys, games; dolls", "jouets", "who lends toys?\nwhere are toys?",
                            "skip")  # fmt: skip
    assert "When did you check" in message.text
    await presses(bot, message, "Today")
    message = await answers(bot, "their leaflet")
    assert "This is how people will see it" in message.text
    assert 'They lend toys: "all sorts" # free' in message.text
    path = bot.content / "partners" / "toy-library.yaml"
    assert not path.exists()
    await applied(bot, bot.admin(), message)
    written = yaml.safe_load(path.read_text("utf-8"))
    checked = written.pop("verified_on")
    assert checked.year >= 2026
    assert written == {
        "name": {"en": "Toy Library", "fr": "Ludothèque"},
        "aliases": ["TL"],
        "website": "https://toys.example.org/a-b",
        "summary": {"en": 'They lend toys: "all sorts" # free', "fr": "Elle prête des jouets."},
        "topics": ["screens"],
        "keywords": {"en": ["toys", "games", "dolls"], "fr": ["jouets"]},
        "questions": {"en": ["who lends toys?", "where are toys?"]},
        "source": "their leaflet",
    }
    assert "# text:" in path.read_text("utf-8"), "the template of new-partner"
    assert "They lend toys" in (await bot.asks(bot.newcomer(), "who lends toys?")).text
    assert "1 of 14" in (await bot.asks(bot.admin(), "/new")).text, "the finished one is let go"


@pytest.mark.parametrize(
    ("before", "answer", "words"),
    [
        ((), "CoSE", "is the name of a partner already (cose)"),
        ((), "x" * 121, "121 characters, and 120 fit"),
        (("A thing", "skip", "skip"), "example.org", "no whole web address"),
        (("A thing", "skip", "skip", "none"), "Two Words", "How about two-words?"),
        (("A thing", "skip", "skip", "none"), "cose", "There is a file cose.yaml already"),
        (("A thing", "skip", "skip", "none", "a-thing"), "x" * 401, "401 characters"),
        (("A thing", "skip", "skip", "none", "a-thing", "skip"), "skip", "a summary in one"),
        (("skip",), "skip", "Without a name"),
        (("A thing", "skip", "skip", "none"), "skip", "The file needs a name"),
        (("A thing", "skip", "skip", "none", "a-thing", "It is.", "skip"), "nonsense", "the topic"),
    ],
)
async def test_each_answer_is_looked_at_at_once(
    bot: RunningBot, before: tuple[str, ...], answer: str, words: str
) -> None:
    await begun(bot)
    before_it = await answers(bot, *before) if before else None
    message = await bot.asks(bot.admin(), answer)
    assert words in message.text
    if before_it:
        assert before_it.text.split("\n\n")[-1] in message.text, "the question is asked again"


async def test_back_and_cancel_in_both_languages_and_as_buttons(bot: RunningBot) -> None:
    first = await begun(bot)
    second = await answers(bot, "A thing")
    back = await answers(bot, "retour")
    assert "So far: A thing" in back.text
    assert "1 of 14" in back.text
    await presses(bot, second, "◂ Back")
    assert "1 of 14" in second.text, "a button of a question answered long ago does no harm"
    await presses(bot, first, "Cancel")
    assert "Called off" in first.text
    answer = await bot.asks(bot.admin(), "who deals with screen overexposure?")
    assert "Collective on Screen Overexposure" in answer.text
    await begun(bot)
    assert "Called off" in (await answers(bot, "Annuler")).text


async def test_another_command_ends_it_and_new_goes_on(bot: RunningBot) -> None:
    await begun(bot)
    await answers(bot, "A thing")
    await bot.asks(bot.admin(), "/help")
    answer = await bot.asks(bot.admin(), "who deals with screen overexposure?")
    assert "Collective" in answer.text
    again = await bot.asks(bot.admin(), "/new")
    assert "Let us go on where we were" in again.text
    assert "2 of 14" in again.text


async def test_an_answer_edited_late_changes_nothing_unseen(bot: RunningBot) -> None:
    await begun(bot)
    sent = await bot.server.send_text(bot.admin(), bot.admin(), "A thing")
    await bot.server.answer_to(sent)
    edited = await bot.server.edit_text(sent.message, "Another thing")
    await bot.server.idle()
    assert edited
    await bot.server.wait_until(
        lambda: "your first wording" in bot.server.messages(bot.admin())[-1].text
    )
    assert "So far: A thing" in (await answers(bot, "back")).text


async def test_nobody_else_can(bot: RunningBot) -> None:
    person = bot.newcomer()
    hello = await bot.asks(person, "/new")
    assert "I do not know the command /new" in hello.text
    await forged(bot, person, hello, "/new enough")
    group = bot.server.new_group("Team", bot.admin(), person)
    reply = await bot.server.ask(bot.admin(), "/new", chat=group)
    assert "works in our private chat" in reply.text


async def test_a_restart_forgets_nothing(tmp_path: Path) -> None:
    content = copied_content(tmp_path / "content")
    records = f"sqlite:///{tmp_path / 'records.db'}"
    async with BotApiServer() as server:
        async with started(server, tmp_path, content, BOT_DATABASE_URL=records) as bot:
            await bot.ready()
            await bot.asks(bot.admin(), "/new")
            await bot.asks(bot.admin(), "A thing")
            await server.idle()
            await bot.stop()
        async with started(server, tmp_path, content, BOT_DATABASE_URL=records) as bot:
            await bot.ready()
            message = await bot.asks(bot.admin(), "Une chose")
            assert "3 of 14" in message.text
