"""The conversation as a whole: nothing repeated, nothing lost, nothing that fails."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from talking import Chat, services_on

from bot.dialogue.as_json import reply_json
from bot.dialogue.conversation import REMEMBERED, Conversation
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.messages import Incoming, Kind, Reply, Style
from content.models import Content
from index.findings import Answer, Findings, Why


def partners() -> list[str]:
    return sorted(p.id for p in services_on().knowledge.content.partners)


class Found:
    """Knowledge of the shipped content whose search finds always the same."""

    def __init__(self, findings: Findings) -> None:
        self.content: Content = services_on().knowledge.content
        self._findings = findings

    async def find(self, question: str, limit: int = 5) -> Findings:
        return replace(self._findings, question=question)


def dialogue_that_finds(findings: Findings) -> Dialogue:
    services = services_on()
    translations = services.knowledge.generation.translations
    return Dialogue(services.texts, translations, Found(findings))


def bold(reply: Reply) -> set[str]:
    return {s.text for p in reply.paragraphs for s in p if s.style is Style.BOLD}


async def test_paging_shows_everybody_once_and_says_when_that_was_all() -> None:
    chat = Chat()
    seen = [a.id for a in (await chat.say("list all partners")).answers]
    while (reply := await chat.say("more")).answers:
        seen += [a.id for a in reply.answers]
    assert sorted(seen) == partners()
    assert reply.kind == Kind.MORE
    assert reply.text != (await chat.say("more")).text


async def test_pages_go_back_and_forth_with_buttons() -> None:
    chat = Chat()
    first = await chat.press("partners")
    second = await chat.press("page:1")
    assert [a.id for a in second.answers] != [a.id for a in first.answers]
    assert (await chat.press("page:0")).answers == first.answers
    assert (await chat.press("page:999999")).answers


async def test_numbers_count_on_over_pages() -> None:
    chat = Chat()
    await chat.say("list all partners")
    second = await chat.say("next")
    assert (await chat.say("6")).answers[0].id == second.answers[0].id


async def test_a_place_beyond_the_list_says_how_many_there_are() -> None:
    chat = Chat()
    await chat.say("who fights poverty")
    assert "2" in (await chat.say("the fifth one")).text


async def test_related_partners_are_never_called_answers() -> None:
    chat = Chat()
    await chat.say("les droits de l'enfant")
    related = await chat.say("d'autres ?")
    assert related.kind == Kind.MORE
    assert related.text.startswith("Personne d’autre n’y répond directement")


async def test_small_talk_is_not_repeated_word_for_word() -> None:
    chat = Chat()
    assert (await chat.say("thanks")).text != (await chat.say("thanks")).text
    assert (await chat.say("tell me a joke")).text != (await chat.say("tell me a joke")).text


async def test_small_talk_does_not_lose_the_thread() -> None:
    chat = Chat()
    await chat.say("who helps paediatric nurses")
    await chat.say("thanks")
    assert "anpde.asso.fr" in (await chat.say("their website?")).text


async def test_a_question_without_answer_does_not_lose_the_partner_talked_about() -> None:
    chat = Chat()
    await chat.say("terra nova")
    assert (await chat.say("capital of spain?")).missed
    assert "tnova.fr" in (await chat.say("their website?")).text


async def test_half_an_hour_later_nothing_is_leant_on() -> None:
    chat = Chat()
    await chat.say("terra nova")
    assert (await chat.say("their website?", later=REMEMBERED + 1)).kind == Kind.HELP


async def test_a_partner_without_website_is_given_none() -> None:
    chat = Chat()
    await chat.say("dipp")
    reply = await chat.say("their website?")
    assert reply.kind == Kind.LINK
    assert "http" not in reply.text


async def test_matched_words_are_bold_and_corrections_are_said() -> None:
    reply = await Chat().say("who knows about overexposre of children to screens?")
    assert {"screens", "children"} <= bold(reply)
    assert "I read “overexposre” as “overexposure”." in reply.text


async def test_meanings_are_said_in_the_readers_language() -> None:
    reply = await Chat().say("qui aide les gamins accros à la télé ?")
    assert "→" in reply.text
    assert "child" not in reply.text


async def test_an_answer_is_explained_when_asked() -> None:
    chat = Chat()
    await chat.say("who helps paediatric nurses")
    reply = await chat.say("why?")
    assert "“paediatric”" in reply.text or "“paediatric nurses”" in reply.text
    assert [a.id for a in reply.answers] == ["anpde"]


async def test_two_needs_are_told_apart() -> None:
    reply = await Chat().say("someone for screens and someone for poverty")
    assert [a.id for a in reply.answers][:2] == ["cose", "dipp"]
    assert "For “screens”" in reply.text
    assert "For “poverty”" in reply.text


async def test_one_partner_that_covers_both_needs_is_one_answer() -> None:
    reply = await Chat().say("which partner deals with cities and health?")
    assert reply.answers[0].id == "villes-sante-oms"
    assert "For “" not in reply.text


async def test_the_closest_partner_is_offered_and_yes_takes_it() -> None:
    doubtful = Findings("q", doubtful=(Answer("amf", 0.4, Why()),), words=("burgomasters",))
    chat = Chat(dialogue_that_finds(doubtful))
    reply = await chat.say("any burgomasters?")
    assert (reply.kind, reply.missed, reply.answers) == (Kind.NOTHING, True, ())
    assert "Did you mean Association of the Mayors of France (AMF)?" in reply.text
    card = await chat.say("yes")
    assert (card.kind, card.answers[0].id) == (Kind.CARD, "amf")


async def test_comparing_shows_both_in_their_own_words() -> None:
    reply = await Chat().say("what's the difference between AMF and France Urbaine?")
    content = services_on().knowledge.content
    for partner_id in ("amf", "france-urbaine"):
        partner = content.partner(partner_id)
        assert partner
        assert partner.summary["en"] in reply.text


@pytest.mark.parametrize(
    "action",
    ["", ":", "card:", "card:nobody", "page:", "page:-1", "page:x", "page:9999999999", "topic:no",
     "language:", "language:xx", "ask:", "ask: ", "what", "x" * 500, "card:\x00", "link:é"],
)  # fmt: skip
async def test_every_button_gets_a_kind_reply(action: str) -> None:
    assert (await Chat().press(action)).text


@given(st.text(max_size=80))
@settings(deadline=None)
async def test_any_action_gets_a_reply(action: str) -> None:
    assert (await Chat().press(action)).text


@given(st.lists(st.text(max_size=200), min_size=1, max_size=3))
@settings(deadline=None, max_examples=60)
async def test_any_messages_get_replies(messages: list[str]) -> None:
    chat = Chat()
    for message in messages:
        reply = await chat.say(message)
        assert reply.text
        assert reply_json(reply, services_on().knowledge.content)["kind"] == reply.kind.value


async def test_buttons_fit_telegrams_64_bytes_and_lead_somewhere() -> None:
    chat = Chat()
    said = ["hello", "help", "children's rights", "the second one", "list", "topics", "why?"]
    said += ["pauvreté et écrans", "is greenpeace a partner?", "more", "who runs it?", "/x", "joke"]
    for text in said:
        reply = await chat.say(text)
        for button in (b for row in reply.buttons for b in row):
            ways = [button.action, button.url, button.copy, button.share]
            assert sum(way is not None for way in ways) == 1
            if button.action:
                assert len(button.action.encode()) <= 64
                assert (await Chat().press(button.action)).kind != Kind.ERROR


async def test_pages_that_commands_share_are_those_of_the_conversation() -> None:
    dialogue = services_on().dialogue
    conversation = Conversation(language="fr")
    for action, reply in {
        "start": dialogue.start("fr"),
        "help": dialogue.help("fr"),
        "partners": dialogue.partners("fr"),
        "topics": dialogue.topics("fr"),
        "topic:health": dialogue.topic("health", "fr"),
        "card:amf": dialogue.card("amf", "fr"),
        "languages": dialogue.language_choice("fr"),
        "card:nobody": dialogue.card("nobody", "fr"),
    }.items():
        pressed, _ = await dialogue.press(action, Incoming(""), conversation)
        assert pressed == reply
