"""Visits websites, politely, and tells which answer, which moved, which are dead."""

import asyncio
import errno
import socket
import ssl
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urlsplit

import httpx

AT_ONCE = 5
"""Websites visited at the same time, and never two on one host."""

PATIENCE = httpx.Timeout(10.0)
LONGEST = 30.0
"""Seconds for one website with all its redirects."""

REDIRECTS = 10

Progress = Callable[[int, int], None]


class State(StrEnum):
    """What a visit showed."""

    ALIVE = "alive"
    MOVED = "moved"
    DEAD = "dead"
    UNTOLD = "untold"
    UNREACHED = "unreached"


@dataclass(frozen=True, slots=True)
class Visit:
    """A website, its state, and why; of one that moved, ``detail`` is where to."""

    website: str
    state: State
    detail: str = ""


def who_asks() -> str:
    """What the visitor calls itself."""
    try:
        number = version("partner-bot")
    except PackageNotFoundError:
        number = "0"
    return f"PartnerBot/{number} (link check of a directory of partners, one visit a website)"


async def visit_all(
    websites: Sequence[str], progress: Progress = lambda _done, _all: None
) -> tuple[Visit, ...]:
    """A visit to each website, in their order."""
    few, hosts = asyncio.Semaphore(AT_ONCE), defaultdict[str, asyncio.Lock](asyncio.Lock)
    done = 0

    async def one(client: httpx.AsyncClient, website: str) -> Visit:
        nonlocal done
        async with AsyncExitStack() as turn:
            await turn.enter_async_context(hosts[urlsplit(website).netloc.lower()])
            await turn.enter_async_context(few)
            found = await visit(client, website)
        done += 1
        progress(done, len(websites))
        return found

    async with httpx.AsyncClient(
        headers={"User-Agent": who_asks(), "Accept": "text/html,*/*;q=0.5"},
        timeout=PATIENCE,
        follow_redirects=True,
        max_redirects=REDIRECTS,
    ) as client:
        return tuple(await asyncio.gather(*(one(client, website) for website in websites)))


async def visit(client: httpx.AsyncClient, website: str) -> Visit:
    """HEAD, then GET where HEAD is refused; no page is read."""
    try:
        async with asyncio.timeout(LONGEST):
            response = await client.head(website)
            if response.status_code >= 400:
                async with client.stream("GET", website) as response:
                    pass
    except httpx.TooManyRedirects:
        return Visit(website, State.DEAD, "it leads round in circles")
    except (httpx.TimeoutException, TimeoutError):
        return Visit(website, State.UNTOLD, "no answer in time")
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        return Visit(website, *_failure(error))
    return _answered(website, response)


def _answered(website: str, response: httpx.Response) -> Visit:
    status, said = response.status_code, f"{response.status_code} {response.reason_phrase}"
    if status in (404, 410):
        return Visit(website, State.DEAD, said)
    if status >= 400:
        kind = "it is in trouble" if status >= 500 else "it turns programs away"
        return Visit(website, State.UNTOLD, f"{kind}: {said}")
    if response.history and _bare(str(response.url)) != _bare(website):
        return Visit(website, State.MOVED, str(response.url))
    return Visit(website, State.ALIVE)


def _bare(address: str) -> str:
    return address.removesuffix("/").lower()


def _failure(error: Exception) -> tuple[State, str]:
    """What a visit without an answer means."""
    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return State.DEAD, "browsers warn of it: its certificate is not valid"
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return State.UNREACHED, "there is no such host"
    numbers = {cause.errno for cause in causes if isinstance(cause, OSError)}
    if errno.ECONNREFUSED in numbers:
        return State.DEAD, "nothing answers there (connection refused)"
    if numbers & {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN}:
        return State.UNREACHED, "there is no way to it"
    return State.UNTOLD, f"the visit failed: {error or type(error).__name__}"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for inner in error.exceptions:
                yield from _causes(inner)
        error = error.__cause__ or error.__context__
