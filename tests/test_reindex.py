"""A reindex asks expected questions of old and new, tells which got worse, and can be undone."""

from __future__ import annotations

import asyncio
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from searching import library
from talking import services_on
from test_cli import copied, run

from bot.commands.command import Asking
from bot.commands.commands import run_command
from bot.commands.reindex_lines import report_lines
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Incoming
from bot.reindexing import ReindexReport, rebuilt
from bot.services import Services, open_services
from content.freshness import Freshness, freshness
from content.models import Content
from content.translations import load_translations
from index.engine import Query, SearchResults
from index.expected import Comparison, Expectation, expectations, sample
from index.folder_library import FolderLibrary
from index.library import VerificationError
from index.whoosh_engine import WhooshEngine, WhooshFactory

WHALES = """\
name: {en: Whale Watch}
summary: {en: They sing with whales.}
keywords: {en: [humpback, orca]}
questions: {en: [where is the orca, who watches a humpback]}
verified_on: 2020-02-01
"""
PIGEONS = """\
name: {en: Pigeon Post}
summary: {en: They train pigeons for letters.}
questions: {en: [who sends letters by pigeon, who repairs steam engines]}
"""


def small(folder: Path, **partners: str) -> Path:
    (folder / "partners").mkdir(parents=True, exist_ok=True)
    for name, text in partners.items():
        (folder / "partners" / f"{name}.yaml").write_text(text)
    return folder


def reindexed(folder: Path, services: Services) -> ReindexReport:
    return asyncio.run(services.reindex())


def test_questions_that_got_worse_better_or_are_new_are_named(tmp_path: Path) -> None:
    folder = small(tmp_path / "content", whales=WHALES)
    services = open_services(folder, library(tmp_path / "index"))
    small(folder, whales=WHALES.replace("orca]}\nq", "dolphin]}\nq"), pigeons=PIGEONS)
    found = reindexed(folder, services).expected
    assert found
    assert (found.asked, found.total, found.right, found.right_before) == (4, 4, 2, 2)
    assert found.worse == (Expectation("whales", "where is the orca"),)
    assert found.better == ()
    assert found.missed == (Expectation("pigeons", "who repairs steam engines"),)
    small(folder, whales=WHALES)
    found = reindexed(folder, services).expected
    assert found
    assert found.better == (Expectation("whales", "where is the orca"),)
    assert (found.worse, found.missed) == ((), ())


def test_worse_answers_do_not_keep_the_new_content_out(tmp_path: Path) -> None:
    folder = small(tmp_path / "content", whales=WHALES)
    services = open_services(folder, library(tmp_path / "index"))
    small(folder, whales=WHALES.replace("[humpback, orca]", "[dolphin]"))
    report = reindexed(folder, services)
    assert report.done
    assert report.expected
    assert report.expected.right == 0
    assert services.knowledge.content.partners[0].keywords["en"] == ("dolphin",)


def test_the_questions_are_asked_before_the_switch(tmp_path: Path) -> None:
    folder, shelf = small(tmp_path / "content", whales=WHALES), library(tmp_path / "index")
    rebuilt(folder, shelf, None)
    name, seen = shelf.current_name(), []
    rebuilt(folder, shelf, shelf.current(), asking=lambda *_: seen.append(shelf.current_name()))
    assert seen == [name, name]
    assert shelf.current_name() != name


class Mute(WhooshEngine):
    """An index that opens and cannot answer."""

    def search(self, query: Query) -> SearchResults:
        raise ZeroDivisionError


class Muted(WhooshFactory):
    """Builds as ever; another process can have it too, as that is where a reindex builds."""

    def open(self, folder: Path) -> Mute:
        return Mute(folder)


def test_an_index_that_cannot_answer_is_never_switched_to(tmp_path: Path) -> None:
    folder = small(tmp_path / "content", whales=WHALES)
    services = open_services(folder, library(tmp_path / "index"))
    name = services.library.current_name()
    services.library = FolderLibrary(tmp_path / "index", Muted())
    report = reindexed(folder, services)
    assert not report.done
    assert "cannot answer" in str(report.failure)
    assert services.library.current_name() == name


def test_a_very_large_content_is_sampled_the_same_way_each_time() -> None:
    wanted = [Expectation(f"p{n}", f"question {n}?") for n in range(300)]
    taken = sample(wanted, 40)
    assert len(taken) == 40
    assert list(taken) == [e for e in wanted if e in taken]
    assert set(sample(wanted[::-1], 40)) == set(taken)
    more = sample([*wanted, Expectation("new", "another?")], 40)
    assert len(set(more) & set(taken)) >= 39


def test_every_shipped_question_is_asked(tmp_path: Path) -> None:
    services = services_on()
    report = asyncio.run(services.reindex())
    assert report.expected
    content = services.knowledge.content
    assert report.expected.asked == len(expectations(content)) > 100
    assert report.expected.right >= 0.95 * report.expected.asked
    assert report.expected.right_before == report.expected.right


