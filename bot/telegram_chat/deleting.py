"""Answers taken out of a group again, by those who may: who asked, and the group's admins."""

import logging

from telegram import Bot, ChatMember
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.telegram_chat.remembered import Post
from bot.telegram_chat.sending import persistent

log = logging.getLogger(__name__)


async def is_group_admin(bot: Bot, chat: int, person: int) -> bool:
    """Whether Telegram says now that somebody is an admin of a group; when it is silent, no."""
    try:
        member = await persistent(lambda: bot.get_chat_member(chat, person))
    except TelegramError as error:
        log.info("who is admin of a group could not be asked: %s", error)
        return False
    return member.status in (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


async def deleted(bot: Bot, post: Post) -> bool:
    """Deletes a message of the bot; False when Telegram does not let it, as after two days."""
    try:
        await persistent(lambda: bot.delete_message(post.chat, post.message))
    except (BadRequest, Forbidden) as error:
        log.info("an answer could not be deleted: %s", error)
        return "message to delete not found" in str(error).lower()
    return True
