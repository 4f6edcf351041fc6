"""What answers and cards look like, and what can be done with them; kind words for the rest."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from running_bot import RunningBot, buttons
from talking import services_on

from bot.dialogue.naming import short_name

pytestmark = pytest.mark.asyncio(loop_scope="module")

COSE = "https://surexpositionecrans.org"
QUESTION = "who deals with screen overexposure?"
PHOTO = {"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9}
FILE = {"file_id": "a", "file_unique_id": "b"}
PERSON = {"phone_number": "+33600000000", "first_name": "A"}
STICKER = {**PHOTO, "type": "regular", "is_animated": False, "is_video": False}
VENUE = {"location": {"latitude": 1.0, "longitude": 2.0}, "title": "A", "address": "B"}


async def test_an_answer_shows_matched_words_in_bold_without_a_preview(bot: RunningBot) -> None:
    answer = await bot.asks(bot.newcomer(), "who deals with screens and their dangers?")
    bold = answer.marked("bold")
    assert any("Collective" in name for name in bold)
    assert any(word.lower() in ("screens", "screen", "dangers") for word in bold)
    assert answer.link_preview == {"is_disabled": True}
    assert any(label.endswith(": more") for label in buttons(answer))


async def test_a_card_folds_its_long_text_and_previews_its_website(bot: RunningBot) -> None:
    person = bot.newcomer()
    answer = await bot.asks(person, "who represents mayors?")
    card = await bot.presses(person, answer, "card:amf")
    assert len(card.marked("expandable_blockquote")[0]) > 800
    assert card.link_preview
    assert card.link_preview["url"].startswith("https://")


@pytest.mark.parametrize(("language", "label"), [("en", "Copy link"), ("fr", "Copier le lien")])
async def test_a_link_can_be_copied(bot: RunningBot, language: str, label: str) -> None:
    card = await bot.asks(bot.newcomer(language), "/start p_cose")
    assert [b.copies for b in card.buttons if b.text == label] == [COSE]


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_partner_can_be_shared_and_is_first_where_it_is(
    bot: RunningBot, language: str
) -> None:
    person = bot.newcomer(language)
    for partner in services_on().knowledge.content.partners:
        card = await bot.asks(person, f"/start p_{partner.id}")
        shared = [
            button["switch_inline_query_chosen_chat"]["query"]
            for row in (card.reply_markup or {})["inline_keyboard"]
            for button in row
            if "switch_inline_query_chosen_chat" in button
        ]
        assert shared == [short_name(partner, language)]
        query = await bot.server.send_inline_query(person, shared[0])
        assert (await bot.server.answered(query)).results[0]["id"] == f"p_{partner.id}"


@pytest.mark.parametrize("command", ["/start", "/help"])
async def test_examples_stand_on_buttons_and_nowhere_else(bot: RunningBot, command: str) -> None:
    person = bot.newcomer()
    answer = await bot.asks(person, command)
    asked = {label: data for label, data in buttons(answer).items() if data.startswith("ask:")}
    assert len(asked) == 3
    assert all(label not in answer.text for label in asked)
    label, data = next(iter(asked.items()))
    assert (await bot.presses(person, answer, data)).text, label


async def test_the_start_names_the_languages_of_the_content(bot: RunningBot) -> None:
    assert "English or French" in (await bot.asks(bot.newcomer(), "/start")).text
    assert "anglais ou français" in (await bot.asks(bot.newcomer("fr"), "/start")).text


async def test_all_partners_are_a_tidy_list_with_a_row_each(bot: RunningBot) -> None:
    answer = await bot.asks(bot.newcomer(), "/partners")
    title, names = answer.text.split("\n\n")
    assert "15" in title
    assert [line[:2] for line in names.split("\n")] == ["1.", "2.", "3.", "4.", "5."]
    rows = [b.row for b in answer.buttons if (b.data or "").startswith("card:")]
    assert rows == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("sent", "word"),
    [
        ({"photo": [PHOTO]}, "picture"),
        ({"sticker": STICKER}, "😊"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "😊"),
        ({"voice": {**FILE, "duration": 3}}, "cannot listen"),
        ({"audio": {**FILE, "duration": 3}}, "cannot listen"),
        ({"video_note": {**FILE, "duration": 3, "length": 9}}, "cannot listen"),
        ({"video": {**PHOTO, "duration": 3}}, "picture"),
        ({"document": FILE}, "only read text"),
        ({"contact": PERSON}, "no contacts"),
        ({"location": VENUE["location"]}, "where people are"),
        ({"venue": VENUE, "location": VENUE["location"]}, "where people are"),
    ],
)
async def test_what_is_no_text_gets_a_word_of_its_own(
    bot: RunningBot, sent: dict[str, Any], word: str
) -> None:
    person = bot.newcomer()
    chat = bot.server.start(person)
    message = {"message_id": 1, "date": 1, "chat": chat.json(), "from": person.json()}
    await bot.server.push_update({"message": {**message, **sent}})
    await bot.server.wait_for("sendMessage", person)
    assert word in bot.server.messages(person)[-1].text


async def test_joining_and_pinning_get_no_answer(bot: RunningBot) -> None:
    person = bot.newcomer()
    chat = bot.server.start(person)
    message = {"message_id": 1, "date": 1, "chat": chat.json(), "from": person.json()}
    await bot.server.push_update(
        {
            "message": {
                **message,
                "message_auto_delete_timer_changed": {"message_auto_delete_time": 60},
            }
        }
    )
    await bot.asks(bot.newcomer(), "/help")
    assert bot.server.messages(person) == []


async def test_the_bot_is_seen_typing_only_when_it_is_slow(bot: RunningBot) -> None:
    person = bot.newcomer()
    begun = asyncio.get_running_loop().time()
    await bot.asks(person, QUESTION)
    if asyncio.get_running_loop().time() - begun < 0.9:
        assert not bot.server.calls_to("sendChatAction", person)
    bot.server.delay("sendMessage", 2.0, times=1)
    await bot.asks(person, QUESTION)
    assert [c.text("action") for c in bot.server.calls_to("sendChatAction", person)] == ["typing"]


async def test_telegram_is_told_of_the_bot_by_language_and_by_scope(bot: RunningBot) -> None:
    server = bot.server
    await server.wait_until(lambda: ("name", "fr") in server.profile.texts, what="its names")
    assert server.profile.texts["name", "fr"] == "Bot des partenaires"
    assert "anglais ou français" in server.profile.texts["description", "fr"]
    assert "English or French" in server.profile.texts["short_description", ""]
    default = ('{"type": "default"}', "fr")
    assert [c["command"] for c in server.profile.commands[default]][:1] == ["ask"]


async def test_an_admin_who_first_writes_after_the_start_gets_their_menu(bot: RunningBot) -> None:
    server, admin = bot.server, bot.admin("fr")
    assert "reindex" not in server.menu_for(admin)
    await bot.asks(admin, "/help")
    await server.wait_until(lambda: "reindex" in server.menu_for(admin), what="a menu")


async def test_an_older_list_turns_its_own_pages_after_another(bot: RunningBot) -> None:
    person = bot.newcomer()
    listed = await bot.asks(person, "/partners")
    await bot.asks(person, "/topics")
    await bot.asks(person, QUESTION)
    await bot.server.send_callback(person, listed, "partners:1")
    await bot.server.edited(listed)
    await bot.server.send_callback(person, listed, "partners:2")
    await bot.server.edited(listed, after=1)
    assert "15." in listed.text
    assert "surexpo" not in (await bot.asks(person, "the last one")).text.lower()
