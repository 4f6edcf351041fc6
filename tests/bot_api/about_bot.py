"""Methods about the bot itself and its chats: profile, command menus, membership, webhook."""

from __future__ import annotations

import json
import re
from typing import Any

from bot_api.chats import Chat, User
from bot_api.telegram_state import TelegramState
from bot_api.updates import KINDS, Webhook, check_webhook_url
from bot_api.wire import Call, Json, bad_request, check_fields, utf16_length

SCOPES: dict[str, tuple[str, ...]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
LIMITS = {"name": 64, "description": 512, "short_description": 120}
RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages",
    "can_manage_video_chats", "can_restrict_members", "can_promote_members", "can_change_info",
    "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
)  # fmt: skip


async def get_me(state: TelegramState, call: Call) -> Any:
    """getMe."""
    return {
        **state.bot.json(),
        "can_join_groups": True,
        "can_read_all_group_messages": state.reads_all_group_messages,
        "supports_inline_queries": state.supports_inline,
        "supports_guest_queries": state.supports_guest,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def succeed(state: TelegramState, call: Call) -> Any:
    """logOut and close: nothing to do here."""
    return True


async def get_updates(state: TelegramState, call: Call) -> Any:
    """getUpdates."""
    state.updates.allow(_kinds(state, call))
    return await state.updates.poll(
        call.number("offset"), call.number("limit", 100), min(call.number("timeout"), 50)
    )


def _kinds(state: TelegramState, call: Call) -> list[str] | None:
    kinds: list[str] | None = call.params.get("allowed_updates")
    for kind in set(kinds or ()) - set(KINDS):
        state.complain(f"allowed_updates: there is no kind {kind!r}")
    return kinds


async def set_webhook(state: TelegramState, call: Call) -> Any:
    """setWebhook: https on Telegram's ports, or a loopback address."""
    url, secret = call.text("url"), call.text("secret_token")
    if not url:
        return await delete_webhook(state, call)
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    check_webhook_url(url)
    state.updates.allow(_kinds(state, call))
    if call.params.get("drop_pending_updates"):
        state.updates.pending.clear()
    connections = min(max(call.number("max_connections", 40), 1), 100)
    state.updates.set_webhook(Webhook(url, secret, connections, call.text("ip_address")))
    return True


async def delete_webhook(state: TelegramState, call: Call) -> Any:
    """deleteWebhook: what was not taken waits for getUpdates."""
    state.updates.set_webhook(None)
    if call.params.get("drop_pending_updates"):
        state.updates.pending.clear()
    return True


async def get_webhook_info(state: TelegramState, call: Call) -> Any:
    """getWebhookInfo."""
    webhook = state.updates.webhook
    info: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(state.updates.pending),
    }
    if webhook:
        info["max_connections"] = webhook.max_connections
        if webhook.ip_address:
            info["ip_address"] = webhook.ip_address
        if webhook.last_error_message:
            info["last_error_date"] = webhook.last_error_date
            info["last_error_message"] = webhook.last_error_message
    if state.updates.allowed:
        info["allowed_updates"] = state.updates.allowed
    return info


def _menu(state: TelegramState, call: Call) -> tuple[str, str]:
    scope = call.params.get("scope") or {"type": "default"}
    kind = scope.get("type")
    if kind not in SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    check_fields(scope, ("type", *SCOPES[kind]), "BotCommandScope", state.complain)
    if "chat_id" in SCOPES[kind]:
        state.chat_of(scope.get("chat_id"))
    return json.dumps(scope, sort_keys=True), _language(call)


def _language(call: Call) -> str:
    language = call.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return language


async def set_my_commands(state: TelegramState, call: Call) -> Any:
    """setMyCommands: at most 100 commands of [a-z0-9_]{1,32}, described in 1 to 256."""
    commands = call.params["commands"]
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        check_fields(command, ("command", "description"), "BotCommand", state.complain)
        if not re.fullmatch(r"[a-z0-9_]{1,32}", str(command.get("command", ""))):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= utf16_length(str(command.get("description", "")).strip()) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    state.profile.commands[_menu(state, call)] = commands
    return True


async def get_my_commands(state: TelegramState, call: Call) -> Any:
    """getMyCommands: exactly this scope and language, [] when never set."""
    return state.profile.commands.get(_menu(state, call), [])


async def delete_my_commands(state: TelegramState, call: Call) -> Any:
    """deleteMyCommands."""
    state.profile.commands.pop(_menu(state, call), None)
    return True


def _profile_name(call: Call) -> str:
    words = re.findall("[A-Z][a-z]+", call.method)[1:]
    return "_".join(words).lower()


async def set_my_text(state: TelegramState, call: Call) -> Any:
    """setMyName, setMyDescription, setMyShortDescription; "" takes the text away."""
    name = _profile_name(call)
    text = call.text(name)
    if utf16_length(text) > LIMITS[name]:
        raise bad_request(f"bot {name.replace('_', ' ')} is too long")
    state.profile.texts[name, _language(call)] = text
    return True


async def get_my_text(state: TelegramState, call: Call) -> Any:
    """getMyName, getMyDescription, getMyShortDescription: the language's, else the default."""
    name, texts = _profile_name(call), state.profile.texts
    fallback = state.bot.first_name if name == "name" else ""
    return {name: texts.get((name, _language(call))) or texts.get((name, "")) or fallback}


async def set_chat_menu_button(state: TelegramState, call: Call) -> Any:
    """setChatMenuButton: commands, default or a web app, for one chat or for all (0)."""
    button = call.params.get("menu_button") or {"type": "default"}
    check_fields(button, ("type", "text", "web_app"), "MenuButton", state.complain)
    if button.get("type") not in ("commands", "default", "web_app"):
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    if call.number("chat_id"):
        state.chat_of(call.number("chat_id"))
    state.profile.menu_buttons[call.number("chat_id")] = button
    return True


async def get_chat_menu_button(state: TelegramState, call: Call) -> Any:
    """getChatMenuButton."""
    buttons = state.profile.menu_buttons
    return buttons.get(call.number("chat_id")) or buttons.get(0) or {"type": "default"}


async def get_chat(state: TelegramState, call: Call) -> Any:
    """getChat: a ChatFullInfo with the fields that are never left out."""
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    return {
        **state.writable_chat(call.params.get("chat_id")).json(),
        "accent_color_id": 1,
        "max_reaction_count": 11,
        "accepted_gift_types": {**dict.fromkeys(gifts, True), "gifts_from_channels": True},
    }


async def get_chat_member(state: TelegramState, call: Call) -> Any:
    """getChatMember: the place of a user, or of the bot itself, in a chat."""
    chat = state.writable_chat(call.params.get("chat_id"))
    user_id = call.number("user_id")
    user = state.bot if user_id == state.bot.id else state.users.get(user_id)
    if user is None:
        raise bad_request("invalid user_id specified")
    return member_json(chat, user, is_bot=user is state.bot)


def member_json(chat: Chat, user: User, is_bot: bool) -> Json:
    """A ChatMember object."""
    status = chat.bot_status if is_bot else chat.statuses.get(user.id, "left")
    body: Json = {"status": status, "user": user.json()}
    if status == "administrator":
        body.update(dict.fromkeys(RIGHTS, True), can_be_edited=False, is_anonymous=False)
    if status == "creator":
        body["is_anonymous"] = False
    if status == "kicked":
        body["until_date"] = 0
    return body


async def leave_chat(state: TelegramState, call: Call) -> Any:
    """leaveChat: groups only."""
    chat = state.writable_chat(call.params.get("chat_id"))
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_status = "left"
    return True
