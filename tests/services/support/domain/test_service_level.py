"""The clocks of the desk's promises."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from services.support.domain.service_level import (
    Clock,
    meet_clock,
    pause_clock,
    resume_clock,
    retarget_clock,
    start_clock,
)
from services.support.settings import SupportSettings

LEVELS = SupportSettings().service_levels
BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def started(when: str, priority: str = "urgent") -> Clock:
    return start_clock(kind="first-response", levels=LEVELS, priority=priority, now=at(when))  # type: ignore[arg-type]


class TestClock:
    def test_of_a_friday_evening_is_due_on_monday_or_after_the_holiday(self) -> None:
        assert started("2026-11-20T17:55").due_at == at("2026-11-23T09:55")
        assert started("2026-05-22T17:55").due_at == at("2026-05-26T09:55")

    def test_warns_when_a_quarter_is_left(self) -> None:
        assert started("2026-11-23T10:00").warn_at == at("2026-11-23T10:45")

    def test_does_not_run_while_it_is_paused(self) -> None:
        clock = started("2026-11-23T10:00")
        pause_clock(clock, levels=LEVELS, now=at("2026-11-23T10:20"))
        assert (clock.state, clock.due_at, clock.remaining) == ("paused", None, timedelta(minutes=40))
        pause_clock(clock, levels=LEVELS, now=at("2026-11-23T10:50"))
        resume_clock(clock, levels=LEVELS, now=at("2026-11-27T17:50"))
        assert (clock.state, clock.due_at, clock.remaining) == ("running", at("2026-11-30T09:30"), None)
        assert clock.warn_at == at("2026-11-30T09:15")

    def test_that_is_kept_too_late_was_broken(self) -> None:
        late, early = started("2026-11-23T10:00"), started("2026-11-23T10:00")
        meet_clock(early, now=at("2026-11-23T11:00"))
        meet_clock(late, now=at("2026-11-23T11:01"))
        assert (early.state, early.breached_at) == ("met", None)
        assert (late.state, late.breached_at) == ("met", at("2026-11-23T11:00"))
        meet_clock(late, now=at("2026-11-23T12:00"))
        assert late.met_at == at("2026-11-23T11:01")

    def test_of_another_priority_keeps_what_was_used(self) -> None:
        clock = started("2026-11-23T10:00", "high")
        retarget_clock(clock, levels=LEVELS, priority="urgent", now=at("2026-11-23T10:30"))
        assert clock.due_at == at("2026-11-23T11:00")
        retarget_clock(clock, levels=LEVELS, priority="high", now=at("2026-11-23T10:30"))
        assert clock.due_at == at("2026-11-23T14:00")

    def test_of_a_higher_priority_may_be_due_at_once(self) -> None:
        clock = started("2026-11-23T10:00", "high")
        retarget_clock(clock, levels=LEVELS, priority="urgent", now=at("2026-11-23T13:00"))
        assert clock.due_at == at("2026-11-23T13:00")
