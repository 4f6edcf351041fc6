"""Updates are read as the library reads them, whatever is in them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from telegram import Bot, Update

from bot.telegram_chat.reading import read_update, written

BOT = Bot("123456:" + "a" * 35)
PERSON = {"id": 5, "is_bot": False, "first_name": "Zoé 👩‍🏫", "language_code": "fr", "new": [1]}
CHAT = {"id": 5, "type": "private", "first_name": "Zoé 👩‍🏫", "new": {"a": 1}}
WORDS = {
    "message_id": 7,
    "from": PERSON,
    "chat": CHAT,
    "date": 1_764_444_444,
    "text": "écrans ? 👍",
}


@pytest.mark.parametrize(
    "update",
    [
        {"message": WORDS},
        {"edited_message": {**WORDS, "edit_date": 1_764_444_445}},
        {"message": {**WORDS, "new": True}},
        {"message": {**WORDS, "entities": [{"type": "bold", "offset": 0, "length": 6}]}},
        {"message": {**WORDS, "reply_to_message": {**WORDS, "message_id": 6}}},
        {"message": {k: v for k, v in WORDS.items() if k != "from"}},
        {"message": WORDS, "new": 1},
        {"callback_query": {"id": "1", "from": PERSON, "chat_instance": "1", "message": WORDS}},
        {"inline_query": {"id": "1", "from": PERSON, "query": "écrans", "offset": ""}},
    ],
)
def test_it_is_what_the_library_reads(update: dict[str, Any]) -> None:
    update = {"update_id": 3, **update}
    read, by_library = read_update(written(update), BOT), Update.de_json(update, BOT)
    assert read.to_dict() == by_library.to_dict()
    assert read.get_bot() is BOT
    if read.message:
        assert by_library.message
        assert (read.message.date, read.message.get_bot()) == (by_library.message.date, BOT)
        assert (read.effective_user, read.effective_chat) == (
            by_library.effective_user,
            by_library.effective_chat,
        )


def test_a_message_of_words_has_all_that_the_library_s_has() -> None:
    update = {"update_id": 3, "message": WORDS}
    read, by_library = read_update(written(update), BOT), Update.de_json(update, BOT)
    assert read == by_library
    assert read.message
    assert by_library.message
    for ours, theirs in ((read, by_library), (read.message, by_library.message)):
        assert isinstance(ours, type(theirs))
        names = [name for kind in type(theirs).__mro__ for name in getattr(kind, "__slots__", ())]
        assert {n: getattr(ours, n) for n in names} == {n: getattr(theirs, n) for n in names}
        with pytest.raises(AttributeError, match="can't be set"):
            ours.text = "other"
        with pytest.raises(AttributeError, match="nowhere"):
            getattr(ours, "nowhere")  # noqa: B009  a checker knows it too
        assert deepcopy(ours).to_dict() == theirs.to_dict()
    assert hash(read.message) == hash(read_update(written(update), BOT).message)


@pytest.mark.parametrize(
    "message",
    [
        {**WORDS, "date": "soon"},
        {**WORDS, "date": 10**15},
        {**WORDS, "date": 10**30},
        {**WORDS, "from": None},
        {**WORDS, "chat": 5},
        {**WORDS, "chat": {}},
        {**WORDS, "text": None},
        [],
    ],
)
def test_what_cannot_be_read_is_passed_over(message: object) -> None:
    assert read_update(written({"update_id": 3, "message": message}), BOT).update_id == 3


def test_half_letters_are_left_out() -> None:
    half = {**WORDS, "text": "a\ud83d", "from": {**PERSON, "first_name": "\udc00"}}
    read = read_update(written({"update_id": 3, "message": half}), BOT)
    assert read.message
    assert read.message.text == "a\ufffd"
    assert read.message.from_user
    assert read.message.from_user.first_name == "\ufffd"
