"""What people do: they write, press buttons, ask inline; each act becomes an update."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from typing import Any

from bot_api.about_bot import member_json
from bot_api.answers import name_inline, place_result
from bot_api.chats import Chat, Message, Query, User, text_content
from bot_api.entities import detect
from bot_api.messages import keep_upload
from bot_api.telegram_state import TelegramState
from bot_api.wire import Json, Upload, utf16_length


@dataclass(frozen=True)
class Sent:
    """What a person just sent; `update` is None when privacy mode keeps it from the bot."""

    message: Message
    update: Json | None

    @property
    def chat(self) -> Chat:
        """Where it was sent."""
        return self.message.chat


class People(TelegramState):
    """The tests' hands on the state: makes users and chats, acts for them."""

    def new_user(
        self, first_name: str, *, language_code: str = "en", username: str = "", user_id: int = 0
    ) -> User:
        """A user with a private chat the bot may write to only once they have written."""
        user = User(user_id or 5_000_001 + len(self.users), first_name, username, language_code)
        self.users[user.id] = user
        self.chats[user.id] = Chat(user.id, "private", user=user, bot_status="never")
        return user

    def start(self, user: User) -> Chat:
        """Lets the bot write to a user first, as after an old /start; nothing is sent."""
        self.chats[user.id].bot_status = "member"
        return self.chats[user.id]

    def new_group(
        self,
        title: str,
        *members: User,
        kind: str = "supergroup",
        is_forum: bool = False,
        bot_status: str = "member",
        username: str = "",
    ) -> Chat:
        """A group; the first member is its creator. `bot_status` as in ChatMember."""
        number = 1_000_001 + len(self.chats)
        chat_id = -number if kind == "group" else -1_000_000_000_000 - number
        chat = Chat(chat_id, kind, title, None, username, is_forum, bot_status)
        chat.statuses = {user.id: "member" for user in members}
        if members:
            chat.statuses[members[0].id] = "creator"
        self.chats[chat.id] = chat
        return chat

    def new_topic(self, chat: Chat, user: User, name: str) -> int:
        """A forum topic; its thread id."""
        assert chat.is_forum, "only a forum has topics"
        created = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        message = self.add_message(Message(chat.next_id(), chat, user, created))
        message.thread_id = message.message_id
        chat.topics[message.message_id] = message
        return message.message_id

    def upgrade(self, chat: Chat) -> Chat:
        """Makes a basic group a supergroup, as Telegram does, with a new id."""
        new = self.new_group(chat.title, bot_status=chat.bot_status)
        new.statuses, chat.upgraded_to = chat.statuses, new.id
        return new

    async def push_update(self, update: Json) -> Json:
        """Queues any update as it stands; it is numbered when it has no `update_id`."""
        return self.updates.add(update)

    async def send_text(
        self,
        chat: Chat | User,
        user: User,
        text: str,
        *,
        reply_to: Message | None = None,
        thread_id: int | None = None,
        date: int | None = None,
    ) -> Sent:
        """A text message, with the entities Telegram finds in it."""
        content = text_content(text, detect(text, []))
        where = self._chat(chat)
        return self._write(where, user, content, reply_to=reply_to, thread_id=thread_id, date=date)

    async def send_document(
        self,
        chat: Chat | User,
        user: User,
        name: str,
        data: bytes,
        *,
        caption: str = "",
        mime_type: str = "",
        reply_to: Message | None = None,
    ) -> Sent:
        """A file as a document."""
        file = keep_upload(self, "documents", Upload(name, mime_type, data))
        document = {**file.json(), "file_name": name, "mime_type": file.mime_type}
        content: Json = {"document": document}
        if caption:
            content["caption"] = caption
            if found := detect(caption, []):
                content["caption_entities"] = found
        return self._write(self._chat(chat), user, content, reply_to=reply_to)

    async def edit_text(self, message: Message, text: str) -> Sent:
        """The sender changes a message of theirs."""
        message.content = text_content(text, detect(text, []))
        message.edit_date = int(time.time())
        return self._deliver(message, "edited_message")

    def _chat(self, chat: Chat | User) -> Chat:
        return self.chats[chat.id]

    def _write(
        self,
        chat: Chat,
        user: User,
        content: Json,
        *,
        reply_to: Message | None,
        thread_id: int | None = None,
        date: int | None = None,
    ) -> Sent:
        if chat.is_private:
            chat.bot_status, user.has_blocked_bot = "member", False
        chat.statuses.setdefault(user.id, "member")
        if thread_id is not None:
            reply_to = reply_to or chat.topics[thread_id]
        message = Message(chat.next_id(), chat, user, content, None, reply_to, thread_id)
        message.date = date or message.date
        return self._deliver(self.add_message(message), "message")

    def _deliver(self, message: Message, kind: str) -> Sent:
        if message.chat.bot_status in ("left", "kicked") or not self._is_for_bot(message):
            return Sent(message, None)
        return Sent(message, self.updates.add({kind: message.json()}))

    def _is_for_bot(self, message: Message) -> bool:
        """Privacy mode: in groups only commands, replies to the bot, and what went via it."""
        chat = message.chat
        if chat.is_private or self.reads_all_group_messages or chat.bot_status == "administrator":
            return True
        if message.via_bot or (message.reply_to and message.reply_to.sender is self.bot):
            return True
        command = re.match(r"/\w+(?:@(\w+))?", message.text)
        mine = self.bot.username
        return command is not None and (command[1] or mine).lower() == mine.lower()

    async def send_callback(
        self, user: User, message: Message, data: str = "", *, text: str = ""
    ) -> Query:
        """Presses a callback button of a message by its data or its text; it must be there."""
        offered = [b for b in message.buttons if b.data is not None and not message.is_deleted]
        found = [b for b in offered if b.data == data or (text and b.text == text)]
        assert found, f"no button {data or text!r} among {[(b.text, b.data) for b in offered]}"
        query = self.add_query("callback", user, message=message, text=found[0].data or "")
        body: Json = {
            "id": query.id,
            "from": user.json(),
            "chat_instance": str(message.chat.id * 7919),
            "data": query.text,
        }
        if message.inline_message_id:
            body["inline_message_id"] = message.inline_message_id
        else:
            body["message"] = message.json()
        self.updates.add({"callback_query": body})
        return query

    async def send_inline_query(
        self, user: User, text: str, offset: str = "", *, chat_type: str = "supergroup"
    ) -> Query:
        """Types "@bot text" in some chat."""
        assert utf16_length(text) <= 256, "Telegram sends at most 256 letters"
        query = self.add_query("inline", user, text=text, offset=offset)
        body = {"id": query.id, "from": user.json(), "query": text, "offset": offset}
        self.updates.add({"inline_query": {**body, "chat_type": chat_type}})
        return query

    async def choose_inline_result(
        self, query: Query, result_id: str, chat: Chat | User
    ) -> Message:
        """Picks a result: its message goes to `chat` via the bot, and the bot is told."""
        found = [result for result in query.results if result["id"] == result_id]
        assert found, f"no result {result_id!r} among {[r['id'] for r in query.results]}"
        message = place_result(self, query, self._chat(chat), found[0])
        chosen: Json = {"result_id": result_id, "from": query.user.json(), "query": query.text}
        if found[0]["reply_markup"]:
            chosen["inline_message_id"] = name_inline(self, message)
        self.updates.add({"chosen_inline_result": chosen})
        if message.chat.bot_status in ("member", "administrator"):
            self.updates.add({"message": message.json()})
        return message

    async def send_guest_message(
        self, chat: Chat, user: User, text: str, *, reply_to: Message | None = None
    ) -> Query:
        """Mentions the bot where it is no member."""
        assert chat.bot_status in ("left", "kicked", "never"), "the bot is a member there"
        content = text_content(text, detect(text, []))
        message = Message(chat.next_id(), chat, user, content, None, reply_to)
        query = self.add_query("guest", user, message=self.add_message(message), text=text)
        self.updates.add({"guest_message": {**message.json(), "guest_query_id": query.id}})
        return query

    async def set_bot_status(self, chat: Chat | User, user: User, status: str) -> Json:
        """Somebody adds, promotes, removes ("kicked", "left") or, in private, blocks the bot."""
        place = self._chat(chat)
        old = member_json(place, self.bot, is_bot=True)
        if place.is_private:
            user.has_blocked_bot = status == "kicked"
            old["status"] = "member" if user.has_blocked_bot else "kicked"
        else:
            place.bot_status = status
        new = member_json(place, self.bot, is_bot=True)
        if place.is_private:
            new = {"user": self.bot.json(), "status": status, "until_date": 0}
        change: dict[str, Any] = {"chat": place.json(), "from": user.json()}
        change.update(date=int(time.time()), old_chat_member=old, new_chat_member=new)
        return self.updates.add({"my_chat_member": change})

    def menu_for(self, user: User, chat: Chat | User | None = None) -> list[str]:
        """The commands this person sees in the "/" menu there, by Telegram's order of scopes."""
        place = self._chat(chat or user)
        is_admin = place.statuses.get(user.id) in ("creator", "administrator")
        chat_scopes: list[Json] = [{"type": "chat", "chat_id": place.id}]
        scopes: list[Json] = [{"type": "all_private_chats"}]
        if not place.is_private:
            member = {"type": "chat_member", "chat_id": place.id, "user_id": user.id}
            admins = [{"type": "chat_administrators", "chat_id": place.id}] if is_admin else []
            chat_scopes = [member, *admins, *chat_scopes]
            scopes = [{"type": "all_chat_administrators"}] if is_admin else []
            scopes.append({"type": "all_group_chats"})
        for scope in [*chat_scopes, *scopes, {"type": "default"}]:
            for language in (user.language_code, ""):
                key = (json.dumps(scope, sort_keys=True), language)
                if self.profile.commands.get(key):
                    return [command["command"] for command in self.profile.commands[key]]
        return []