async def test_visitors_are_answered_all_the_while(tmp_path: Path) -> None:
    services = services_on()

    async def one() -> float:
        begun = time.perf_counter()
        assert (await services.knowledge.find("who deals with screen overexposure?")).found
        return time.perf_counter() - begun

    work = asyncio.create_task(services.reindex())
    took = []
    while not work.done():
        took.append(await one())
        await asyncio.sleep(0.01)
    assert (await work).done
    assert len(took) > 5
    assert sorted(took)[len(took) // 2] < 0.2


async def said(services: Services, words: str = "", language: str = "en") -> str:
    incoming = Incoming("/reindex", client_language=language, now=2.0)
    asking = Asking(incoming, Conversation(), words, is_admin=True)
    reply, _ = await run_command(services, "reindex", asking)
    return "\n".join("".join(span.text for span in p) for p in reply.paragraphs)


async def test_the_report_in_chat_names_questions_and_old_facts(tmp_path: Path) -> None:
    folder = small(tmp_path / "content", whales=WHALES)
    services = open_services(folder, library(tmp_path / "index"))
    small(folder, whales=WHALES.replace("orca]}\nq", "dolphin]}\nq"), pigeons=PIGEONS)
    text = await said(services)
    assert "Expected questions that find their partner first: 2 of 4." in text
    assert (
        "Worse: 1 question no longer finds its partner first:\n“where is the orca” → Whale" in text
    )
    assert (
        "1 new question does not find its partner first:\n“who repairs steam engines” → Pigeon"
        in text
    )
    assert "1 partner was last checked over a year ago: whales (2/1/20)" in text
    assert "1 partner has no verified_on: pigeons" in text


async def test_undo_in_chat(tmp_path: Path) -> None:
    folder = small(tmp_path / "content", whales=WHALES)
    services = open_services(folder, library(tmp_path / "index"))
    assert "I cannot go back" in await said(services, "undo")
    small(folder, pigeons=PIGEONS)
    await said(services)
    text = await said(services, "UNDO")
    assert "I am back on the content of before: 1 partner" in text
    assert "Removed: Pigeon Post" in text
    assert "/reindex undo" in await said(services, "everything")
    assert "annuler" in await said(services, "tout", "fr")
    await said(services)
    assert "Je réponds de nouveau avec le contenu d’avant" in await said(services, "annuler", "fr")


def test_undo_on_the_command_line(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    data = tmp_path / "data"
    data.mkdir()
    run("reindex", "--content", str(folder), data=data)
    (folder / "partners" / "oveo.yaml").unlink()
    changed = run("reindex", "--content", str(folder), data=data)
    assert "removed: oveo" in changed.stdout
    assert "expected questions that find their partner first: " in changed.stdout
    undone = run("reindex", "--undo", "--content", str(folder), data=data)
    assert (undone.returncode, undone.stderr) == (0, "")
    assert "added: oveo" in undone.stdout
    assert "back on the content of before: 15 partners" in undone.stdout
    asked = run("ask", "oveo", "--content", str(folder), data=data)
    assert "oveo.org" in asked.stdout, "what was taken back stays so until the next reindex"
    again = run("reindex", "--undo", "--content", str(folder), data=data)
    assert again.returncode == 1
    assert "no generation before" in again.stdout
    both = run("reindex", "--undo", "--watch", "--content", str(folder), data=data)
    assert both.returncode == 2


def test_long_lists_are_cut() -> None:
    many = tuple(Expectation("cose", f"question {n}") for n in range(30))
    found = Comparison(30, 40, 0, 30, worse=many)
    lines = list(report_lines(ReindexReport(done=True, expected=found)))
    assert "asked were 30 of 40" in "\n".join(lines)
    assert "worse: 30" in lines
    assert "  and 10 more" in lines


def test_what_nobody_has_checked_for_a_year(tmp_path: Path) -> None:
    today = date(2027, 1, 10)
    days = {"a": today - timedelta(days=366), "b": today - timedelta(days=365), "c": None}
    days["d"] = today - timedelta(days=900)
    partners = [
        {"id": i, "name": {"en": i}, "summary": {"en": i}, "verified_on": day}
        for i, day in days.items()
    ]
    found = freshness(Content.model_validate({"partners": partners}), today)
    assert found == Freshness((("d", days["d"]), ("a", days["a"])), ("c",))  # type: ignore[arg-type]


def test_check_tells_of_old_facts_in_one_line(tmp_path: Path) -> None:
    folder = small(tmp_path / "content", whales=WHALES, pigeons=PIGEONS)
    done = run("check", "--content", str(folder), data=tmp_path)
    assert done.returncode == 0
    assert "last checked over a year ago: whales (2020-02-01)" in done.stderr
    assert "without verified_on: pigeons" in done.stderr


def test_a_broken_old_index_only_means_that_nothing_is_compared(tmp_path: Path) -> None:
    folder, shelf = small(tmp_path / "content", whales=WHALES), library(tmp_path / "index")
    rebuilt(folder, shelf, None)
    for path in (tmp_path / "index").glob("*/manifest.json"):
        path.write_text("{")
    report, _ = rebuilt(folder, shelf, shelf.current(), asking=lambda *_: None)
    assert report.done
    assert report.expected
    assert report.expected.right_before is None


def test_the_library_tells_of_undo_without_opening(tmp_path: Path) -> None:
    shelf, words = library(tmp_path), load_translations()
    assert (shelf.undone(), shelf.fingerprint()) == (None, None)
    with pytest.raises(VerificationError):
        shelf.undo()
    for fingerprint in ("one", "two", "two"):
        shelf.build(Content(partners=()), words, fingerprint)
    assert shelf.fingerprint() == "two"
    assert shelf.undo().fingerprint == "one"
    assert shelf.undone() == "two"
    shelf.build(Content(partners=()), words, "two")
    assert shelf.undone() is None
