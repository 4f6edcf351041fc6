"""Commands answer alike in every chat; those of admins exist for admins alone."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from talking import services_on, trilingual

from bot.commands.command import Asking
from bot.commands.commands import COMMANDS, Spoken, find_command, run_command, spoken
from bot.commands.reindex_report import names, report_reply, seconds
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Incoming, Reply
from bot.dialogue.voice import languages_named
from bot.reindexing import ReindexReport
from bot.services import AlreadyRunningError, Services
from content.problems import Problem, Severity

ASKED = Conversation(question="screens?", shown=("cose",), focus="cose", chosen="fr", at=1.0)


@pytest.fixture(scope="module")
def services() -> Services:
    return services_on()


async def run(services: Services, line: str, **more: Any) -> tuple[Reply, Conversation]:
    command = spoken(line)
    assert command
    incoming = Incoming(line, client_language=more.pop("language", "en"), now=2.0)
    asking = Asking(incoming, more.pop("conversation", Conversation()), command.arguments, **more)
    return await run_command(services, command.name, asking)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/start", Spoken("start", "", "")),
        ("  /Start p_cose ", Spoken("start", "", "p_cose")),
        ("/ask@some_bot who\nelse?", Spoken("ask", "some_bot", "who\nelse?")),
        ("/", None),
        ("/a/b", None),
        ("/über", None),
        ("who /start", None),
        ("/" + "x" * 33, None),
    ],
)
def test_what_is_a_command(text: str, command: Spoken | None) -> None:
    assert spoken(text) == command


def test_names_suit_telegram_and_are_told_apart() -> None:
    names_ = [command.name for command in COMMANDS]
    assert len(names_) == len(set(names_))
    assert all(spoken(f"/{name}") == Spoken(name, "", "") for name in names_)


def test_every_command_has_its_line_in_every_language(services: Services) -> None:
    for command in COMMANDS:
        for language in services.texts.languages:
            assert command.about in services.texts.keys(language)
            assert 3 <= len(services.texts.say(command.about, language)) <= 60


def test_commands_of_admins_do_not_exist_for_others() -> None:
    assert find_command("reindex", is_admin=False) is None
    assert find_command("reindex", is_admin=True)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("command", [c.name for c in COMMANDS if not c.admin_only])
async def test_every_command_answers_in_the_persons_language(
    services: Services, command: str, language: str
) -> None:
    reply, _ = await run(services, f"/{command}", language=language)
    assert reply.language == language
    assert reply.text
    assert "{" not in reply.text


async def test_an_unknown_command_is_shown_as_data(services: Services) -> None:
    reply, kept = await run(services, "/x y", conversation=ASKED)
    assert reply.text.startswith("Je ne connais pas la commande /x.")
    assert kept == ASKED


async def test_ask_answers_the_words_behind_it(services: Services) -> None:
    reply, kept = await run(services, "/ask who deals with screen overexposure?")
    assert reply.answers[0].id == "cose"
    assert kept.focus == "cose"


async def test_forget_leaves_nothing(services: Services) -> None:
    reply, kept = await run(services, "/forget", conversation=ASKED)
    assert "oublié notre conversation" in reply.text
    assert kept == Conversation()


async def test_a_reindex_tells_how_far_it_is_and_what_it_did(services: Services) -> None:
    told: list[str] = []

    async def tell(reply: Reply) -> None:
        told.append(reply.text)

    @dataclass
    class Slow(Services):
        async def reindex(self, progress: Any = None, asking: Any = None) -> ReindexReport:
            for done in range(1, 4):
                progress(done, 3)
                await asyncio.sleep(0.7)
            return ReindexReport(added=("cose",), partners=15, seconds=2.1, done=True)

    slow = Slow(**{name: getattr(services, name) for name in services.__dataclass_fields__})
    reply, _ = await run(slow, "/reindex", is_admin=True, tell=tell, language="fr")
    assert told[0] == "Indexation\u00a0: 2 sur 3…"
    assert len(told) <= 2
    assert reply.text.startswith("C’est fait\u00a0: 15 partenaires, 2,1 s.")
    assert "Ajoutés\u00a0: Collectif surexposition écrans (CoSE)" in reply.text


async def test_a_second_reindex_says_since_when_one_runs(services: Services) -> None:
    @dataclass
    class Busy(Services):
        async def reindex(self, progress: Any = None, asking: Any = None) -> ReindexReport:
            raise AlreadyRunningError(since=1_000_000.0)

    busy = Busy(**{name: getattr(services, name) for name in services.__dataclass_fields__})
    reply, _ = await run(busy, "/reindex", is_admin=True)
    assert "has been running since" in reply.text


def test_a_refusal_lists_problems_by_their_place(services: Services) -> None:
    path = services.content_folder / "partners" / "x.yaml"
    problem = Problem(path, 3, 5, "has no name: add one")
    mild = replace(problem, severity=Severity.WARNING, message="only a warning")
    report = ReindexReport(problems=(problem, mild, *[problem] * 20), failure="disk full")
    text = report_reply(services, report, services.knowledge.content, "en").text
    assert text.startswith("Nothing was changed: there are 22 problems to mend.")
    assert "content/partners/x.yaml:3:5: has no name: add one" in text
    assert "only a warning" not in text
    assert "… and 6 more." in text
    assert "disk full" in text


def test_many_names_are_cut(services: Services) -> None:
    content, ids = services.knowledge.content, [p.id for p in services.knowledge.content.partners]
    assert names(services.texts, ids * 2, content, "en").endswith("and 10 others")


def test_seconds_as_the_language_writes_them() -> None:
    assert (seconds(0.84, "en"), seconds(0.84, "fr")) == ("0.8", "0,8")


def test_paths_are_short(services: Services, tmp_path: Path) -> None:
    report = ReindexReport(problems=(Problem(tmp_path / "a.yaml", 1, 1, "bad"),))
    assert str(tmp_path) in report_reply(services, report, services.knowledge.content, "en").text


def test_a_third_language_is_named_without_an_edit() -> None:
    texts = trilingual().texts
    assert sorted(languages_named(texts, "en").replace(",", "").split()) == [
        "English", "French", "German", "or",
    ]  # fmt: skip
    assert "Deutsch" in languages_named(texts, "de")
    assert "{languages}" in str(texts._find("start_how", "fr")[1])


async def test_without_records_privacy_and_forgetting_say_so(services: Services) -> None:
    reply, _ = await run(services, "/privacy", person=1)
    assert "memory only" in reply.text
    reply, kept = await run(services, "/forget", conversation=replace(ASKED, chosen="en"), person=1)
    assert "forgotten our conversation" in reply.text
    assert kept == Conversation()
