"""What Telegram shows of the bot before anybody writes: command menus, names, descriptions."""

import asyncio
import logging
from collections.abc import Awaitable, Iterable

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, TelegramError

from bot.commands.commands import COMMANDS
from bot.dialogue.voice import languages_named
from bot.services import Services

Languages = list[tuple[str, str]]
"""For each code that Telegram is told, the language it gets."""

LATER = 1.0
"""Seconds after the start: whoever has been waiting for an answer has it first."""

log = logging.getLogger(__name__)


class Menus:
    """Tells Telegram about the bot in each language, beside the answers and only what changed."""

    def __init__(self, services: Services, admins: frozenset[int]) -> None:
        self._services, self._admins = services, admins
        self._task: asyncio.Task[None] | None = None
        self._greeted: set[int] = set()

    def begin(self, bot: Bot) -> None:
        """Begins; answers need not wait for it."""
        self._task = asyncio.create_task(self._tell(bot))

    async def end(self) -> None:
        """Stops, done or not: it begins anew at the next start."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def greet(self, bot: Bot, admin: int) -> None:
        """An admin's menu, for one who writes for the first time."""
        if admin in self._greeted:
            return
        self._greeted.add(admin)
        await self._tell_admin(bot, admin)

    @property
    def _languages(self) -> Languages:
        texts = self._services.texts
        # Without a language: for everybody whose language the bot does not speak.
        return [("", texts.main), *((code, code) for code in texts.languages)]

    async def _tell(self, bot: Bot) -> None:
        await asyncio.sleep(LATER)
        for code, language in self._languages:
            await _try("menus", self._tell_menus(bot, code, language))
        for admin in self._admins:
            await self._tell_admin(bot, admin)
        for code, language in self._languages:
            await self._tell_about(bot, code or None, language)

    async def _tell_menus(self, bot: Bot, code: str, language: str) -> None:
        everybody = self._commands(language)
        in_groups = self._commands(language, groups=True)
        await _set_menu(bot, BotCommandScopeDefault(), code, in_groups)
        await _set_menu(bot, BotCommandScopeAllPrivateChats(), code, everybody)
        await _set_menu(bot, BotCommandScopeAllGroupChats(), code, in_groups)

    async def _tell_admin(self, bot: Bot, admin: int) -> None:
        try:
            for code, language in self._languages:
                everything = self._commands(language, admin=True)
                await _set_menu(bot, BotCommandScopeChat(admin), code, everything)
            self._greeted.add(admin)
        except BadRequest as error:
            # They have never written to the bot; they get it when they do.
            log.info("no menu yet for an admin: %s", error)
        except TelegramError as error:
            log.warning("an admin's menu stays as it was: %s", error)

    def _commands(
        self, language: str, admin: bool = False, groups: bool = False
    ) -> list[BotCommand]:
        return [
            BotCommand(command.name, self._services.texts.say(command.about, language))
            for command in COMMANDS
            if (admin or not command.admin_only) and (command.in_groups or not groups)
        ]

    async def _tell_about(self, bot: Bot, code: str | None, language: str) -> None:
        texts = self._services.texts
        spoken = languages_named(texts, language)
        name, short, long = (
            texts.say(f"telegram_{key}", language, languages=spoken)
            for key in ("name", "short_description", "description")
        )
        await _try("description", _set_description(bot, code, long))
        await _try("short description", _set_short(bot, code, short))
        await _try("name", _set_name(bot, code, name))


async def _try(what: str, telling: Awaitable[None]) -> None:
    """One thing refused, as Telegram does when a name changes often, does not keep the others."""
    try:
        await telling
    except TelegramError as error:
        log.warning("the bot's %s stays as it was: %s", what, error)


async def _set_menu(
    bot: Bot, scope: BotCommandScope, code: str, commands: Iterable[BotCommand]
) -> None:
    wanted = tuple(commands)
    if await bot.get_my_commands(scope, language_code=code or None) != wanted:
        await bot.set_my_commands(wanted, scope, language_code=code or None)


async def _set_name(bot: Bot, code: str | None, text: str) -> None:
    if (await bot.get_my_name(language_code=code)).name != text:
        await bot.set_my_name(text, language_code=code)


async def _set_description(bot: Bot, code: str | None, text: str) -> None:
    if (await bot.get_my_description(language_code=code)).description != text:
        await bot.set_my_description(text, language_code=code)


async def _set_short(bot: Bot, code: str | None, text: str) -> None:
    told = await bot.get_my_short_description(language_code=code)
    if told.short_description != text:
        await bot.set_my_short_description(text, language_code=code)
