"""Anchors what was committed and only then answers its callers, while the next batch is already being decided.

Batches are answered in the order of their commits; one write of the anchor covers all that wait for it.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from services.transactions.store.anchor import Anchor, AnchorLost
from services.transactions.writing.submission import Answer, Submission

_log = structlog.get_logger("bank.ledger.acknowledging")


@dataclass(frozen=True, slots=True)
class Committed:
    """A batch that is durable: its commands, their answers, and sequence and hash of the newest entry it booked."""

    submissions: Sequence[Submission]
    answers: Sequence[Answer]
    newest: tuple[int, str] | None


class Acknowledger:
    """The thread between commit and answer. Without an anchor it answers at once, in the caller's thread."""

    def __init__(self, anchor: Anchor | None) -> None:
        """Take the opened anchor; only this thread moves it from now on."""
        self._anchor = anchor
        self._waiting: list[Committed] = []
        self._arrived = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="ledger-acknowledger", daemon=True)

    def start(self, on_lost: Callable[[], object]) -> None:
        """Begin; `on_lost` runs if the anchor cannot be written, after which nothing is answered any more."""
        self._on_lost = on_lost
        if self._anchor is not None:
            self._thread.start()

    def take(self, committed: Committed) -> None:
        """Answer a batch as soon as the anchor covers it."""
        if self._anchor is None:
            _answer(committed)
            return
        with self._arrived:
            self._waiting.append(committed)
            self._arrived.notify()

    def is_alive(self) -> bool:
        """Tell whether what is committed will be answered."""
        return self._anchor is None or self._thread.is_alive()

    def stop(self) -> None:
        """Answer what was taken and end."""
        with self._arrived:
            self._stopping = True
            self._arrived.notify()
        if self._anchor is not None:
            self._thread.join()

    def _run(self) -> None:
        while batches := self._next():
            newest = [one.newest for one in batches if one.newest is not None]
            try:
                if newest and self._anchor is not None:
                    self._anchor.advance(*newest[-1])
            except AnchorLost as lost:
                # What was booked stays unanswered: the next start anchors it, and a repeat replays it.
                _log.error("anchor.lost", detail=str(lost))
                self._on_lost()
                return
            for one in batches:
                _answer(one)

    def _next(self) -> list[Committed]:
        """Give all that waits; nothing once it is told to stop and nothing waits."""
        with self._arrived:
            while not self._waiting and not self._stopping:
                self._arrived.wait()
            batches, self._waiting = self._waiting, []
            return batches


def _answer(committed: Committed) -> None:
    for submission, answer in zip(committed.submissions, committed.answers, strict=True):
        submission.answer(answer)
