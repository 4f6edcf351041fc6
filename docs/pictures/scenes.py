"""The conversations in the pictures, played with the real bot: what it says is its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot_api_server import BotApiServer, Chat, User
from drawing import Screen
from running_bot import RunningBot


@dataclass(frozen=True)
class Words:
    """What people say in one language."""

    typo: str
    follow_up: str
    several: str
    unknown: str
    inline: str
    group: str
    wondering: str
    wondering_still: str
    short: str
    command: str


WORDS = {
    "en": Words(
        typo="who deals with screan overexposure?",
        follow_up="their website?",
        several="who helps poor families?",
        unknown="best pizza in bordeaux",
        inline="children",
        group="Little Star nursery",
        wondering="Who works on screens?",
        wondering_still="And who works for the little ones?",
        short="screens",
        command="/ask who is against spanking?",
    ),
    "fr": Words(
        typo="qui soccupe de la surexpositon aux ecrans ?",
        follow_up="et leur site ?",
        several="qui aide les familles pauvres ?",
        unknown="la meilleure pizza de bordeaux",
        inline="enfants",
        group="Crèche Petite Étoile",
        wondering="Qui travaille sur les écrans ?",
        wondering_still="Et qui travaille pour les tout-petits ?",
        short="écrans",
        command="/ask qui lutte contre la fessée ?",
    ),
}


async def chat(bot: RunningBot, language: str) -> Screen:
    """A question with a typo, and the website of whom it found."""
    person = bot.server.new_user("Camille", language_code=language)
    await bot.asks(person, WORDS[language].typo)
    await bot.asks(person, WORDS[language].follow_up)
    return _private(bot.server, person, language)


async def card(bot: RunningBot, language: str) -> Screen:
    """All about one partner, its long text folded."""
    person = bot.server.new_user("Camille", language_code=language)
    answer = await bot.asks(person, WORDS[language].several)
    pressed = next(button.data for button in answer.buttons if button.data)
    told = await bot.presses(person, answer, pressed)
    return _private(bot.server, person, language, since=told.message_id)


async def nothing(bot: RunningBot, language: str) -> Screen:
    """No answer: it says so, and what it does know."""
    person = bot.server.new_user("Camille", language_code=language)
    await bot.asks(person, WORDS[language].unknown)
    return _private(bot.server, person, language)


async def inline(bot: RunningBot, language: str) -> Screen:
    """Typing the bot's name and a few words in a group."""
    server, said = bot.server, WORDS[language]
    group, camille, ines = _group(server, language)
    await server.send_text(group, ines, said.wondering_still)
    query = await server.answered(await server.send_inline_query(camille, said.inline))
    typed = f"@{server.bot.username} {said.inline}"
    messages = server.messages(group)
    return Screen(language, camille, group, server.bot, messages, typed, query.results[:4])


async def group(bot: RunningBot, language: str) -> Screen:
    """A result sent to a group, and a question asked there."""
    server, said = bot.server, WORDS[language]
    place, camille, ines = _group(server, language)
    await server.send_text(place, ines, said.wondering)
    query = await server.answered(await server.send_inline_query(camille, said.short))
    await server.choose_inline_result(query, query.results[0]["id"], place)
    await server.ask(ines, said.command, chat=place)
    return Screen(language, camille, place, server.bot, server.messages(place))


SCENES: Mapping[str, Callable[[RunningBot, str], Awaitable[Screen]]] = {
    "chat": chat,
    "card": card,
    "nothing": nothing,
    "inline": inline,
    "group": group,
}


def _group(server: BotApiServer, language: str) -> tuple[Chat, User, User]:
    camille = server.new_user("Camille", language_code=language)
    ines = server.new_user("Inès", language_code=language)
    return server.new_group(WORDS[language].group, camille, ines), camille, ines


def _private(server: BotApiServer, person: User, language: str, since: int = 0) -> Screen:
    messages = [one for one in server.messages(person) if one.message_id >= since]
    return Screen(language, person, server.chats[person.id], server.bot, messages)
