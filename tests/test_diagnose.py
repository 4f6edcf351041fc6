"""diagnose: each thing that can be wrong is told in words, with its mend, and never the token."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from bot_api.updates import Webhook
from bot_api_server import TOKEN, BotApiServer
from knocking import PUBLIC, hooked
from running_bot import ROOT, RunningBot, copied_content, indexed_content, started
from telegram import WebhookInfo

from bot.commands.diagnose import in_words
from bot.diagnosis import Mark
from bot.telegram_chat.diagnosis import webhook_lines
from content.texts import Texts
from content.translations import load_translations

pytestmark = pytest.mark.asyncio(loop_scope="module")

SECRET = TOKEN.partition(":")[2]
MODES = ("Inline mode", "Guest mode", "Privacy mode")
EVERYTHING = ("Token", *MODES, "Webhook", "Other programs", "Database", "Index", "Content")


@dataclass
class Diagnosis:
    """What a run has told."""

    status: int
    output: str
    errors: str

    def mark(self, subject: str) -> str:
        """✓, ! or ✗ before a subject."""
        (found,) = re.findall(rf"(?m)^(.) {subject}\b", self.output)
        return str(found)

    @property
    def bad(self) -> list[str]:
        return re.findall(r"(?m)^✗ ([^:]+):", self.output)


async def diagnosed(
    server: BotApiServer, data: Path, *arguments: str, **settings: str
) -> Diagnosis:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("BOT_", "PYTHON"))}
    usual = {
        "BOT_TOKEN": TOKEN,
        "BOT_API_BASE_URL": server.base_url.removesuffix("/bot"),
        "BOT_DATA": str(data),
        "BOT_CONTENT": str(data / "content"),
        "BOT_DATABASE_URL": "sqlite://",
        "PYTHONUTF8": "1",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "error", str(ROOT / "run_bot.py"), "diagnose", *arguments),
        cwd=data,
        env=kept | usual | settings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await asyncio.wait_for(process.communicate(), 60)
    diagnosis = Diagnosis(process.returncode or 0, output.decode(), errors.decode())
    assert SECRET not in diagnosis.output + diagnosis.errors
    assert "Traceback" not in diagnosis.errors
    return diagnosis


@pytest.fixture(scope="module")
def data(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder, in it a content folder that nobody changes, and its index."""
    folder = tmp_path_factory.mktemp("data")
    indexed_content(shipped, folder)
    return folder


@pytest_asyncio.fixture(loop_scope="module")
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as running:
        yield running
        assert running.complaints == []


async def test_everything_in_order(server: BotApiServer, data: Path) -> None:
    person = server.new_user("P", language_code="en")
    await server.send_text(person, person, "this must not be lost")
    found = await diagnosed(server, data)
    assert (found.status, found.bad) == (0, [])
    assert all(found.mark(subject) == "✓" for subject in EVERYTHING)
    assert "@partner_test_bot" in found.output
    assert "Everything is in order." in found.errors
    assert len(server.updates.pending) == 1, "looking takes nothing away"


async def test_in_french(server: BotApiServer, data: Path) -> None:
    found = await diagnosed(server, data, "--language", "fr", BOT_TOKEN="")
    assert "✗ Jeton" in found.output
    assert "1 chose à réparer" in found.errors


async def test_no_token(server: BotApiServer, data: Path) -> None:
    found = await diagnosed(server, data, BOT_TOKEN="")
    assert (found.status, found.bad) == (1, ["Token"])
    assert "/newbot" in found.output


@pytest.mark.parametrize("token", ["no token at all", TOKEN.replace("tests", "wrong")])
async def test_a_wrong_token(server: BotApiServer, data: Path, token: str) -> None:
    found = await diagnosed(server, data, BOT_TOKEN=token)
    assert (found.status, found.bad) == (1, ["Token"])
    assert "/mybots" in found.output
    assert token not in found.output + found.errors


async def test_no_network(server: BotApiServer, data: Path) -> None:
    await server.go_offline()
    found = await diagnosed(server, data)
    assert (found.status, found.bad) == (1, ["Network"])
    assert "BOT_API_BASE_URL" in found.output


