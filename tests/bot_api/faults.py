"""Faults to order: refusals, lost connections, slow answers, answers that are no JSON."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from bot_api.wire import ApiError, Json


class Way(Enum):
    """How an answer that is begun goes wrong on its way."""

    HALF = auto()
    """Half of what was promised comes, then the connection is closed."""
    DRIPS = auto()
    """It comes whole, a little at a time."""
    SILENT = auto()
    """Nothing is done, nothing comes, and then the connection is closed."""


@dataclass(eq=False)
class Fault:
    """One ordered fault. `times` is None for always; `method` "*" for every method."""

    method: str
    times: int | None = 1
    error: ApiError | None = None
    drops: bool = False
    after_doing: bool = False
    seconds: float = 0.0
    raw: tuple[int, str] | None = None
    way: Way | None = None
    lasting: float = 0.0  # seconds that the way takes


class Faults:
    """Faults still to come, the first ordered first."""

    def __init__(self) -> None:
        self._orders: list[Fault] = []

    def order(self, fault: Fault) -> None:
        """Keeps a fault for the next calls of its method."""
        self._orders.append(fault)

    def take(self, method: str) -> list[Fault]:
        """What happens to this call: perhaps a delay, and at most one other fault."""
        taken: list[Fault] = []
        for fault in list(self._orders):
            is_delay = fault.seconds > 0
            if fault.method not in ("*", method):
                continue
            if not is_delay and any(not one.seconds for one in taken):
                continue
            taken.append(fault)
            if fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    self._orders.remove(fault)
        return taken

    def are_left(self, method: str) -> bool:
        """Whether calls of this method have faults still to come."""
        return any(fault.method in ("*", method) for fault in self._orders)

    def clear(self) -> None:
        """No faults any more."""
        self._orders.clear()


class FaultOrders:
    """The tests' way to order faults; methods are named as Telegram spells them, or "*"."""

    faults: Faults

    def fail_next(
        self,
        method: str,
        status: int,
        description: str,
        parameters: Json | None = None,
        times: int | None = 1,
    ) -> None:
        """The next `times` calls are refused with these words and nothing is done."""
        error = ApiError(status, description, parameters)
        self.faults.order(Fault(method, times, error=error))

    def too_many_requests(self, method: str, retry_after: int, times: int | None = 1) -> None:
        """429 with `retry_after` seconds."""
        words = f"Too Many Requests: retry after {retry_after}"
        self.fail_next(method, 429, words, {"retry_after": retry_after}, times)

    def drop_connection(
        self, method: str, times: int | None = 1, *, after_doing: bool = False
    ) -> None:
        """The connection breaks; with `after_doing` the work is done and the answer is lost."""
        self.faults.order(Fault(method, times, drops=True, after_doing=after_doing))

    def delay(self, method: str, seconds: float, times: int | None = None) -> None:
        """Calls wait `seconds` before anything is done; always, unless `times` is given."""
        self.faults.order(Fault(method, times, seconds=seconds))

    def answer_raw(self, method: str, status: int, body: str, times: int | None = 1) -> None:
        """An answer that is not Telegram's, like a proxy's "502 Bad Gateway" page."""
        self.faults.order(Fault(method, times, raw=(status, body)))

    def half_a_body(self, method: str, times: int | None = 1) -> None:
        """What was asked for is done, and half of the answer comes."""
        self.faults.order(Fault(method, times, after_doing=True, way=Way.HALF))

    def drip(self, method: str, lasting: float, times: int | None = 1) -> None:
        """What was asked for is done, and the answer takes `lasting` seconds to come."""
        self.faults.order(Fault(method, times, after_doing=True, way=Way.DRIPS, lasting=lasting))

    def keep_silent(self, method: str, lasting: float, times: int | None = 1) -> None:
        """Nothing comes for `lasting` seconds, and nothing is done."""
        self.faults.order(Fault(method, times, way=Way.SILENT, lasting=lasting))
