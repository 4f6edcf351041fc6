"""Everything this Telegram knows: people, chats, messages, open questions, the bot's profile."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from bot_api.chats import Chat, Message, Query, User
from bot_api.updates import Updates
from bot_api.wire import ApiError, Json, Signal, bad_request


@dataclass(frozen=True)
class StoredFile:
    """A file somebody sent, to be fetched by its path."""

    file_id: str
    path: str
    name: str
    mime_type: str
    content: bytes

    def json(self) -> Json:
        """A File object."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.file_id[-12:],
            "file_size": len(self.content),
        }


@dataclass
class Profile:
    """What the bot told about itself; keys are (scope, language) or a language."""

    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)


class TelegramState:
    """The state behind the methods. Faults are refused in Telegram's words."""

    def __init__(self, token: str, username: str, first_name: str) -> None:
        self.token = token
        self.bot = User(int(token.partition(":")[0]), first_name, username, is_bot=True)
        self.reads_all_group_messages = False  # privacy mode is on, as BotFather leaves it
        self.supports_inline = True
        self.supports_guest = True
        self.inline_lifetime = 10.0
        self.callback_lifetime = 15.0
        self.signal = Signal()
        self.updates = Updates(self.signal)
        self.complaints: list[str] = []
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.inline_messages: dict[str, Message] = {}
        self.queries: dict[str, Query] = {}
        self.profile = Profile()

    def complain(self, finding: str) -> None:
        """Notes what Telegram would swallow in silence."""
        self.complaints.append(finding)

    def chat_of(self, chat_id: Any) -> Chat:
        """The chat a method names, by id or @name."""
        if chat_id in (None, ""):
            raise bad_request("chat_id is empty")
        if isinstance(chat_id, str):
            name = chat_id.lstrip("@").lower()
            found = [c for c in self.chats.values() if c.username.lower() == name]
            chat = found[0] if found else None
        else:
            chat = self.chats.get(chat_id)
        if chat is None or not (chat.bot_status != "never" or self._has_met(chat)):
            raise bad_request("chat not found")
        if chat.upgraded_to:
            raise ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                {"migrate_to_chat_id": chat.upgraded_to},
            )
        return chat

    def _has_met(self, chat: Chat) -> bool:
        """True when the bot shares a group with the person of this private chat."""
        shared = (c for c in self.chats.values() if c.bot_status in ("member", "administrator"))
        return any(chat.id in one.statuses for one in shared)

    def writable_chat(self, chat_id: Any) -> Chat:
        """The chat, if the bot may write there."""
        chat = self.chat_of(chat_id)
        if chat.user is not None and chat.user.has_blocked_bot:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if chat.bot_status == "never":
            raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
        if chat.bot_status == "kicked":
            raise ApiError(403, f"Forbidden: bot was kicked from the {chat.type} chat")
        if chat.bot_status == "left":
            raise ApiError(403, f"Forbidden: bot is not a member of the {chat.type} chat")
        return chat

    def message_of(self, chat: Chat, message_id: int, missing: str) -> Message:
        """A message still there, or a refusal saying `missing`."""
        message = chat.messages.get(message_id)
        if message is None or message.is_deleted:
            raise bad_request(missing)
        return message

    def open_query(self, query_id: str, kind: str, lifetime: float) -> Query:
        """A query that still waits for its answer."""
        query = self.queries.get(query_id)
        if query is None or not query_id.startswith(kind) or not query.is_open(lifetime):
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        return query

    def add_query(self, kind: str, user: User, **details: Any) -> Query:
        """A new query; its id begins with its kind."""
        query = Query(f"{kind}{secrets.randbelow(10**15):015}", user, **details)
        self.queries[query.id] = query
        return query

    def add_message(self, message: Message) -> Message:
        """Puts a message into its chat."""
        message.chat.messages[message.message_id] = message
        return message

    def add_file(self, folder: str, name: str, mime_type: str, content: bytes) -> StoredFile:
        """Keeps a file; its id is what Telegram would give."""
        number = len(self.files)
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        file_id = f"BQACAgQAAxkB{secrets.token_urlsafe(24)}{number:04}"
        path = f"{folder}/file_{number}.{suffix}"
        self.files[file_id] = StoredFile(file_id, path, name, mime_type, content)
        return self.files[file_id]
