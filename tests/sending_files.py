"""What tests of content by message share: files as an admin sends them, archives good and bad."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bot_api.people import Sent
from bot_api_server import Message, User
from running_bot import ADMIN, ROOT, RunningBot, buttons

WHALES = """\
name: {en: Friends of the Whales, fr: Les Amis des baleines}
website: https://whales.example.org
summary:
  en: They count the whales <b>&</b> sing with them.
  fr: Ils comptent les baleines et chantent avec elles.
topics: [health]
"""

SECOND_ADMIN = ADMIN + 1


def second_admin(bot: RunningBot, language: str = "en") -> User:
    """Another admin of BOT_ADMINS, where the bot was started with both."""
    known = bot.server.users.get(SECOND_ADMIN)
    return known or bot.server.new_user("Second", user_id=SECOND_ADMIN, language_code=language)


def shipped(name: str) -> str:
    """A file of the shipped content."""
    return (ROOT / "content" / name).read_text(encoding="utf-8")


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


async def sends(bot: RunningBot, user: User, name: str, data: str | bytes) -> Message:
    """What the bot says to a file in the private chat."""
    content = data.encode() if isinstance(data, str) else data
    return await bot.server.answer_to(await bot.server.send_document(user, user, name, content))


async def sends_album(bot: RunningBot, user: User, files: Mapping[str, str]) -> Message:
    """What the bot says to several files at once: an update each, with one group id."""
    group, sent = f"album {len(bot.server.calls)}", list[Sent]()
    with held_back(bot):
        for name, data in files.items():
            sent.append(await bot.server.send_document(user, user, name, data.encode()))
    for one in sent:
        one.message.extra["media_group_id"] = group
        await bot.server.push_update({"message": one.message.json()})
    return await bot.server.answer_to(sent[-1])


async def passes_on(bot: RunningBot, user: User, name: str, data: str) -> Message:
    """What the bot says to a file of somebody else that a person forwards."""
    with held_back(bot):
        sent = await bot.server.send_document(user, user, name, data.encode())
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Somebody"}
    sent.message.extra["forward_origin"] = origin
    await bot.server.push_update({"message": sent.message.json()})
    return await bot.server.answer_to(sent)


@contextmanager
def held_back(bot: RunningBot) -> Iterator[None]:
    """Meanwhile the bot is told of nothing that people send."""
    add = bot.server.updates.add
    bot.server.updates.add = lambda update: update  # type: ignore[method-assign]
    try:
        yield
    finally:
        bot.server.updates.add = add  # type: ignore[method-assign]


def action(offer: Message, verb: str = "apply") -> str:
    """What the button of an offer sends."""
    found = [data for data in buttons(offer).values() if data.startswith(f"/upload {verb} ")]
    assert found, offer.text
    return found[0]


async def applied(bot: RunningBot, user: User, offer: Message, until: str = "Done:") -> Message:
    """The message of an offer once its button has done its work."""
    await bot.server.answered(await bot.server.send_callback(user, offer, action(offer)))
    await bot.server.wait_until(lambda: until in offer.text, timeout=30, what=f"{until} in a text")
    return offer


async def forged(bot: RunningBot, user: User, where: Message, data: str) -> None:
    """Presses a button that never hung there."""
    query = bot.server.add_query("callback", user, message=where, text=data)
    await bot.server.push_update({
        "callback_query": {
            "id": query.id, "from": user.json(), "chat_instance": "1", "data": data,
            "message": where.json(),
        },
    })  # fmt: skip
    await bot.server.answered(query)
    await bot.server.idle()
