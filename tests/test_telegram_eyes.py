"""The tests' eyes on Telegram tell apart what a person would tell apart."""

from __future__ import annotations

import pytest
from bot_api_server import Chat, Message, User
from telegram_eyes import Eyes, opened_eyes


@pytest.fixture(scope="module")
def eyes() -> Eyes:
    return opened_eyes()


def shown(text: str, *, label: str = "", bold: str = "") -> Message:
    """A message as the bot might have sent it."""
    content: dict[str, object] = {"text": text}
    if bold:
        place = {"offset": text.index(bold), "length": len(bold)}
        content["entities"] = [{"type": "bold", **place}]
    markup = {"inline_keyboard": [[{"text": label, "callback_data": "x"}]]} if label else None
    person = User(1, "Ana")
    return Message(1, Chat(1, "private", user=person), person, content, markup)


NOTHING = "I found no partner for that."


@pytest.mark.parametrize(
    ("message", "languages"),
    [
        (shown(NOTHING), {"en"}),
        (shown(NOTHING, label="All partners"), {"en"}),
        (shown(NOTHING, label="Tous les partenaires"), set()),
        (shown(f"{NOTHING}\n\nAucun de mes partenaires ne parle de « pneus »."), set()),
        (shown("Terra Nova\u00a0: https://tnova.fr"), {"fr"}),
        (shown("Terra Nova: https://tnova.fr"), {"en"}),
        (shown("Terra Nova"), {"en", "fr"}),
    ],
)
def test_a_mix_of_languages_is_seen(eyes: Eyes, message: Message, languages: set[str]) -> None:
    assert eyes.see(message).languages == languages


@pytest.mark.parametrize(
    ("text", "bold", "answers"),
    [
        ("Terra Nova\n\nA think tank.", "Terra Nova", ("terra-nova",)),
        ("3. Terra Nova\n\nA think tank.", "Terra Nova", ("terra-nova",)),
        ("Terra Nova\n\nA think tank.", "", ()),
        ("Did you mean Terra Nova?", "Terra Nova", ()),
        ("Terra Nova and more", "Terra", ()),
    ],
)
def test_a_partner_is_an_answer_where_its_name_begins_a_line_in_bold(
    eyes: Eyes, text: str, bold: str, answers: tuple[str, ...]
) -> None:
    assert eyes.see(shown(text, bold=bold)).answers == answers
