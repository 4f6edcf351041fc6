"""Who and what there is: users, chats, messages; each knows its Bot API shape."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from bot_api.markup import Button, buttons_of
from bot_api.wire import Json, utf16_slice


@dataclass(eq=False)
class User:
    """Somebody on Telegram, perhaps the bot itself."""

    id: int
    first_name: str
    username: str = ""
    language_code: str = ""
    is_bot: bool = False
    has_blocked_bot: bool = False

    def json(self) -> Json:
        """A User object."""
        body: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            body["username"] = self.username
        if self.language_code:
            body["language_code"] = self.language_code
        return body


@dataclass(eq=False)
class Chat:
    """A chat; `bot_status` is the bot's place in it, `topics` the forum's by thread id."""

    id: int
    type: str
    title: str = ""
    user: User | None = None
    username: str = ""
    is_forum: bool = False
    bot_status: str = "member"
    statuses: dict[int, str] = field(default_factory=dict)
    topics: dict[int, Message] = field(default_factory=dict, repr=False)
    messages: dict[int, Message] = field(default_factory=dict, repr=False)
    last_id: int = 0
    upgraded_to: int = 0

    @property
    def is_private(self) -> bool:
        """True for a chat of one person with the bot."""
        return self.type == "private"

    def next_id(self) -> int:
        """The id of the next message here."""
        self.last_id += 1
        return self.last_id

    def json(self) -> Json:
        """A Chat object."""
        body: Json = {"id": self.id, "type": self.type}
        if self.user is not None:
            body["first_name"] = self.user.first_name
        else:
            body["title"] = self.title
        username = self.user.username if self.user else self.username
        if username:
            body["username"] = username
        if self.is_forum:
            body["is_forum"] = True
        return body


@dataclass(eq=False)
class Message:
    """A message as it stands now: edits change it, a deletion marks it."""

    message_id: int
    chat: Chat
    sender: User
    content: Json
    reply_markup: Json | None = None
    reply_to: Message | None = None
    thread_id: int | None = None
    via_bot: User | None = None
    inline_message_id: str | None = None
    link_preview: Json | None = None
    date: int = field(default_factory=lambda: int(time.time()))
    edit_date: int | None = None
    is_deleted: bool = False
    edits: int = 0
    reactions: list[Json] = field(default_factory=list)
    extra: Json = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What a person reads: the text or the caption."""
        return str(self.content.get("text", self.content.get("caption", "")))

    @property
    def entities(self) -> list[Json]:
        """The entities of the text or the caption."""
        found: list[Json] = self.content.get("entities") or self.content.get("caption_entities", [])
        return found

    @property
    def buttons(self) -> list[Button]:
        """The inline buttons under it, row by row."""
        return buttons_of(self.reply_markup)

    @property
    def links(self) -> list[str]:
        """Every address a person can open from it, in its text or its buttons."""
        links = [
            entity.get("url") or utf16_slice(self.text, entity["offset"], entity["length"])
            for entity in self.entities
            if entity["type"] in ("text_link", "url")
        ]
        return links + [button.url for button in self.buttons if button.url]

    def marked(self, kind: str) -> list[str]:
        """The parts of the text with an entity of this type."""
        return [
            utf16_slice(self.text, entity["offset"], entity["length"])
            for entity in self.entities
            if entity["type"] == kind
        ]

    def json(self, with_reply: bool = True) -> Json:
        """A Message object."""
        body: Json = {
            "message_id": self.message_id,
            "date": self.date,
            "chat": self.chat.json(),
            "from": self.sender.json(),
            **self.content,
            **self._options(),
            **self.extra,
        }
        if self.reply_to is not None and with_reply:
            body["reply_to_message"] = self.reply_to.json(with_reply=False)
        if self.thread_id is not None:
            body["message_thread_id"] = self.thread_id
            body["is_topic_message"] = True
        return body

    def _options(self) -> Json:
        options: Json = {}
        if self.reply_markup and "inline_keyboard" in self.reply_markup:
            options["reply_markup"] = self.reply_markup
        if self.edit_date:
            options["edit_date"] = self.edit_date
        if self.via_bot:
            options["via_bot"] = self.via_bot.json()
        if self.link_preview:
            options["link_preview_options"] = self.link_preview
        return options


def text_content(text: str, entities: list[Json] | tuple[Json, ...]) -> Json:
    """The content of a text message."""
    return {"text": text, "entities": list(entities)} if entities else {"text": text}


@dataclass(eq=False)
class Query:
    """Something the bot must answer soon and once: a button press, an inline or a guest query."""

    id: str
    user: User
    at: float = field(default_factory=time.monotonic)
    message: Message | None = None
    text: str = ""
    offset: str = ""
    answer: Json | None = None

    def is_open(self, lifetime: float) -> bool:
        """True while an answer is still wanted; `lifetime` in seconds."""
        return self.answer is None and time.monotonic() - self.at <= lifetime

    @property
    def results(self) -> list[Any]:
        """The results of an answered inline query."""
        return list((self.answer or {}).get("results", []))
