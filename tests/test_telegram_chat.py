"""In a private chat: questions, follow-ups, commands, edits, buttons; in both languages."""

from __future__ import annotations

import pytest
from running_bot import RunningBot

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
    assert "Nothing of you is left" in (await bot.asks(person, "/forget")).text
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


async def test_the_menu_speaks_the_persons_language(bot: RunningBot) -> None:
    server = bot.server
    await server.wait_until(lambda: len(server.profile.texts) == 5, what="telling menus")
    person = bot.newcomer("fr")
    assert server.menu_for(person)[:3] == ["start", "ask", "partners"]
    assert "reindex" not in server.menu_for(person)
    group = server.new_group("G", person)
    assert server.menu_for(person, group) == ["ask", "partners", "topics", "why", "help"]
    assert "français" in server.profile.texts["description", "fr"]
