"""Which function answers which method."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot_api import about_bot, answers, messages, pictures
from bot_api.telegram_state import TelegramState
from bot_api.wire import Call

METHODS: Mapping[str, Callable[[TelegramState, Call], Awaitable[Any]]] = {
    "getMe": about_bot.get_me,
    "logOut": about_bot.succeed,
    "close": about_bot.succeed,
    "getUpdates": about_bot.get_updates,
    "setWebhook": about_bot.set_webhook,
    "deleteWebhook": about_bot.delete_webhook,
    "getWebhookInfo": about_bot.get_webhook_info,
    "sendMessage": messages.send_message,
    "sendPhoto": pictures.send_photo,
    "sendDocument": messages.send_document,
    "sendChatAction": messages.send_chat_action,
    "editMessageText": messages.edit_message_text,
    "editMessageMedia": pictures.edit_message_media,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
    "setMessageReaction": messages.set_message_reaction,
    "getFile": messages.get_file,
    "answerCallbackQuery": answers.answer_callback_query,
    "answerInlineQuery": answers.answer_inline_query,
    "answerGuestQuery": answers.answer_guest_query,
    "setMyCommands": about_bot.set_my_commands,
    "getMyCommands": about_bot.get_my_commands,
    "deleteMyCommands": about_bot.delete_my_commands,
    "setMyName": about_bot.set_my_text,
    "getMyName": about_bot.get_my_text,
    "setMyDescription": about_bot.set_my_text,
    "getMyDescription": about_bot.get_my_text,
    "setMyShortDescription": about_bot.set_my_text,
    "getMyShortDescription": about_bot.get_my_text,
    "setChatMenuButton": about_bot.set_chat_menu_button,
    "getChatMenuButton": about_bot.get_chat_menu_button,
    "getChat": about_bot.get_chat,
    "getChatMember": about_bot.get_chat_member,
    "leaveChat": about_bot.leave_chat,
}
