"""By webhook: Telegram's own posts are answered, everybody else's are refused without a word."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from bot_api.updates import Webhook
from bot_api_server import TOKEN, BotApiServer
from knocking import HEADER, PUBLIC, QUESTION, SECRET, Knocking, hooked
from running_bot import started
from telegram import Bot

from bot.telegram_chat.webhook_set import WebhookSet

pytestmark = pytest.mark.asyncio(loop_scope="module")

UPDATE = json.dumps({"update_id": 1, "message": None}).encode()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running(
    shipped: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Knocking]:
    # Of its own: others note there which webhook they have set, and it looks every minute.
    data = Path(shutil.copytree(shipped, tmp_path_factory.mktemp("webhook") / "data"))
    async with BotApiServer() as server, hooked(server, data) as knocking:
        yield knocking


@pytest.fixture
def webhook(running: Knocking) -> Iterator[Knocking]:
    yield running
    assert running.bot.server.complaints == []
    assert running.bot.process.returncode is None, running.bot.written


@pytest_asyncio.fixture(loop_scope="module")
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as running:
        yield running
        assert running.complaints == []


async def test_questions_are_answered(webhook: Knocking) -> None:
    assert await webhook.is_answering()
    query = await webhook.bot.server.send_inline_query(webhook.bot.newcomer(), "screens")
    await webhook.bot.server.answered(query)
    assert query.results


async def test_it_is_set_as_polling_would_ask(webhook: Knocking) -> None:
    (call,) = webhook.bot.server.calls_to("setWebhook")
    assert call.params["url"] == PUBLIC
    assert call.params["secret_token"] == SECRET
    assert "guest_message" in call.params["allowed_updates"]
    assert not call.params.get("drop_pending_updates")
    assert webhook.bot.server.calls_to("getUpdates") == []


@pytest.mark.parametrize(
    "given",
    [b"", b"wrong", SECRET[:-1].encode(), SECRET.encode() + b"x", "é".encode(), b"\xe9"],
)
async def test_without_the_secret_nobody_gets_in(webhook: Knocking, given: bytes) -> None:
    headers = {b"Content-Type": b"application/json", HEADER.encode(): given}
    answer = await webhook.door.post("/telegram", content=UPDATE, headers=headers)
    assert (answer.status_code, answer.content) == (403, b"")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b"\xff\xfe", 400),
        (b'{"update_id": "1"}', 400),
        (b"[" * 100_000, 400),
        (b'{"update_id": 1, "x": "' + b"a" * 2**20 + b'"}', 413),
    ],
)
async def test_what_is_no_update_is_refused(webhook: Knocking, body: bytes, status: int) -> None:
    answer = await webhook.post(body)
    assert (answer.status_code, answer.content) == (status, b"")
    assert await webhook.is_answering()


async def test_a_huge_body_without_its_length_is_refused(webhook: Knocking) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * 2**16

    headers = {"Content-Type": "application/json", HEADER: SECRET}
    answer = await webhook.door.post("/telegram", content=chunks(), headers=headers)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"\x16\x03\x01 no HTTP at all\r\n\r\n", b"400"),
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 100_000, b"400"),
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + b"X: a\r\n" * 1_000 + b"\r\n", b"400"),
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: \xff\r\n\r\n", b"500"),
    ],
)
async def test_what_is_no_http_is_refused(webhook: Knocking, sent: bytes, status: bytes) -> None:
    port = webhook.door.base_url.port
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    assert (await reader.readline()).split()[1] == status
    writer.close()
    assert await webhook.is_answering()
    assert "Traceback" not in webhook.bot.written


async def test_a_post_that_breaks_off_is_no_error(webhook: Knocking) -> None:
    head = f"POST /telegram HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\n"
    head += "Content-Type: application/json\r\n"
    port = webhook.door.base_url.port
    for rest in (
        "Content-Length: 100\r\n\r\n{",
        "Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "Content-Length: 100\r\nExpect: 100-continue\r\n\r\n",
    ):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write((head + rest).encode())
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.close()
    assert await webhook.is_answering()
    assert "Traceback" not in webhook.bot.written


async def test_other_kinds_paths_and_methods_are_refused(webhook: Knocking) -> None:
    text = await webhook.post(UPDATE, **{"Content-Type": "text/plain"})
    assert text.status_code == 415
    for path in ("/", "/telegram/", "/Telegram", "/telegram/../healthz/x", f"/bot{TOKEN}"):
        assert (await webhook.post(UPDATE, path)).status_code == 404
    assert (await webhook.get("/telegram")).status_code == 405
    assert (await webhook.door.put("/telegram")).status_code == 405
    assert (await webhook.post(UPDATE, "/healthz")).status_code == 405


async def test_an_update_that_cannot_be_read_is_passed_over(webhook: Knocking) -> None:
    broken = {"update_id": 5, "message": {"message_id": "x", "chat": 7}}
    assert (await webhook.post(json.dumps(broken).encode())).status_code == 200
    assert await webhook.is_answering()


async def test_the_same_update_twice_is_answered_once(webhook: Knocking) -> None:
    server, person = webhook.bot.server, webhook.bot.newcomer()
    sent = await server.send_text(person, person, QUESTION)
    await server.answer_to(sent)
    await server.redeliver(sent)
    await server.idle()
    assert await webhook.is_answering()
    assert len(server.messages(person)) == 2


async def test_one_person_is_answered_in_order(webhook: Knocking) -> None:
    server, person = webhook.bot.server, webhook.bot.newcomer()
    for text in (QUESTION, "their website?", "and for nurses?"):
        await server.send_text(person, person, text)
    await server.wait_until(lambda: len(server.messages(person)) == 6, timeout=30)
    answers = [m.text for m in server.messages(person) if m.sender is server.bot]
    assert "surexpositionecrans" in answers[1]
    assert "nurse" in answers[2].lower()


async def test_to_polling_and_back(server: BotApiServer, telegram_data: Path) -> None:
    for _ in range(2):
        async with hooked(server, telegram_data) as knocking:
            assert await knocking.is_answering()
            assert server.updates.webhook
            assert await knocking.bot.stop() == 0
            assert server.updates.webhook, "what is asked meanwhile waits with Telegram"
        person = server.new_user("Meanwhile", language_code="en")
        sent = await server.send_text(person, person, QUESTION)
        async with started(server, telegram_data) as polling:
            await polling.ready()
            assert server.updates.webhook is None
            await server.answer_to(sent)
            assert await polling.stop() == 0


async def test_it_is_set_only_when_it_differs(server: BotApiServer, telegram_data: Path) -> None:
    for secret, times in ((SECRET, 1), (SECRET, 1), (SECRET[::-1], 2)):
        async with hooked(server, telegram_data, BOT_WEBHOOK_SECRET=secret) as knocking:
            assert await knocking.is_answering()
        assert len(server.calls_to("setWebhook")) == times


async def test_a_secret_is_made_once(server: BotApiServer, tmp_path: Path) -> None:
    secrets = set[str]()
    for _ in range(2):
        async with hooked(server, tmp_path, BOT_WEBHOOK_SECRET="") as knocking:
            assert await knocking.is_answering()
            assert (await knocking.post(UPDATE)).status_code == 403
        assert server.updates.webhook
        secrets.add(server.updates.webhook.secret)
    (secret,) = secrets
    assert len(secret) == 64
    kept = [p for p in tmp_path.iterdir() if p.is_file() and p.suffix in (".key", ".set")]
    assert len(kept) == 2
    assert all(p.stat().st_mode & 0o077 == 0 for p in kept)


async def test_what_is_under_way_at_the_end_is_answered(
    server: BotApiServer, telegram_data: Path
) -> None:
    people = [server.new_user(f"P{n}", language_code="en") for n in range(10)]
    async with hooked(server, telegram_data) as knocking:
        server.delay("sendMessage", 0.5)
        for person in people:
            await server.send_text(person, person, QUESTION)
        async with asyncio.timeout(20):
            while (await knocking.metrics())["partner_bot_updates_waiting"] < 10:
                await asyncio.sleep(0.01)
        late = server.new_user("Late", language_code="en")
        stopping = asyncio.create_task(knocking.bot.stop(within=20))
        await asyncio.sleep(0.1)
        unanswered = await server.send_text(late, late, QUESTION)
        assert await stopping == 0
        assert all(len(server.messages(person)) == 2 for person in people)
    async with hooked(server, telegram_data):
        await server.answer_to(unanswered)
        assert all(len(server.messages(person)) == 2 for person in people), "nobody twice"


async def test_what_a_killed_bot_did_not_answer_is_brought_again(
    server: BotApiServer, telegram_data: Path
) -> None:
    people = [server.new_user(f"P{n}", language_code="en") for n in range(10)]
    async with hooked(server, telegram_data) as knocking:
        server.delay("sendMessage", 5.0)
        sent = [await server.send_text(person, person, QUESTION) for person in people]
        async with asyncio.timeout(20):
            while (await knocking.metrics())["partner_bot_updates_waiting"] < 10:
                await asyncio.sleep(0.01)
        knocking.bot.process.kill()
    server.faults.clear()
    async with hooked(server, telegram_data):
        for one in sent:
            await server.answer_to(one, timeout=20)


async def test_an_address_that_telegram_does_not_take_is_told_in_words(
    server: BotApiServer, telegram_data: Path
) -> None:
    wrong = "http://bot.example.org/telegram"
    async with started(server, telegram_data, BOT_WEBHOOK_URL=wrong, BOT_HTTP_PORT="0") as bot:
        assert await bot.ended() == 2
    assert "BOT_WEBHOOK_URL" in bot.written
    assert "https url must be provided" in bot.written.lower()
    assert TOKEN.partition(":")[2] not in bot.written


async def test_a_webhook_changed_by_another_program_is_set_again(
    server: BotApiServer,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # as `serve` does
    async with Bot(TOKEN, server.base_url) as bot:
        ours = WebhookSet(bot, PUBLIC, SECRET, tmp_path)
        for times in (1, 1):
            await ours.ensure()
            assert len(server.calls_to("setWebhook")) == times
        for changed in (None, Webhook("https://other.example.org/")):
            server.updates.set_webhook(changed)
            await ours.ensure()
            assert server.updates.webhook
            assert server.updates.webhook.url == PUBLIC
        webhook = server.updates.webhook
        assert webhook
        webhook.last_error_date = 1_700_000_000
        webhook.last_error_message = "Connection refused"
        server.fail_next("getWebhookInfo", 429, "Too Many Requests", {"retry_after": 1})
        server.drop_connection("getWebhookInfo")
        for _ in range(2):
            await ours.ensure()
    told = [r.getMessage() for r in caplog.records if "could not bring" in r.getMessage()]
    assert told == ["Telegram could not bring messages: Connection refused"], "once"


async def test_a_webhook_taken_away_is_set_again_at_the_next_start(
    server: BotApiServer, telegram_data: Path
) -> None:
    async with hooked(server, telegram_data):
        pass
    server.updates.set_webhook(None)
    async with hooked(server, telegram_data) as knocking:
        assert await knocking.is_answering()
        assert SECRET not in knocking.bot.written
