"""What only admins may do, nobody else can, in whatever form they ask for it.

Made from COMMANDS: a new command for admins is tried by itself.
"""

from __future__ import annotations

from typing import Any

import pytest
import pytest_asyncio
from bot_api_server import Chat, Message, User
from running_bot import RunningBot

from bot.commands.commands import COMMANDS

pytestmark = pytest.mark.asyncio(loop_scope="module")

FOR_ADMINS = [command.name for command in COMMANDS if command.admin_only]
NOBODYS = "nonsense"
"""A command that does not exist; that of an admin must look no different."""

WORDS = (
    "/{name}", "  /{name} ", "/{name}@{bot}", "/{NAME}", "/{NAME}@{BOT} 1", "/{name} undo",
    "/{name}\n7", "/{name} apply 1", "/{name} cose", "/{name} weekly on",
)  # fmt: skip
ASK = "/ask who deals with screen overexposure?"
ANONYMOUS = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group"}
TOLD = {"sendMessage", "editMessageText", "answerCallbackQuery", "answerInlineQuery",
        "sendChatAction", "setMyCommands", "getMyCommands", "getUpdates"}  # fmt: skip
"""All that the bot may call while somebody tries."""


@pytest.fixture(autouse=True)
def nothing_happens(bot: RunningBot) -> Any:
    """Nothing is sent but words, nothing is reindexed, nothing goes wrong."""
    calls, written = len(bot.server.calls), len(bot.written)
    yield
    methods = {call.method for call in bot.server.calls[calls:]}
    assert methods - TOLD <= {m for m in methods if m.startswith(("getMy", "setMy"))}
    assert "reindex" not in bot.written[written:]
    assert "ERROR" not in bot.written[written:]


def said(form: str, name: str, bot: RunningBot) -> str:
    username = bot.server.bot.username
    return form.format(name=name, NAME=name.upper(), bot=username, BOT=username.upper())


def as_nobodys(text: str, name: str) -> str:
    """What was told, as if the command had been the one that does not exist."""
    return text.replace(f"/{name}", f"/{NOBODYS}")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def unknown(telegram_bot: RunningBot) -> str:
    """What anybody is told of a command that does not exist."""
    told = (await telegram_bot.asks(telegram_bot.newcomer(), f"/{NOBODYS}")).text
    assert told.startswith(f"I do not know the command /{NOBODYS}.")
    return told


@pytest.mark.parametrize("name", FOR_ADMINS)
async def test_said_in_any_spelling(bot: RunningBot, name: str, unknown: str) -> None:
    person = bot.newcomer()
    for form in WORDS:
        told = await bot.asks(person, said(form, name, bot))
        assert as_nobodys(told.text, name) == unknown, form
        assert told.buttons == []
        assert "photo" not in told.content


@pytest.mark.parametrize("name", FOR_ADMINS)
async def test_put_into_an_edited_message(bot: RunningBot, name: str, unknown: str) -> None:
    person = bot.newcomer()
    sent = await bot.server.send_text(person, person, "who helps poor families?")
    answer = await bot.server.answer_to(sent)
    await bot.server.edit_text(sent.message, f"/{name}")
    await bot.server.edited(answer)
    assert as_nobodys(answer.text, name) == unknown


@pytest.mark.parametrize("name", FOR_ADMINS)
async def test_under_a_file_and_in_a_reply(bot: RunningBot, name: str, unknown: str) -> None:
    person = bot.newcomer()
    tolds = []
    for caption in (f"/{name}", f"/{NOBODYS}"):
        file = await bot.server.send_document(
            person, person, "cose.yaml", b"name: {en: X}", caption=caption
        )
        tolds.append(await bot.server.answer_to(file))
    told = tolds[0]
    assert as_nobodys(told.text, name) == tolds[1].text
    assert told.buttons == tolds[1].buttons
    reply = await bot.server.send_text(person, person, f"/{name}", reply_to=told)
    assert as_nobodys((await bot.server.answer_to(reply)).text, name) == unknown


