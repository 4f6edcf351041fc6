"""In a private chat: questions, follow-ups, commands, edits, buttons; in both languages."""

from __future__ import annotations

import pytest
from running_bot import RunningBot, buttons

pytestmark = pytest.mark.asyncio(loop_scope="module")

COSE = "https://surexpositionecrans.org"
NAMES = {"en": "Collective on Screen Overexposure", "fr": "Collectif surexposition écrans"}
SUMMARIES = {"en": "dangers of exposing young children", "fr": "dangers de l’exposition"}
QUESTIONS = {
    "en": "who deals with screen overexposure?",
    "fr": "qui s'occupe de la surexposition aux écrans ?",
}


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_a_question_gets_the_partner_with_summary_and_link(
    bot: RunningBot, language: str
) -> None:
    answer = await bot.asks(bot.newcomer(language), QUESTIONS[language])
    assert NAMES[language] in answer.marked("bold")[0]
    assert SUMMARIES[language] in answer.text
    assert f"{COSE}/" in [button.url for button in answer.buttons]
    assert COSE in answer.text


async def test_the_answer_speaks_the_language_of_the_question(bot: RunningBot) -> None:
    answer = await bot.asks(bot.newcomer("fr"), QUESTIONS["en"])
    assert NAMES["en"] in answer.text


@pytest.mark.parametrize(("language", "words"), [("en", "their website?"), ("fr", "leur site ?")])
async def test_a_follow_up_is_understood(bot: RunningBot, language: str, words: str) -> None:
    person = bot.newcomer(language)
    await bot.asks(person, QUESTIONS[language])
    answer = await bot.asks(person, words)
    assert answer.links[0].startswith(COSE)
    assert answer.link_preview == {"url": COSE, "prefer_small_media": True}


async def test_people_do_not_share_a_conversation(bot: RunningBot) -> None:
    asker, other = bot.newcomer(), bot.newcomer()
    await bot.asks(asker, QUESTIONS["en"])
    answer = await bot.asks(other, "their website?")
    assert COSE not in answer.text


@pytest.mark.parametrize(
    ("language", "hello"), [("en", "Hello"), ("fr", "Bonjour"), ("de", "Hello")]
)
async def test_start_says_hello_in_the_persons_language(
    bot: RunningBot, language: str, hello: str
) -> None:
    answer = await bot.asks(bot.newcomer(language), "/start")
    assert answer.text.startswith(hello)
    assert "15" in answer.text


async def test_a_deep_link_opens_a_partner(bot: RunningBot) -> None:
    answer = await bot.asks(bot.newcomer("fr"), "/start p_cose")
    assert NAMES["fr"] in answer.text
    assert answer.link_preview == {"url": COSE, "prefer_small_media": True}


async def test_a_deep_link_opens_a_topic(bot: RunningBot) -> None:
    answer = await bot.asks(bot.newcomer(), "/start t_screens")
    assert NAMES["en"] in answer.text


@pytest.mark.parametrize("parameter", ["p_nobody", "t_nothing", "inline", "p_", "x" * 64])
async def test_a_deep_link_to_nowhere_says_hello(bot: RunningBot, parameter: str) -> None:
    assert (await bot.asks(bot.newcomer(), f"/start {parameter}")).text.startswith("Hello")


@pytest.mark.parametrize(("language", "word"), [("en", "Ask me"), ("fr", "Demandez-moi")])
async def test_help(bot: RunningBot, language: str, word: str) -> None:
    assert word in (await bot.asks(bot.newcomer(language), "/help")).text


async def test_the_pages_of_all_partners_turn_in_place(bot: RunningBot) -> None:
    person = bot.newcomer()
    first = await bot.asks(person, "/partners")
    names, count = first.text, 1
    while forward := [d for label, d in buttons(first).items() if label.startswith("More ▸")]:
        query = await bot.server.send_callback(person, first, forward[0])
        await bot.server.edited(first, after=count - 1)
        await bot.server.answered(query)
        names, count = names + first.text, count + 1
    assert count == 3
    assert all(name in names for name in ("AMF", "CoSE", "FNEJE", "OVEO", "Terra Nova"))
    assert len(bot.server.messages(person)) == 2, "the question and one message"


