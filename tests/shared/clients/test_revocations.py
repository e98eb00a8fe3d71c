"""The poller reads on from where it stood, and a poll that fails harms nothing."""

import time
from datetime import timedelta
from typing import Any

from shared.clients.revocations import RevocationPoller, Revocations
from shared.clock import format_time, now


class Source:
    """Identity's list, two items a page; can be broken."""

    def __init__(self, *items: dict[str, Any]) -> None:
        self.items = list(items)
        self.asked: list[int] = []
        self.broken = False

    def read_page(self, after: int) -> dict[str, Any]:
        self.asked.append(after)
        if self.broken:
            raise OSError
        rest = [item for item in self.items if item["sequence"] > after]
        return {"items": rest[:2], "next": "more" if len(rest) > 2 else None}


def _item(sequence: int, *, age_seconds: int = 0, **who: str) -> dict[str, Any]:
    moment = format_time(now() - timedelta(seconds=age_seconds))
    return {"sequence": sequence, "session_id": None, "user_id": None, **who, "revoked_at": moment}


class TestPoll:
    def test_reads_all_pages_and_goes_on_from_there(self) -> None:
        source, revocations = Source(*(_item(n, session_id=f"s{n}") for n in range(1, 6))), Revocations()
        poller = RevocationPoller(source, revocations)
        poller.poll()
        assert source.asked == [0, 2, 4]
        assert all(revocations.covers(session_id=f"s{n}", user_id=None, issued_at=0) for n in range(1, 6))
        source.items.append(_item(6, user_id="u"))
        poller.poll()
        assert source.asked[-1] == 5
        stamp = now().timestamp()
        assert revocations.covers(session_id="other", user_id="u", issued_at=stamp - 1)
        assert not revocations.covers(session_id="other", user_id="u", issued_at=stamp + 1)

    def test_forgets_what_no_living_token_can_meet(self) -> None:
        revocations = Revocations()
        RevocationPoller(Source(_item(1, age_seconds=700, session_id="old")), revocations).poll()
        assert not revocations.covers(session_id="old", user_id=None, issued_at=0)

    def test_goes_on_after_failures(self) -> None:
        source, revocations = Source(_item(1, session_id="s")), Revocations()
        source.broken = True
        poller = RevocationPoller(source, revocations, every_seconds=0.01)
        poller.start()
        try:
            _until(lambda: len(source.asked) > 2)
            source.broken = False
            _until(lambda: revocations.covers(session_id="s", user_id=None, issued_at=0))
        finally:
            poller.stop()


def _until(condition: Any) -> None:
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)