@pytest.mark.parametrize("name", FOR_ADMINS)
async def test_pressed_with_data_made_up(bot: RunningBot, name: str, unknown: str) -> None:
    person = bot.newcomer()
    message = await bot.asks(person, "/start")
    for data in (f"/{name}", f"/{name} 90", f"/{name.upper()} apply 1"):
        edits = message.edits
        await forged(bot, person, message, "/help")
        await bot.server.edited(message, after=edits)
        await forged(bot, person, message, data)
        await bot.server.edited(message, after=edits + 1)
        assert as_nobodys(message.text, name) == unknown


async def forged(bot: RunningBot, person: User, message: Message, data: str) -> None:
    """Presses a button that is not there."""
    query = bot.server.add_query("callback", person, message=message, text=data)
    pressed = {"id": query.id, "from": person.json(), "chat_instance": "1", "data": data}
    await bot.server.push_update({"callback_query": {**pressed, "message": message.json()}})
    await bot.server.answered(query)


@pytest.mark.parametrize("name", FOR_ADMINS)
async def test_passed_on_by_an_admin(bot: RunningBot, name: str, unknown: str) -> None:
    admin = bot.admin()
    sent = await bot.server.send_text(admin, admin, "/help")
    await bot.server.answer_to(sent)
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Somebody"}
    message = {**sent.message.json(), "text": f"/{name}", "message_id": 99_000 + len(name)}
    last = max(m.message_id for m in bot.server.messages(admin))
    await bot.server.push_update({"message": {**message, "forward_origin": origin}})
    await bot.server.wait_until(
        lambda: max(m.message_id for m in bot.server.messages(admin)) > last
    )
    assert as_nobodys(bot.server.messages(admin)[-1].text, name) == unknown


@pytest.mark.parametrize("name", FOR_ADMINS)
async def test_typed_behind_the_bots_name(bot: RunningBot, name: str) -> None:
    person = bot.newcomer()
    query = await bot.server.send_inline_query(person, f"/{name}")
    await bot.server.answered(query)
    assert all(result["id"][:2] in ("p_", "t_") for result in query.results)


async def test_in_a_group_there_is_silence(bot: RunningBot) -> None:
    person = bot.newcomer()
    group = bot.server.new_group("Nursery", person)
    for name in FOR_ADMINS:
        for form in ("/{name}", "/{name}@{bot}", "/{NAME} 1"):
            await bot.server.send_text(group, person, said(form, name, bot))
    await answered_alone(bot, group, person)


async def test_in_the_name_of_a_group_or_a_channel(bot: RunningBot) -> None:
    """Even an admin of the bot is not known behind the group's name."""
    person = bot.newcomer()
    group = bot.server.new_group("Nursery", person)
    first = await bot.server.ask(person, ASK, chat=group)
    body = {**first.json(), "from": ANONYMOUS}
    body = {key: body[key] for key in ("date", "chat", "from")}
    channel = {"id": -1_002_000_000_001, "type": "channel", "title": "News"}
    number = 50_000
    for name in FOR_ADMINS:
        for sender in (group.json(), channel):
            number += 1
            command = {"text": f"/{name}", "message_id": number}
            await bot.server.push_update({"message": {**body, **command, "sender_chat": sender}})
    await bot.server.idle()
    assert len([m for m in bot.server.messages(group) if m.sender is bot.server.bot]) == 1


async def answered_alone(bot: RunningBot, group: Chat, person: User) -> None:
    """A question gets the first answer in the group."""
    await bot.server.ask(person, ASK, chat=group)
    answers = [m for m in bot.server.messages(group) if m.sender is bot.server.bot]
    assert len(answers) == 1
    assert "Collective on Screen Overexposure" in answers[0].text


async def test_they_stand_in_no_menu_but_the_admins(bot: RunningBot) -> None:
    person, admin = bot.newcomer(), bot.admin()
    await bot.asks(admin, "/start")
    await bot.server.wait_until(lambda: bool(set(bot.server.menu_for(admin)) & {*FOR_ADMINS}))
    group = bot.server.new_group("Nursery", person)
    # Everybody's menu is told a second after the start; the admin's own may come before.
    await bot.server.wait_until(lambda: bool(bot.server.menu_for(person)))
    await bot.server.wait_until(lambda: bool(bot.server.menu_for(person, group)))
    for menu in (bot.server.menu_for(person), bot.server.menu_for(person, group)):
        assert menu
        assert not set(menu) & {*FOR_ADMINS}
    assert set(bot.server.menu_for(admin)) >= {*FOR_ADMINS}