async def test_an_older_list_still_means_what_it_shows(bot: RunningBot) -> None:
    person = bot.newcomer()
    listed = await bot.asks(person, "/partners")
    await bot.asks(person, QUESTIONS["en"])
    await bot.server.send_callback(person, listed, "page:1")
    await bot.server.edited(listed)
    assert "6." in listed.text


async def test_a_partner_button_brings_its_card(bot: RunningBot) -> None:
    person = bot.newcomer()
    answer = await bot.asks(person, QUESTIONS["en"])
    card = await bot.presses(person, answer, "card:cose")
    assert "is made up of professionals" in card.text
    assert (await bot.asks(person, "their website?")).links[0].startswith(COSE)


async def test_a_topic_button_brings_its_partners(bot: RunningBot) -> None:
    person = bot.newcomer("fr")
    topics = await bot.asks(person, "/topics")
    listed = await bot.presses(person, topics, "topic:poverty")
    assert "ATD Quart Monde" in listed.text


async def test_an_edited_question_edits_its_answer(bot: RunningBot) -> None:
    person = bot.newcomer()
    sent = await bot.server.send_text(person, person, "who deals with poverty?")
    answer = await bot.server.answer_to(sent)
    assert "ATD" in answer.text
    await bot.server.edit_text(sent.message, QUESTIONS["en"])
    await bot.server.edited(answer)
    assert NAMES["en"] in answer.text
    assert len(bot.server.messages(person)) == 2
    assert COSE in (await bot.asks(person, "their website?")).text


async def test_an_edited_follow_up_means_what_it_followed(bot: RunningBot) -> None:
    person = bot.newcomer()
    await bot.asks(person, QUESTIONS["en"])
    sent = await bot.server.send_text(person, person, "tell me more")
    answer = await bot.server.answer_to(sent)
    await bot.asks(person, "who deals with poverty?")
    await bot.server.edit_text(sent.message, "their website?")
    await bot.server.edited(answer)
    assert COSE in answer.text


async def test_an_edit_that_changes_nothing_is_no_fault(bot: RunningBot) -> None:
    person = bot.newcomer()
    sent = await bot.server.send_text(person, person, QUESTIONS["en"])
    answer = await bot.server.answer_to(sent)
    await bot.server.edit_text(sent.message, QUESTIONS["en"])
    await bot.server.wait_for("editMessageText", person)
    assert answer.edits == 0
    assert (await bot.asks(person, "/help")).text


async def test_an_edited_question_without_its_answer_is_answered_anew(bot: RunningBot) -> None:
    person = bot.newcomer()
    sent = await bot.server.send_text(person, person, "who deals with poverty?")
    (await bot.server.answer_to(sent)).is_deleted = True
    again = await bot.server.edit_text(sent.message, QUESTIONS["en"])
    await bot.server.wait_until(lambda: len(bot.server.messages(person)) == 2)
    assert again.update
    assert NAMES["en"] in bot.server.messages(person)[-1].text


@pytest.mark.parametrize(("language", "word"), [("en", "only read text"), ("fr", "que le texte")])
async def test_what_is_no_text_gets_a_kind_word(bot: RunningBot, language: str, word: str) -> None:
    person = bot.newcomer(language)
    sent = await bot.server.send_document(person, person, "a.pdf", b"%PDF")
    assert word in (await bot.server.answer_to(sent)).text


