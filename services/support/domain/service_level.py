"""What the desk promises: a first response and a resolution in so much time of work, by priority.

A clock runs, is paused while the desk waits for the customer, and ends when the promise is kept. It warns when a
quarter of its time is left. One that ran out stays `breached`, also when the promise is kept later.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from services.support.domain.business_time import BusinessHours
from services.support.domain.ticket import Priority

ClockKind = Literal["first-response", "resolution"]
ClockState = Literal["running", "paused", "met"]
KINDS: tuple[ClockKind, ...] = ("first-response", "resolution")


@dataclass(frozen=True, slots=True)
class ServiceLevels:
    """The promises: time of work per kind of clock and priority."""

    hours: BusinessHours
    targets: Mapping[ClockKind, Mapping[Priority, timedelta]]

    def target(self, kind: ClockKind, priority: Priority) -> timedelta:
        """Give how long a clock runs."""
        return self.targets[kind][priority]


@dataclass(slots=True)
class Clock:
    """One promise for one ticket. While it runs it has `warn_at` and `due_at`, while it is paused `remaining`."""

    kind: ClockKind
    state: ClockState
    target: timedelta
    due_at: datetime | None
    warn_at: datetime | None
    remaining: timedelta | None = None
    warned_at: datetime | None = None
    breached_at: datetime | None = None
    met_at: datetime | None = None


def start_clock(*, kind: ClockKind, levels: ServiceLevels, priority: Priority, now: datetime) -> Clock:
    """Start a clock with all of its time."""
    clock = Clock(kind, "paused", levels.target(kind, priority), None, None)
    clock.remaining = clock.target
    resume_clock(clock, levels=levels, now=now)
    return clock


def pause_clock(clock: Clock, *, levels: ServiceLevels, now: datetime) -> None:
    """Stop the time of a running clock; one that has breached stays as it is, since nothing is left of it."""
    if clock.state != "running" or clock.due_at is None or clock.breached_at is not None:
        return
    clock.remaining = levels.hours.between(now, clock.due_at)
    clock.state, clock.due_at, clock.warn_at = "paused", None, None


def resume_clock(clock: Clock, *, levels: ServiceLevels, now: datetime) -> None:
    """Let a paused clock go on with the time that it had left."""
    if clock.state != "paused" or clock.remaining is None:
        return
    clock.due_at = levels.hours.add(now, clock.remaining)
    clock.warn_at = levels.hours.add(now, max(timedelta(), clock.remaining - clock.target // 4))
    clock.state, clock.remaining = "running", None


def meet_clock(clock: Clock, *, now: datetime) -> None:
    """Note that the promise was kept; when that was too late, the breach is noted with it."""
    if clock.state == "met":
        return
    if clock.state == "running" and clock.due_at is not None and now > clock.due_at and clock.breached_at is None:
        clock.breached_at = clock.due_at
    clock.state, clock.met_at = "met", now


def retarget_clock(clock: Clock, *, levels: ServiceLevels, priority: Priority, now: datetime) -> None:
    """Give a clock the time of another priority; what was used of it counts. One that has breached stays breached."""
    target = levels.target(clock.kind, priority)
    if clock.state == "met" or clock.breached_at is not None or target == clock.target:
        clock.target = target
        return
    was_running = clock.state == "running"
    pause_clock(clock, levels=levels, now=now)
    used = clock.target - (clock.remaining or timedelta())
    clock.target, clock.remaining = target, max(timedelta(), target - used)
    if was_running:
        resume_clock(clock, levels=levels, now=now)
