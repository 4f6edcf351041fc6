"""The reply's language: the question's, else the conversation's, the app's, the main one."""

import pytest
from talking import GERMAN, Chat, services_on, trilingual

from bot.dialogue.messages import Kind


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("who deals with screen overexposure?", "en"),
        ("qui s'occupe de la surexposition aux écrans ?", "fr"),
        ("c koi leur site", "fr"),
        ("jcherche kelkun pr les profs", "fr"),
        ("whats their website", "en"),
        ("merci", "fr"),
        ("thx", "en"),
        ("aide", "fr"),
        ("help", "en"),
        ("et pour les infirmières ?", "fr"),
        ("and for nurses?", "en"),
        ("droits de l'enfant", "fr"),
    ],
)
@pytest.mark.parametrize("client", ["en", "fr"])
async def test_a_clear_question_is_answered_in_its_language(
    text: str, language: str, client: str
) -> None:
    assert (await Chat(client_language=client).say(text)).language == language


@pytest.mark.parametrize("text", ["cofrade", "terra nova", "OVEO", "AMF ?", "ffec svp thanks"])
@pytest.mark.parametrize(
    ("before", "language"), [("who helps nurses?", "en"), ("qui aide les puéricultrices ?", "fr")]
)
async def test_an_unclear_message_keeps_the_conversations_language(
    text: str, before: str, language: str
) -> None:
    chat = Chat()
    await chat.say(before)
    assert (await chat.say(text)).language == language


async def test_one_word_keeps_the_conversations_language() -> None:
    chat = Chat()
    await chat.say("who helps nurses?")
    assert (await chat.say("pauvreté")).language == "en"


@pytest.mark.parametrize(
    ("client", "language"), [("fr", "fr"), ("fr-CA", "fr"), ("pt-br", "en"), (None, "en")]
)
async def test_a_first_unclear_message_is_answered_in_the_apps_language(
    client: str | None, language: str
) -> None:
    assert (await Chat(client_language=client).say("ffec")).language == language


async def test_a_chosen_language_stays_until_it_is_given_up() -> None:
    chat = Chat()
    assert (await chat.press("language:fr")).kind == Kind.LANGUAGE
    assert (await chat.say("who helps nurses?")).language == "fr"
    await chat.press("language:auto")
    assert (await chat.say("who helps nurses?")).language == "en"


async def test_asking_for_another_language_changes_a_chosen_one() -> None:
    chat = Chat()
    await chat.press("language:fr")
    reply = await chat.say("in english please")
    assert (reply.kind, reply.language) == (Kind.LANGUAGE, "en")
    assert (await chat.say("qui aide les puéricultrices ?")).language == "en"


@pytest.mark.parametrize(
    "text", ["french mayors", "les maires français", "qui aide les maires en français"]
)
async def test_a_question_that_mentions_a_language_is_still_a_question(text: str) -> None:
    assert (await Chat().say(text)).kind != Kind.LANGUAGE


async def test_a_question_may_ask_for_the_language_of_its_answer() -> None:
    reply = await Chat().say("who helps nurses? in french please")
    assert (reply.language, reply.answers[0].id) == ("fr", "anpde")


async def test_a_third_language_needs_only_its_texts() -> None:
    chat = Chat(services_on(GERMAN).dialogue)
    assert (await chat.say("Hallo!")).text == "Hallo! Wen suchen Sie?"
    found = await chat.say("Wer hilft, wenn mein Kind nur noch am Handy ist?")
    assert (found.language, found.answers[0].id) == ("de", "mediennetz")
    assert "Berät Familien" in found.text
    assert "mediennetz.example" in (await chat.say("ihre Webseite?")).text
    people = await chat.say("wer leitet das?")
    assert "Erika Mustermann: Vorsitzende" in people.text
    assert (await chat.say("vielen Dank")).text == "Gern geschehen!"


async def test_a_third_language_stands_beside_the_others() -> None:
    chat = Chat(trilingual().dialogue)
    german = await chat.say("Wer kümmert sich um die Gesundheit?")
    assert (german.language, german.kind) == ("de", Kind.ANSWERS)
    assert (await chat.say("der zweite")).language == "de"
    english = await chat.say("who is there for kids in front of a telly?")
    assert (english.language, english.answers[0].id) == ("en", "mediennetz")
    assert (await chat.say("auf Deutsch bitte")).kind == Kind.LANGUAGE
    assert "Ab jetzt" in (await chat.say("in german")).text


async def test_a_partner_without_the_language_is_shown_in_one_it_has() -> None:
    chat = Chat(trilingual().dialogue)
    await chat.press("language:fr")
    reply = await chat.press("card:stadtgesund")
    assert "Ein Netz von Städten" in reply.text
    assert "Gesundheit" in reply.text


async def test_a_sentence_missing_in_a_language_is_said_in_the_main_one() -> None:
    chat = Chat(trilingual().dialogue)
    await chat.press("language:de")
    assert (await chat.say("bist du ein Roboter?")).text.startswith("Yes, I’m a program.")
