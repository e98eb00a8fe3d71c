"""The load generator, a process of its own: `python -m tests.benchmark.load <plan.json>` writes its result as JSON.

Closed loop: every connection sends its next request when it has the answer to the last one; a request that was sent
is always waited for, so that it is known of each whether it was acknowledged. Open loop: requests have fixed times,
whether or not the bank keeps up, and latency counts from the time at which a request was meant to leave.
Standard library only.
"""

import gc
import json
import sys
import time
from collections import deque
from pathlib import Path
from typing import Any

from tests.benchmark.connections import PATIENCE_SECONDS, Broken, Line, Lines, receive, send
from tests.benchmark.traffic import Traffic

SAMPLES = 5


class Tally:
    """What came back: latencies by the moment of the answer, ids of what was acknowledged, samples of the rest."""

    def __init__(self) -> None:
        """Nothing came yet."""
        self.answered: list[tuple[float, float]] = []
        self.acknowledged: list[bytes] = []
        self.others: dict[str, int] = {}
        self.samples: list[str] = []

    def take(self, *, since: float, at: float, status: int, body: bytes) -> None:
        """Note one answer."""
        self.answered.append((at, at - since))
        if status == 201:
            self.acknowledged.append(body)
        else:
            self.fail(str(status), body.decode(errors="replace")[:400])

    def fail(self, kind: str, sample: str) -> None:
        """Note what was not acknowledged."""
        self.others[kind] = self.others.get(kind, 0) + 1
        if len(self.samples) < SAMPLES:
            self.samples.append(sample)


class Source:
    """Gives numbered requests until a moment has passed."""

    def __init__(self, traffic: Traffic) -> None:
        """Begin at request 0."""
        self.traffic = traffic
        self.sent = 0

    def feed(self, line: Line, *, since: float) -> None:
        """Send the next request."""
        number = self.sent
        self.sent += 1
        send(line, self.traffic.request(number), number=number, since=since)


def closed_loop(lines: Lines, source: Source, tally: Tally, *, seconds: float) -> float:
    """Keep every connection busy, then wait for the last answers; give the moment of the start."""
    clock = time.perf_counter
    began = clock()
    until = began + seconds
    busy = 0
    for line in lines.all():
        source.feed(line, since=clock())
        busy += 1
    while busy:
        ready = lines.ready(PATIENCE_SECONDS)
        if not ready:
            tally.fail("no answer", f"{busy} requests had no answer after {PATIENCE_SECONDS:.0f} s")
            break
        for line in ready:
            try:
                answer = receive(line)
            except (Broken, OSError) as broken:
                tally.fail("broken", str(broken))
                lines.drop(line)
                busy -= 1
                continue
            if answer is None:
                continue
            at = clock()
            tally.take(since=line.since, at=at, status=answer[0], body=answer[1])
            if at < until:
                source.feed(line, since=at)
            else:
                busy -= 1
    return began


def open_loop(lines: Lines, source: Source, tally: Tally, *, seconds: float, rate: float) -> float:
    """Send at fixed times on whichever connection is free; give the moment of the start."""
    clock = time.perf_counter
    idle = deque(lines.all())
    total = int(seconds * rate)
    began = clock()
    give_up = began + seconds + PATIENCE_SECONDS
    answered = 0
    while answered < total:
        moment = clock()
        if moment > give_up:
            tally.fail("no answer", f"{total - answered} requests had no answer in time")
            break
        while idle and source.sent < total and (due := began + source.sent / rate) <= moment:
            source.feed(idle.popleft(), since=due)
        for line in lines.ready(0.001):
            try:
                answer = receive(line)
            except (Broken, OSError) as broken:
                tally.fail("broken", str(broken))
                lines.drop(line)
                answered += 1
                continue
            if answer is not None:
                tally.take(since=line.since, at=clock(), status=answer[0], body=answer[1])
                answered += 1
                idle.append(line)
    return began


def main(plan_path: Path) -> None:
    """Run the plan and write the result beside it."""
    plan: dict[str, Any] = json.loads(plan_path.read_text())
    source, tally = Source(Traffic(plan["traffic"])), Tally()
    lines = Lines((plan["host"], plan["port"]), plan["connections"])
    cpu = time.process_time()
    gc.disable()  # nothing here is circular, and a collection would stop the load
    if plan["rate"]:
        began = open_loop(lines, source, tally, seconds=plan["seconds"], rate=plan["rate"])
    else:
        began = closed_loop(lines, source, tally, seconds=plan["seconds"])
    cpu = time.process_time() - cpu
    lines.close()
    result = {
        "sent": source.sent,
        "answered": [[round(at - began, 6), round(took, 6)] for at, took in tally.answered],
        "acknowledged": source.traffic.acknowledged_ids(tally.acknowledged),
        "others": tally.others,
        "samples": tally.samples,
        "cpu_seconds": cpu,
    }
    plan_path.with_suffix(".result").write_text(json.dumps(result))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
