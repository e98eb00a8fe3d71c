"""Traffic at a fixed pace: a slow answer delays no other request, and each is timed from when it was due."""

import asyncio
import random
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import aiohttp

from shared.ids import new_id


@dataclass(frozen=True)
class Ask:
    """A kind of request, and how many of it a second."""

    method: str
    path: str
    per_second: float
    token: str = ""
    body: Callable[[], dict[str, object]] | None = None

    async def send(self, session: aiohttp.ClientSession, base: str) -> int:
        """Send one and give its status."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if self.method == "POST":
            headers["Idempotency-Key"] = new_id()
        body = self.body() if self.body else None
        async with session.request(self.method, base + self.path, json=body, headers=headers) as answer:
            await answer.read()
            return answer.status


@dataclass(frozen=True)
class Timed:
    """What came of a request: `seconds` from when it was due to the end of its answer."""

    ask: Ask
    status: int
    seconds: float


async def send_paced(base: str, asks: Sequence[Ask], *, seconds: float, patience_seconds: float = 15.0) -> list[Timed]:
    """Send each kind at its pace for so long; gives all answers (status 0: none)."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    due = [
        (began + (number + random.random()) / ask.per_second, ask)
        for ask in asks
        for number in range(int(seconds * ask.per_second))
    ]
    timeout = aiohttp.ClientTimeout(total=patience_seconds)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=timeout) as session:

        async def one(at: float, ask: Ask) -> Timed:
            await asyncio.sleep(at - loop.time())
            try:
                status = await ask.send(session, base)
            except (aiohttp.ClientError, TimeoutError):
                status = 0
            return Timed(ask, status, loop.time() - at)

        return await asyncio.gather(*(one(at, ask) for at, ask in due))


def p99(times: Sequence[float]) -> float:
    """Give the time that 99 of 100 stay below."""
    return sorted(times)[max(0, int(len(times) * 0.99) - 1)]


@dataclass(frozen=True)
class Compared:
    """The medians of several windows' p99 in seconds, without and with a disturbance."""

    calm: float
    disturbed: float

    @property
    def ratio(self) -> float:
        """Give how much longer it took with it."""
        return self.disturbed / self.calm

    def __str__(self) -> str:
        return f"p99 {self.calm * 1000:.1f} ms calm, {self.disturbed * 1000:.1f} ms disturbed, ratio {self.ratio:.2f}"


def compare(
    calm: Callable[[], list[float]], disturbed: Callable[[], list[float]], *, at_most: float, rounds: int = 5
) -> Compared:
    """Measure windows of both kinds in turn until the ratio of their medians is small enough, or rounds are over.

    A round is two windows of each, in an order that cancels out a machine that gets slower or faster. A neighbour on
    the machine hits single windows; what isolates badly hits them all.
    """
    without: list[float] = []
    with_it: list[float] = []
    found = Compared(1.0, float("inf"))
    calm()  # the first of all windows opens connections and fills caches: it counts for nothing
    for _ in range(rounds):
        for measure, times in ((calm, without), (disturbed, with_it), (disturbed, with_it), (calm, without)):
            times.append(p99(measure()))
        found = Compared(statistics.median(without), statistics.median(with_it))
        if found.ratio <= at_most:
            break
    return found


def timed(asks: Sequence[Ask], answers: Sequence[Timed]) -> list[float]:
    """Give the times of some kinds' answers; every one of them must have been a good one."""
    chosen = [answer for answer in answers if answer.ask in asks]
    bad = {(one.ask.path, one.status) for one in chosen if not 200 <= one.status < 300}
    assert not bad, f"not answered well: {bad}"
    return [answer.seconds for answer in chosen]


def run(base: str, asks: Sequence[Ask], *, seconds: float) -> list[Timed]:
    """Send from a plain thread; see `send_paced`."""
    return asyncio.run(send_paced(base, asks, seconds=seconds))


def tell(figure: str) -> None:
    """Write what was measured, for `pytest -s` and for the report of a test that failed."""
    sys.stdout.write(f"\n{figure}\n")
