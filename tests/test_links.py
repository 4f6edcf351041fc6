"""`check --links` visits every website politely, and tells dead, moved and untold ones apart."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from test_cli import run

from bot.commands.links import OFFLINE, check_links, judged
from content import links
from content.checking import check
from content.links import State, Visit, visit_all

OFFLINE_ONLY = {"NO_PROXY": "*", "no_proxy": "*"}


@dataclass
class Web:
    """A loopback website with pages of every kind, and who has visited them."""

    address: str
    seen: list[tuple[str, str, str]] = field(default_factory=list)
    now: int = 0
    most: int = 0

    def methods(self, path: str) -> list[str]:
        return [method for method, seen, _ in self.seen if seen == path]


class Pages(BaseHTTPRequestHandler):
    web: Web

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        web = self.web
        web.seen.append((self.command, self.path, self.headers["User-Agent"]))
        web.now += 1
        web.most = max(web.most, web.now)
        status, location = self._kind()
        web.now -= 1
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _kind(self) -> tuple[int, str]:
        path = self.path.strip("/")
        if path == "slow":
            time.sleep(2)
        if path == "no-head":
            return (405 if self.command == "HEAD" else 200), ""
        if path in ("moved", "circle", "slash"):
            return 301, {"moved": "/new", "circle": "/circle", "slash": "/slash/"}[path] * (
                self.path != "/slash/"
            )
        return (int(path), "") if path.isdecimal() else (200, "")

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def web() -> Iterator[Web]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    found = Web(f"http://127.0.0.1:{server.server_port}")
    server.RequestHandlerClass = type("P", (Pages,), {"web": found})
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def nobody() -> str:
    """An address at which nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def content_with(folder: Path, **websites: str) -> Path:
    (folder / "partners").mkdir(parents=True)
    for name, website in websites.items():
        (folder / "partners" / f"{name}.yaml").write_text(
            f"name: {{en: {name}}}\nsummary: {{en: Of {name}.}}\nwebsite: {website}\n"
        )
    return folder


@pytest.mark.parametrize(
    ("path", "state", "detail"),
    [
        ("/fine", State.ALIVE, ""),
        ("/no-head", State.ALIVE, ""),
        ("/404", State.DEAD, "404"),
        ("/410", State.DEAD, "410"),
        ("/403", State.UNTOLD, "turns programs away"),
        ("/429", State.UNTOLD, "turns programs away"),
        ("/503", State.UNTOLD, "in trouble"),
        ("/moved", State.MOVED, "/new"),
        ("/circle", State.DEAD, "circles"),
    ],
)
async def test_each_kind_of_answer(web: Web, path: str, state: State, detail: str) -> None:
    (visit,) = await visit_all([web.address + path])
    assert visit.state is state
    assert detail in visit.detail


async def test_head_first_and_get_only_where_head_is_refused(web: Web) -> None:
    await visit_all([web.address + path for path in ("/fine", "/no-head", "/404")])
    assert web.methods("/fine") == ["HEAD"]
    assert web.methods("/no-head") == ["HEAD", "GET"]
    assert web.methods("/404") == ["HEAD", "GET"]


async def test_it_says_who_it_is_and_visits_a_host_one_at_a_time(web: Web) -> None:
    steps: list[tuple[int, int]] = []
    pages = [f"{web.address}/page-{n}" for n in range(12)]
    await visit_all(pages, lambda done, total: steps.append((done, total)))
    assert steps == [(n, 12) for n in range(1, 13)]
    assert web.most == 1
    assert all("PartnerBot" in agent and "link check" in agent for *_, agent in web.seen)


async def test_refused_and_slow(nobody: str, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "PATIENCE", httpx.Timeout(0.3))
    refused, slow = await visit_all([nobody, web.address + "/slow"])
    assert (refused.state, slow.state) == (State.DEAD, State.UNTOLD)
    assert "in time" in slow.detail


def test_an_unknown_host_is_dead_only_when_others_are_reached() -> None:
    unknown = Visit("http://gone.example", State.UNREACHED, "no such host")
    alive, slow = Visit("http://a.example", State.ALIVE), Visit("http://b.example", State.UNTOLD)
    assert [v.state for v in judged([unknown, alive])] == [State.DEAD, State.ALIVE]
    assert [v.state for v in judged([unknown, slow])] == [State.UNREACHED, State.UNTOLD]


async def test_offline_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_name(*_: Any, **__: Any) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr("asyncio.base_events.BaseEventLoop.getaddrinfo", no_name)
    folder = content_with(tmp_path, a="http://a.example", b="http://b.example")
    report = await check_links(check(folder))
    assert (report.lines, report.summary, report.dead) == ((), OFFLINE, 0)


def test_the_command_names_file_and_line_and_fails_for_dead_links(
    web: Web, nobody: str, tmp_path: Path
) -> None:
    folder = content_with(
        tmp_path / "content",
        good=f"{web.address}/",
        gone=f"{web.address}/404",
        silent=nobody,
        moved=f"{web.address}/moved",
        shy=f"{web.address}/403",
    )
    done = run("check", "--links", "--content", str(folder), data=tmp_path, **OFFLINE_ONLY)
    assert done.returncode == 1
    lines = [line for line in done.stdout.splitlines() if "topics" not in line]
    assert len(lines) == 4
    assert f"content/partners/gone.yaml:3:10: dead: {web.address}/404" in lines[0]
    assert f"moved: {web.address}/moved leads to {web.address}/new" in lines[1]
    assert "shy.yaml:3:10: could not be told" in lines[2]
    assert "silent.yaml:3:10: dead" in lines[3]
    assert "visited 5 of 5" in done.stderr
    assert "5 websites: 1 answer, 1 moved, 2 dead, 1 could not be told" in done.stderr


def test_the_command_is_content_when_none_is_dead(web: Web, tmp_path: Path) -> None:
    folder = content_with(tmp_path / "content", a=f"{web.address}/a", b=f"{web.address}/500")
    done = run("check", "--links", "--content", str(folder), data=tmp_path, **OFFLINE_ONLY)
    assert done.returncode == 0
    assert "1 could not be told" in done.stderr
