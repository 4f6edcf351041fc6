"""One pressed button: where it hangs, what it asks for, and whose it is."""

from dataclasses import dataclass

from telegram import MaybeInaccessibleMessage, Message, User

from bot.telegram_chat.remembered import Post
from bot.telegram_chat.thumbs import DELETE


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button: the message it hangs on, what it asks for, who pressed it."""

    message: MaybeInaccessibleMessage
    action: str
    person: User

    @property
    def post(self) -> Post:
        """Where it hangs."""
        return Post(self.message.chat.id, self.message.message_id)

    @property
    def question(self) -> int | None:
        """The message that was answered there, where the answer refers to it."""
        asked = self.message.reply_to_message if isinstance(self.message, Message) else None
        return asked.message_id if asked else None

    @property
    def thread(self) -> int | None:
        """The forum topic, where there is one."""
        if isinstance(self.message, Message) and self.message.is_topic_message:
            return self.message.message_thread_id
        return None


def is_asker(press: Press) -> bool:
    """Whether somebody asked what the message answers, as far as the message tells."""
    message = press.message
    asked = message.reply_to_message if isinstance(message, Message) else None
    if asked is None:
        # The question is gone: anybody may read on, but not everybody may delete.
        return press.action != DELETE
    # Who asks in a chat's name cannot be told apart from its other admins.
    return bool(asked.sender_chat) or asked.from_user == press.person