async def test_something_else_answers(server: BotApiServer, data: Path) -> None:
    server.answer_raw("getMe", 502, "<h1>Bad Gateway</h1>", times=None)
    found = await diagnosed(server, data)
    assert (found.status, found.bad) == (1, ["Network"])


async def test_inline_mode_off(server: BotApiServer, data: Path) -> None:
    server.supports_inline = False
    server.updates.set_webhook(Webhook(PUBLIC))
    found = await diagnosed(server, data, BOT_WEBHOOK_URL=PUBLIC)
    assert (found.status, found.bad) == (1, ["Inline mode"])
    assert "/setinline" in found.output


async def test_privacy_and_guest_mode_are_choices(server: BotApiServer, data: Path) -> None:
    server.reads_all_group_messages, server.supports_guest = True, False
    server.updates.set_webhook(Webhook(PUBLIC))
    found = await diagnosed(server, data, BOT_WEBHOOK_URL=PUBLIC)
    assert (found.status, found.bad) == (0, [])
    assert found.mark("Privacy mode") == found.mark("Guest mode") == "!"
    assert "/setprivacy" in found.output
    assert "Bot Settings" in found.output


async def test_a_webhook_left_over(server: BotApiServer, data: Path) -> None:
    server.updates.set_webhook(Webhook("https://other.example.org/a-secret-path"))
    found = await diagnosed(server, data)
    assert (found.status, found.bad) == (1, ["Webhook"])
    assert "https://other.example.org" in found.output
    assert "a-secret-path" not in found.output
    assert server.updates.webhook, "looking changes nothing"


@pytest.mark.parametrize(
    ("address", "error", "mend"),
    [
        ("", "", "not set"),
        ("https://other.example.org/", "", "not to BOT_WEBHOOK_URL"),
        (PUBLIC, "Wrong response from the webhook: 403 Forbidden", "BOT_WEBHOOK_SECRET"),
    ],
)
async def test_a_webhook_that_does_not_work(
    server: BotApiServer, data: Path, address: str, error: str, mend: str
) -> None:
    if address:
        webhook = Webhook(address, last_error_message=error)
        webhook.last_error_date = int(time.time()) if error else 0
        server.updates.set_webhook(webhook)
    found = await diagnosed(server, data, BOT_WEBHOOK_URL=PUBLIC)
    assert (found.status, found.bad) == (1, ["Webhook"])
    assert mend in found.output
    assert error in found.output


@pytest.mark.parametrize(
    ("error", "mend"),
    [
        ("Wrong response from the webhook: 403 Forbidden", "BOT_WEBHOOK_SECRET"),
        ("Wrong response from the webhook: 404 Not Found", "the whole path"),
        ("Wrong response from the webhook: 405 Method Not Allowed", "the whole path"),
        ("Wrong response from the webhook: 502 Bad Gateway", "proxy run"),
        ("Connection refused", "proxy run"),
        ("Read timeout expired", "proxy run"),
        ("SSL error {certificate verify failed}", "fullchain.pem"),
        ("Failed to resolve host: Name or service not known", "DNS"),
        ("Something new", "leads to this machine"),
    ],
)
async def test_what_telegram_says_of_a_webhook_has_its_mend(error: str, mend: str) -> None:
    info = WebhookInfo(PUBLIC, False, 3, datetime.now(UTC), error)
    (line,) = webhook_lines(info, PUBLIC)
    said = in_words(line, Texts(load_translations(), "en"), "en")
    assert said.startswith("✗ Webhook: ")
    assert mend in said
    long_ago = WebhookInfo(PUBLIC, False, 0, datetime.now(UTC) - timedelta(hours=2), error)
    assert [line.mark for line in webhook_lines(long_ago, PUBLIC)] == [Mark.GOOD]


async def test_another_program_fetches(server: BotApiServer, data: Path) -> None:
    server.conflict()
    found = await diagnosed(server, data)
    assert (found.status, found.bad) == (1, ["Other programs"])
    assert "/revoke" in found.output


async def test_another_bot_elsewhere_is_seen(
    server: BotApiServer, data: Path, tmp_path: Path
) -> None:
    async with started(server, data, data / "content") as bot:
        await bot.ready()
        found = await diagnosed(server, tmp_path)
        assert "Other programs" in found.bad