async def test_an_album_is_answered_once(bot: RunningBot) -> None:
    person = bot.newcomer()
    chat = bot.server.start(person)
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9}]
    for number in (101, 102, 103):
        message = {"message_id": number, "date": 1, "chat": chat.json(), "from": person.json()}
        album = {"photo": photo, "media_group_id": "album"}
        await bot.server.push_update({"message": {**message, **album}})
    await bot.server.idle()
    await bot.asks(person, "/help")
    texts = [m.text for m in bot.server.messages(person) if m.sender is bot.server.bot]
    assert len([text for text in texts if "only read text" in text]) == 1


async def test_a_caption_is_a_question(bot: RunningBot) -> None:
    person = bot.newcomer()
    sent = await bot.server.send_document(person, person, "a", b"x", caption=QUESTIONS["en"])
    assert NAMES["en"] in (await bot.server.answer_to(sent)).text


async def test_a_chosen_language_stays_until_it_is_forgotten(bot: RunningBot) -> None:
    person = bot.newcomer("fr")
    choice = await bot.asks(person, "/language")
    await bot.server.send_callback(person, choice, "language:en")
    await bot.server.edited(choice)
    assert (await bot.asks(person, "/start")).text.startswith("Hello")
    assert "forgotten" in (await bot.asks(person, "/forget")).text
    assert (await bot.asks(person, "/start")).text.startswith("Bonjour")


async def test_a_language_is_chosen_by_name(bot: RunningBot) -> None:
    person = bot.newcomer("en")
    await bot.asks(person, "/language fr")
    assert (await bot.asks(person, "/start")).text.startswith("Bonjour")


async def test_privacy_and_forgetting(bot: RunningBot) -> None:
    person = bot.newcomer("fr")
    assert "/forget" in (await bot.asks(person, "/privacy")).text
    assert "rien à oublier" in (await bot.asks(bot.newcomer("fr"), "/forget")).text


@pytest.mark.parametrize("command", ["/nonsense", "/reindex", "/REINDEX", "/x_1 words"])
async def test_an_unknown_command(bot: RunningBot, command: str) -> None:
    name = command.split(maxsplit=1)[0].lower()
    answer = await bot.asks(bot.newcomer(), command)
    assert answer.text.startswith(f"I do not know the command {name}.")


@pytest.mark.parametrize("text", ["?", "*", "<b>&lt;", "🙂", "a" * 4096, "x\u202ey", "%s {0} {a}"])
async def test_any_text_gets_an_answer(bot: RunningBot, text: str) -> None:
    assert (await bot.asks(bot.newcomer(), text)).text


async def test_a_text_with_half_a_letter_gets_an_answer(bot: RunningBot) -> None:
    person = bot.newcomer()
    chat = bot.server.start(person)
    message = {"message_id": 1, "date": 1, "chat": chat.json(), "from": person.json()}
    await bot.server.push_update({"message": {**message, "text": "screens \ud83d"}})
    await bot.server.wait_for("sendMessage", person)


async def test_forged_button_data_gets_a_kind_answer(bot: RunningBot) -> None:
    person = bot.newcomer()
    answer = await bot.asks(person, "/help")
    for data in ("card:nobody", "page:99999999", "page:x", "reindex", "topic:<b>", "language:xx"):
        query = bot.server.add_query("callback", person, message=answer, text=data)
        body = {"id": query.id, "from": person.json(), "chat_instance": "1", "data": data}
        await bot.server.push_update({"callback_query": {**body, "message": answer.json()}})
        await bot.server.answered(query)
    assert (await bot.asks(person, "/start")).text.startswith("Hello")


async def test_the_menu_speaks_the_persons_language(bot: RunningBot) -> None:
    server = bot.server
    await server.wait_until(lambda: len(server.profile.texts) == 4, what="telling menus")
    person = bot.newcomer("fr")
    assert server.menu_for(person)[:3] == ["start", "ask", "partners"]
    assert "reindex" not in server.menu_for(person)
    group = server.new_group("G", person)
    assert server.menu_for(person, group) == ["ask", "partners", "topics", "help"]
    assert "français" in server.profile.texts["description", "fr"]
