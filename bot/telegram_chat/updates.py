"""From what Telegram sends to what somebody said to the bot, and where."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from telegram import Chat, Message, MessageEntity, User

from bot.commands.commands import Spoken, spoken
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Incoming
from bot.records.kinds import ChatKind
from bot.telegram_chat.plain_text import whole_letters
from bot.telegram_chat.remembered import Place, Post
from bot.telegram_chat.sending import Spot


@dataclass(frozen=True, slots=True)
class Heard:
    """Something said to the bot: the words, whose conversation it is, and where answers go."""

    text: str
    place: Place
    post: Post
    client_language: str | None
    is_admin: bool
    in_group: bool
    thread: int | None
    """The forum topic, where there is one."""
    answers: int
    """The message that an answer in a group replies to: this one, or the one it asks about."""
    about: Post | None
    """The message it replies to."""

    @property
    def spot(self) -> Spot:
        """Where answers go; only in groups do they refer to what they answer."""
        return Spot(self.place.chat, self.answers if self.in_group else None, self.thread)

    @property
    def command(self) -> Spoken | None:
        """The command that it is, or None."""
        return spoken(self.text)

    @property
    def question(self) -> str:
        """The words without a command before them."""
        return self.command.arguments if self.command else self.text

    def incoming(self, conversation: Conversation, now: float) -> Incoming:
        """What the dialogue is given."""
        return Incoming(self.text, conversation.chosen, self.client_language, now)


def chat_kind(chat: Chat) -> ChatKind:
    """Which kind of chat it is, for the records."""
    return ChatKind.PRIVATE if chat.type == Chat.PRIVATE else ChatKind.GROUP


def heard(message: Message, bot: User, admins: Collection[int]) -> Heard | None:
    """What a message says to the bot; None when it is not meant for it, or says no words."""
    text = addressed(message, bot)
    return None if text is None else _heard(message, text, admins)


def shown(message: Message) -> Heard | None:
    """A photo, a voice message, a sticker … sent to the bot in private, without a word; or None."""
    is_private = message.chat.type == Chat.PRIVATE
    is_wordless = not (message.text or message.caption) and message.effective_attachment is not None
    return _heard(message, "", ()) if is_private and is_wordless else None


def filed(message: Message, admins: Collection[int]) -> Heard | None:
    """A file that an admin sends in private; one passed on is not the admin's own word. Or None."""
    is_private = message.chat.type == Chat.PRIVATE
    is_file = message.document is not None and message.animation is None
    person = message.from_user.id if message.from_user else None
    return _heard(message, "", admins) if is_private and is_file and person in admins else None


def _heard(message: Message, text: str, admins: Collection[int]) -> Heard | None:
    speaker, question = _speaker(message), anothers_question(message, text)
    if speaker is None:
        return None
    return Heard(
        text=whole_letters(f"/ask {question}" if question else text),
        place=Place(message.chat.id, speaker),
        post=Post(message.chat.id, message.message_id),
        client_language=message.from_user.language_code if message.from_user else None,
        is_admin=_is_admin(message, admins),
        in_group=message.chat.type != Chat.PRIVATE,
        thread=message.message_thread_id if message.is_topic_message else None,
        answers=message.reply_to_message.message_id
        if question and message.reply_to_message
        else message.message_id,
        about=_replied_to(message),
    )


def _replied_to(message: Message) -> Post | None:
    """The message it replies to; in a forum, the beginning of its topic is none."""
    asked = message.reply_to_message
    is_one = asked is not None and not asked.forum_topic_created
    return Post(message.chat.id, asked.message_id) if asked and is_one else None


def anothers_question(message: Message, text: str) -> str:
    """The words of somebody else's message that a bare "/ask" or "@bot" replies to."""
    command, asked = spoken(text), message.reply_to_message
    is_bare = command is not None and command.name == "ask" and not command.arguments
    if asked is None or not (is_bare or not text.strip()):
        return ""
    is_machine = asked.via_bot or (asked.from_user and asked.from_user.is_bot)
    return "" if is_machine else " ".join((asked.text or asked.caption or "").split())


def _speaker(message: Message) -> int | None:
    """Who speaks: a person, or a chat in whose name one speaks; None for bots and machines."""
    if message.is_automatic_forward or message.via_bot:
        return None
    if message.sender_chat:
        return message.sender_chat.id
    return message.from_user.id if message.from_user and not message.from_user.is_bot else None


def _is_admin(message: Message, admins: Collection[int]) -> bool:
    # Words of another, passed on by an admin, are not the admin's own.
    own = message.sender_chat is None and message.forward_origin is None
    return own and message.from_user is not None and message.from_user.id in admins


def addressed(message: Message, bot: User) -> str | None:
    """The words meant for the bot, without its name; None when they are for others."""
    text = message.text or message.caption or ""
    if not text.strip():
        return None
    command = spoken(text)
    if command:
        mine = (bot.username or "").casefold()
        return text if command.addressee.casefold() in ("", mine) else None
    if message.chat.type == Chat.PRIVATE:
        return text
    called = list(_calls(message, bot))
    for entity_text in called:
        text = text.replace(entity_text, " ", 1)
    answered = message.reply_to_message
    is_reply = answered is not None and answered.from_user == bot
    return " ".join(text.split()) if called or is_reply else None


def _calls(message: Message, bot: User) -> Iterator[str]:
    """Where a message calls the bot by name."""
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    parse = message.parse_entities if message.text else message.parse_caption_entities
    found = parse(kinds)
    for entity, text in found.items():
        if entity.user == bot or text.casefold() == f"@{bot.username}".casefold():
            yield text
