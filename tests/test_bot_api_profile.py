"""The bot's commands, names, descriptions and menu buttons are kept by scope and language."""

from __future__ import annotations

import calling_bot_api
import pytest
from bot_api_server import BotApiServer, User
from calling_bot_api import raw, refused
from telegram import Bot, BotCommandScopeChat

ana, bot, server = calling_bot_api.ana, calling_bot_api.bot, calling_bot_api.server


async def test_commands_are_kept_by_scope_and_language(
    server: BotApiServer, bot: Bot, ana: User
) -> None:
    await bot.set_my_commands([("ask", "Ask")])
    await bot.set_my_commands([("demander", "Demander")], language_code="fr")
    await bot.set_my_commands([("reindex", "x")], scope=BotCommandScopeChat(ana.id))
    assert [c.command for c in await bot.get_my_commands(language_code="fr")] == ["demander"]
    assert server.menu_for(ana) == ["reindex"]
    await bot.delete_my_commands(scope=BotCommandScopeChat(ana.id))
    assert server.menu_for(ana) == ["demander"]
    assert server.menu_for(server.new_user("Bo", language_code="de")) == ["ask"]


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        ([("Ask", "a")], "BOT_COMMAND_INVALID"),
        ([("a" * 33, "a")], "BOT_COMMAND_INVALID"),
        ([("ask", "a" * 257)], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([("ask", "")], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([(f"c{n}", "a") for n in range(101)], "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_bad_commands_are_refused(
    bot: Bot, commands: list[tuple[str, str]], words: str
) -> None:
    with refused(words):
        await bot.set_my_commands(commands)
    with refused("invalid language code"):
        await bot.set_my_commands([("ask", "a")], language_code="french")


async def test_names_and_descriptions_have_a_language_and_a_length(bot: Bot) -> None:
    await bot.set_my_name("Partners")
    await bot.set_my_name("Partenaires", language_code="fr")
    assert (await bot.get_my_name("fr")).name == "Partenaires"
    assert (await bot.get_my_name("de")).name == "Partners"
    await bot.set_my_description("d" * 512)
    await bot.set_my_short_description("s" * 120)
    assert (await bot.get_my_description()).description == "d" * 512
    assert (await bot.get_my_short_description()).short_description == "s" * 120
    with refused("too long"):
        await bot.set_my_name("n" * 65)
    with refused("too long"):
        await bot.set_my_description("d" * 513)
    with refused("too long"):
        await bot.set_my_short_description("s" * 121)


async def test_menu_buttons_are_of_a_known_type(server: BotApiServer, bot: Bot, ana: User) -> None:
    await bot.set_chat_menu_button(ana.id)
    assert (await bot.get_chat_menu_button(ana.id)).type == "default"
    status, _ = await raw(server, "setChatMenuButton", menu_button={"type": "hamburger"})
    assert status == 400
