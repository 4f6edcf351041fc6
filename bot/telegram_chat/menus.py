"""What Telegram shows of the bot before anybody writes: command menus and descriptions."""

import asyncio
import logging
from collections.abc import Iterable

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import BadRequest, TelegramError

from bot.commands.commands import COMMANDS
from bot.services import Services

log = logging.getLogger(__name__)


class Menus:
    """Tells Telegram about the bot in each language, beside the answers and only what changed."""

    def __init__(self, services: Services, admins: frozenset[int]) -> None:
        self._services, self._admins = services, admins
        self._task: asyncio.Task[None] | None = None

    def begin(self, bot: Bot) -> None:
        """Begins; answers need not wait for it."""
        self._task = asyncio.create_task(self._tell(bot))

    async def end(self) -> None:
        """Stops, done or not: it begins anew at the next start."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _tell(self, bot: Bot) -> None:
        texts = self._services.texts
        # Without a language: for everybody whose language the bot does not speak.
        languages = [("", texts.main), *((code, code) for code in texts.languages)]
        try:
            for code, language in languages:
                await self._tell_menus(bot, code, language)
                await self._tell_descriptions(bot, code, language)
            for admin in self._admins:
                await self._tell_admin(bot, admin, languages)
        except TelegramError as error:
            log.warning("menus and descriptions stay as they were: %s", error)

    async def _tell_menus(self, bot: Bot, code: str, language: str) -> None:
        everybody = self._commands(language, admin=False)
        await _set_menu(bot, BotCommandScopeAllPrivateChats(), code, everybody)
        in_groups = self._commands(language, admin=False, groups=True)
        await _set_menu(bot, BotCommandScopeAllGroupChats(), code, in_groups)

    async def _tell_admin(self, bot: Bot, admin: int, languages: Iterable[tuple[str, str]]) -> None:
        try:
            for code, language in languages:
                everything = self._commands(language, admin=True)
                await _set_menu(bot, BotCommandScopeChat(admin), code, everything)
        except BadRequest as error:
            # They have never written to the bot; their commands work all the same.
            log.info("no menu yet for an admin: %s", error)

    def _commands(self, language: str, admin: bool, groups: bool = False) -> list[BotCommand]:
        return [
            BotCommand(command.name, self._services.texts.say(command.about, language))
            for command in COMMANDS
            if (admin or not command.admin_only) and (command.in_groups or not groups)
        ]

    async def _tell_descriptions(self, bot: Bot, code: str, language: str) -> None:
        say = self._services.texts.say
        text = say("telegram_description", language)
        if (await bot.get_my_description(language_code=code or None)).description != text:
            await bot.set_my_description(text, language_code=code or None)
        short = say("telegram_short_description", language)
        told = await bot.get_my_short_description(language_code=code or None)
        if told.short_description != short:
            await bot.set_my_short_description(short, language_code=code or None)


async def _set_menu(
    bot: Bot, scope: BotCommandScope, code: str, commands: Iterable[BotCommand]
) -> None:
    wanted = tuple(commands)
    if await bot.get_my_commands(scope, language_code=code or None) != wanted:
        await bot.set_my_commands(wanted, scope, language_code=code or None)
