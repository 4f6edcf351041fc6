"""Updates on their way to the bot: the queue, long polling, the webhook."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import aiohttp

from bot_api.wire import ApiError, Json, Signal, bad_request

KINDS = (
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection",
    "business_message", "edited_business_message", "deleted_business_messages", "guest_message",
    "message_reaction", "message_reaction_count", "inline_query", "chosen_inline_result",
    "callback_query", "shipping_query", "pre_checkout_query", "purchased_paid_media", "poll",
    "poll_answer", "my_chat_member", "chat_member", "chat_join_request", "chat_boost",
    "removed_chat_boost", "managed_bot",
)  # fmt: skip
BY_DEFAULT = set(KINDS) - {"chat_member", "message_reaction", "message_reaction_count"}
OTHER_POLL = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
WEBHOOK_SET = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


@dataclass(eq=False)
class Webhook:
    """Where updates are posted, and how the last post went."""

    url: str
    secret: str = ""
    max_connections: int = 40
    ip_address: str = ""
    last_error_date: int = 0
    last_error_message: str = ""
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    turns: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))


class Updates:
    """The queue of one bot. An update stays until the bot confirms it."""

    def __init__(self, signal: Signal) -> None:
        self.signal = signal
        self.pending: list[Json] = []
        self.withheld: list[Json] = []  # of a kind the bot did not ask for
        self.next_id = 100_001
        self.allowed: list[str] = []
        self.webhook: Webhook | None = None
        self.retry_delay = 0.2
        self.reroute = ""  # "http://127.0.0.1:PORT": stands for the proxy in front of the bot
        self.on_post: Callable[[Json], None] | None = None
        self.on_reply: Callable[[Json], Awaitable[None]] | None = None
        self._poll: asyncio.Future[str] | None = None
        self._conflicts = 0
        self._is_open = True

    def add(self, update: Json) -> Json:
        """Queues an update, numbered if it is not yet; its kind must be wanted by the bot."""
        if "update_id" not in update:
            update = {"update_id": self.next_id, **update}
            self.next_id += 1
        kind = next(name for name in update if name != "update_id")
        if kind not in (self.allowed or BY_DEFAULT):
            self.withheld.append(update)
            return update
        self.pending.append(update)
        self.signal.notify()
        if self.webhook:
            self._post(self.webhook, update)
        return update

    def allow(self, kinds: list[str] | None) -> None:
        """Remembers the kinds wanted; None changes nothing, an empty list means the usual ones."""
        if kinds is not None:
            self.allowed = [kind for kind in kinds if kind in KINDS]

    def conflict(self, times: int) -> None:
        """Another instance polls: the running poll ends with 409, and so do the next ones."""
        self._conflicts += times
        if self._poll is not None and not self._poll.done():
            self._conflicts -= 1
            self._poll.set_result(OTHER_POLL)
            self.signal.notify()

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Json]:
        """getUpdates: forgets what is confirmed, waits up to `timeout` seconds for more."""
        if self.webhook:
            raise ApiError(409, WEBHOOK_SET)
        self._end_poll(OTHER_POLL)
        if self._conflicts:
            self._conflicts -= 1
            raise ApiError(409, OTHER_POLL)
        self._confirm(offset)
        mine: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._poll = mine
        await self.signal.until(lambda: mine.done() or bool(self.pending) or self._ended(), timeout)
        if mine.done():
            raise ApiError(409, mine.result())
        self._poll = None
        return self.pending[: min(max(limit, 1), 100)]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset:
            self.pending = [one for one in self.pending if one["update_id"] >= offset]
        self.signal.notify()

    def _end_poll(self, why: str) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(why)
            self.signal.notify()
        self._poll = None

    def set_webhook(self, webhook: Webhook | None) -> None:
        """From now on updates are posted there; None: they wait for getUpdates again."""
        if self.webhook:
            for task in self.webhook.tasks:
                task.cancel()
        self.webhook = webhook
        if webhook:
            self._end_poll("Conflict: terminated by setWebhook request")
            self.open()

    def _post(self, webhook: Webhook, update: Json) -> None:
        task = asyncio.create_task(self._deliver(webhook, update))
        webhook.tasks.add(task)
        task.add_done_callback(webhook.tasks.discard)

    async def _deliver(self, webhook: Webhook, update: Json) -> None:
        """Posts until it is taken; the updates of one chat go one after the other."""
        async with webhook.turns[chat_key(update)]:
            delay = self.retry_delay
            while update in self.pending:
                problem = await self._attempt(webhook, update)
                if not problem:
                    self.pending.remove(update)
                    self.signal.notify()
                    return
                webhook.last_error_date = int(time.time())
                webhook.last_error_message = problem
                self.signal.notify()
                await asyncio.sleep(delay)
                delay = min(delay * 2, 5.0)

    async def _attempt(self, webhook: Webhook, update: Json) -> str:
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
        url = rerouted(webhook.url, self.reroute)
        limit = aiohttp.ClientTimeout(total=60)
        if self.on_post:
            self.on_post(update)
        try:
            async with (
                aiohttp.ClientSession(timeout=limit) as session,
                session.post(url, json=update, headers=headers) as answer,
            ):
                if not 200 <= answer.status <= 299:
                    reason = f"{answer.status} {answer.reason}"
                    return f"Wrong response from the webhook: {reason}"
                with suppress(ValueError, aiohttp.ContentTypeError):
                    body = await answer.json()
                    if isinstance(body, dict) and "method" in body and self.on_reply:
                        await self.on_reply(body)
                return ""
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return str(error) or "Connection refused"

    def _ended(self) -> bool | None:
        return None if self._is_open else True

    def open(self) -> None:
        """Polls may wait again; what is pending is posted, if there is a webhook."""
        self._is_open = True
        if self.webhook:
            for update in self.pending:
                self._post(self.webhook, update)

    def close(self) -> None:
        """Ends every poll and post, also those on their way."""
        self._is_open = False
        self._end_poll("Conflict: terminated")
        if self.webhook:
            for task in self.webhook.tasks:
                task.cancel()


def chat_key(update: Json) -> str:
    """Updates with the same key are posted one after the other."""
    body = next(value for name, value in update.items() if name != "update_id")
    message = body.get("message", body)
    return str(message.get("chat", body.get("from", {})).get("id", ""))


def rerouted(url: str, target: str) -> str:
    """`url` with the scheme and host of `target`, if there is one."""
    if not target:
        return url
    parts = urlsplit(url)
    return f"{target.rstrip('/')}{parts.path}{'?' + parts.query if parts.query else ''}"


def check_webhook_url(url: str) -> None:
    """https on Telegram's four ports; a loopback address in any way, as a local server allows."""
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if not parts.hostname or parts.scheme not in ("http", "https"):
        raise bad_request("invalid webhook URL specified")
    if parts.hostname in ("127.0.0.1", "localhost"):
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in (80, 88, 443, 8443):
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
