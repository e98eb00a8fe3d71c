"""The four figures of each service as this gateway measures them: traffic, errors, latency, saturation.

They are counted beside the metrics, not read back from them: to collect some thousand series takes milliseconds in
which the loop forwards nothing. A sample every ten seconds is what the last five minutes are told apart by.
"""

import asyncio
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from gateway.routes import STREAMS

BOUNDS_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Upper bounds of the buckets that times are counted in, here as in the metrics."""
EVERY_SECONDS = 10.0
WINDOW_SECONDS = 300.0
_STREAM_PATHS = frozenset(name.partition(" ")[2] for name in STREAMS)


@dataclass(slots=True)
class Tally:
    """What was counted of one service since the start; a refusal is an answer, a fault (5xx) is an error."""

    requests: int = 0
    faults: int = 0
    times: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS_SECONDS) + 1))

    def add(self, *, template: str, status: int, seconds: float) -> None:
        """Count an answer. How long a stream lasts says nothing about how quick its service is."""
        self.requests += 1
        if status >= 500:
            self.faults += 1
        if template not in _STREAM_PATHS:
            self.times[bisect_left(BOUNDS_SECONDS, seconds)] += 1

    def copy(self) -> "Tally":
        """Give it as it is now."""
        return Tally(self.requests, self.faults, list(self.times))

    def since(self, earlier: "Tally") -> "Tally":
        """Give what was counted after another one."""
        times = [now - then for now, then in zip(self.times, earlier.times, strict=True)]
        return Tally(self.requests - earlier.requests, self.faults - earlier.faults, times)


TALLIES: defaultdict[str, Tally] = defaultdict(Tally)
"""What this process has counted, by upstream."""


def quantile_seconds(times: Sequence[int], share: float) -> float | None:
    """Give the time within which a share of the answers came, None without any.

    As Prometheus does it: evenly spread within a bucket; beyond the last bound it is that bound.
    """
    total = sum(times)
    if total == 0:
        return None
    rank, below = share * total, 0
    for at, count in enumerate(times[:-1]):
        if below + count >= rank and count:
            low = BOUNDS_SECONDS[at - 1] if at else 0.0
            return low + (BOUNDS_SECONDS[at] - low) * (rank - below) / count
        below += count
    return BOUNDS_SECONDS[-1]


class Figures:
    """Remembers what the tallies were, so that a window of time can be told. Times are those of the loop."""

    def __init__(self) -> None:
        """Begin without a sample."""
        self._samples: deque[tuple[float, dict[str, Tally]]] = deque(maxlen=int(WINDOW_SECONDS / EVERY_SECONDS))
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Take a sample now and then from here on; called within the loop."""
        loop = asyncio.get_running_loop()
        self.sample(loop.time())
        self._timer = loop.call_later(EVERY_SECONDS, self.start)

    def stop(self) -> None:
        """Take no more."""
        if self._timer is not None:
            self._timer.cancel()

    def sample(self, at: float) -> None:
        """Remember how the tallies are."""
        self._samples.append((at, {name: tally.copy() for name, tally in TALLIES.items()}))

    def of(self, upstream: str, at: float) -> tuple[float, Tally]:
        """Give the length of the window in seconds, and what was counted of a service within it."""
        began, then = self._samples[0]
        return max(at - began, 0.0), TALLIES[upstream].since(then.get(upstream, Tally()))
