"""A PostgreSQL server for the tests: the one they are told of, or one of their own on loopback."""

from __future__ import annotations

import asyncio
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from servers import missing
from sqlalchemy import NullPool, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

SETTING = "PARTNER_BOT_TEST_POSTGRESQL_URL"
"""Names a server on which databases may be made and dropped; without it, one is started."""

PATIENCE = 30.0
T = TypeVar("T")

_SETPRIV = "/usr/bin/setpriv"

# Nothing here outlives the tests, so nothing waits for the disk.
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@contextmanager
def server() -> Iterator[str]:
    """The address of a server, for as long as it is needed.

    Raises:
        AssertionError: PostgreSQL is not there, or does not start.
    """
    if given := os.environ.get(SETTING):
        yield given
        return
    folder, port = Path(tempfile.mkdtemp(prefix="partner-bot-postgresql-")), _free_port()
    folder.chmod(0o755)
    try:
        process = _started(folder, port)
        try:
            url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
            _wait_for(url, process, folder)
            yield url
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()
    finally:
        shutil.rmtree(folder)


@contextmanager
def database(server_url: str, name: str) -> Iterator[str]:
    """The address of an empty database of that name, dropped at the end."""
    _told(server_url, f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
    try:
        yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    finally:
        _told(server_url, f'DROP DATABASE "{name}" WITH (FORCE)')


def asked(url: str, statement: str) -> list[tuple[Any, ...]]:
    """The rows that a statement gives there."""

    async def rows(connection: AsyncConnection) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in (await connection.execute(text(statement))).all()]

    return _at(url, rows)


def _told(url: str, *statements: str) -> None:
    async def run(connection: AsyncConnection) -> None:
        for statement in statements:
            await connection.execute(text(statement))

    _at(url, run)


def _at(url: str, work: Callable[[AsyncConnection], Coroutine[Any, Any, T]]) -> T:
    async def connected() -> T:
        with_driver = make_url(url).set(drivername="postgresql+asyncpg")
        engine = create_async_engine(with_driver, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        try:
            async with engine.connect() as connection:
                return await work(connection)
        finally:
            await engine.dispose()

    # In a thread of its own, as the test's event loop may be running here.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(connected())).result()


def _started(folder: Path, port: int) -> subprocess.Popen[bytes]:
    programs, as_user, data = _programs(), _as_another(folder), folder / "data"
    how = (
        "--username=postgres",
        "--auth=trust",
        "--no-sync",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
    )
    made = subprocess.run(  # noqa: S603
        [*as_user, programs / "initdb", "--pgdata", data, *how],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, f"initdb does not do it: {made.stderr}"
    here = (f"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories=")
    words = [f"--{setting}" for setting in (*_FAST, *here, "max_connections=200", "timezone=UTC")]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603
            # Killed tests leave no server behind.
            [_SETPRIV, "--pdeathsig=INT", *as_user[1:], programs / "postgres", "-D", data, *words],
            cwd=folder,
            stdout=log,
            stderr=log,
        )


def _programs() -> Path:
    if found := shutil.which("postgres"):
        return Path(found).resolve().parent
    folders = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    newest = max(folders, key=lambda path: int(path.parts[-3]), default=None)
    if newest is None:
        missing(
            "PostgreSQL is not installed (Debian: apt-get install postgresql), and"
            f" {SETTING} names no server either"
        )
    return newest.parent


def _as_another(folder: Path) -> list[str]:
    """The words that run a program as a user who is not root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return ["env"]
    user = _user("postgres") or _user("nobody")
    assert user, "there is neither a user postgres nor nobody"
    os.chown(folder, user.pw_uid, user.pw_gid)
    return [_SETPRIV, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _user(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _wait_for(url: str, process: subprocess.Popen[bytes], folder: Path) -> None:
    until, fault = time.monotonic() + PATIENCE, ""
    while time.monotonic() < until and process.poll() is None:
        try:
            asked(url, "SELECT 1")
            return
        except Exception as error:
            fault = str(error)
        time.sleep(0.1)
    log = (folder / "log").read_text(errors="replace")
    raise AssertionError(f"PostgreSQL did not start: {fault}\n{log}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