async def test_the_bot_that_serves_here_is_not_disturbed(server: BotApiServer, data: Path) -> None:
    async with started(server, data, data / "content") as bot:
        await bot.ready()
        polls = server.calls_to("getUpdates")
        found = await diagnosed(server, data)
        assert (found.status, found.bad) == (0, [])
        assert "/diagnose" in found.output
        assert server.calls_to("getUpdates") == polls


@pytest.mark.parametrize("url", ["sqlite:////dev/null/records.db", "oracle://host/name"])
async def test_a_database_that_cannot_be_opened(server: BotApiServer, data: Path, url: str) -> None:
    found = await diagnosed(server, data, BOT_TOKEN="", BOT_DATABASE_URL=url)
    assert (found.status, found.bad) == (1, ["Token", "Database"])


async def test_no_index_and_an_old_one(server: BotApiServer, data: Path, tmp_path: Path) -> None:
    found = await diagnosed(server, data, BOT_TOKEN="", BOT_DATA=str(tmp_path))
    assert found.bad == ["Token", "Index"]
    assert "there is none yet" in found.output
    amf = data / "content" / "partners" / "amf.yaml"
    shipped = amf.read_bytes()
    amf.write_bytes(shipped + b"# changed\n")
    found = await diagnosed(server, data, BOT_TOKEN="")
    amf.write_bytes(shipped)
    assert found.bad == ["Token", "Index"]
    assert "has changed since" in found.output


async def test_bad_content(server: BotApiServer, data: Path, tmp_path: Path) -> None:
    content = copied_content(tmp_path / "content")
    bad = content / "partners" / "bad.yaml"
    bad.write_text("name: {en: Bad}\ncolour: blue\n", encoding="utf-8")
    found = await diagnosed(server, data, "--content", str(content), BOT_TOKEN="")
    assert found.bad == ["Token", "Index", "Content"]
    assert f"{bad}:2:1:" in found.output


async def test_admins_get_it_in_the_chat(server: BotApiServer, data: Path) -> None:
    async with started(server, data, data / "content") as bot:
        await bot.ready()
        await _in_the_chat(bot)
        server.conflict()
        await server.wait_until(lambda: "another program" in bot.written, timeout=20)
        told = await bot.asks(bot.admin(), "/diagnose")
        assert "✗ Other programs" in told.text


async def _in_the_chat(bot: RunningBot) -> None:
    told = await bot.asks(bot.admin(), "/diagnose")
    assert told.text.startswith("Everything is in order.")
    assert all(f"✓ {subject}:" in told.text for subject in EVERYTHING)
    bot.server.supports_inline = False
    told = await bot.asks(bot.admin("fr"), "/diagnose")
    assert "/setinline" in told.text
    assert SECRET not in told.text
    bot.server.supports_inline = True
    person = bot.newcomer()
    secret, nonsense = [await bot.asks(person, text) for text in ("/diagnose", "/nonsense")]
    assert secret.text.replace("diagnose", "") == nonsense.text.replace("nonsense", "")


async def test_by_webhook_too(server: BotApiServer, data: Path) -> None:
    async with hooked(server, data, BOT_CONTENT=str(data / "content")) as knocking:
        told = await knocking.bot.asks(knocking.bot.admin(), "/diagnose")
        assert "✓ Webhook: Telegram brings messages to https://bot.example.org" in told.text
        assert "Other programs" not in told.text
        found = await diagnosed(server, data, BOT_WEBHOOK_URL=PUBLIC)
        assert (found.status, found.bad) == (0, [])


async def test_every_sentence_is_used() -> None:
    said = {key for key in load_translations()[0].says if key.startswith("diagnose_")}
    folder = ROOT / "bot"
    files = [folder / "commands" / "diagnose.py", *(folder / "telegram_chat").glob("*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    spelt = set(re.findall(r'"(diagnose_[a-z0-9_]+)"', code))
    stems = re.findall(r'f"(diagnose_[a-z_]+_)\{', code)
    made = {key for key in said if key.startswith((*stems, "diagnose_inline_", "diagnose_guest_"))}
    assert spelt | made == said
    assert spelt <= said
