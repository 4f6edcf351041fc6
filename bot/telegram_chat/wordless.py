"""Photos, voices, stickers, contacts, places: a kind word for each, as the bot reads text only."""

from telegram import Message

_KINDS = {
    "photo": ("photo", "video", "animation", "paid_media", "story"),
    "voice": ("voice", "audio", "video_note"),
    "sticker": ("sticker", "dice", "game"),
    "contact": ("contact",),
    "location": ("location", "venue"),
}


def kind_word(message: Message) -> str:
    """The key of the sentence for what was sent."""
    for kind, fields in _KINDS.items():
        if any(getattr(message, field, None) for field in fields):
            return f"telegram_not_text_{kind}"
    return "telegram_not_text"
