"""A process that books transfers as fast as it can through the writer's own queue, until it is killed.

`python -m tests.services.transactions.booking_process <store url> <round> [<where it dies> <at which commit>]`
It prints the key and the entry of each transfer once that was answered.
"""

import json
import os
import signal
import sys
import threading
from pathlib import Path

from services.transactions.store.anchor import SLOT_BYTES, Anchor, AnchorPoint, encode
from services.transactions.store.start_checks import open_anchor, open_ledger
from services.transactions.writing.queue import QueueFull, WriterQueue
from services.transactions.writing.submission import Answer
from tests.services.transactions.conftest import ADA, TRANSFER, LedgerBench, transfer


class DyingAnchor(Anchor):
    """An anchor during whose nth step the machine goes off: before it, in the middle of the write, or after it."""

    def __init__(self, path: Path, where: str, at: int) -> None:
        """Say where, and at which step."""
        super().__init__(path)
        self._where = where
        self._left = at

    def advance(self, sequence: int, entry_hash: str) -> None:
        """Die, or go on."""
        self._left -= 1
        if self._left == 0 and self._where == "torn":
            record = encode(AnchorPoint(1, sequence, entry_hash))
            os.pwrite(self._fd, record[: len(record) // 2], self._slot * SLOT_BYTES)
        if self._left == 0 and self._where != "after":
            os.kill(os.getpid(), signal.SIGKILL)
        super().advance(sequence, entry_hash)
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Book until somebody ends it."""
    url, turn, *dying = sys.argv[1:]
    bench = LedgerBench(open_ledger(url))
    anchor = open_anchor(bench.store)
    assert anchor is not None
    if dying:
        anchor.close()
        anchor = DyingAnchor(anchor.path, dying[0], int(dying[1]))
        anchor.open()
    queue = WriterQueue(bench.store, limit=64, batch_postings=32, anchor=anchor)
    queue.start(on_end=lambda: os.kill(os.getpid(), signal.SIGKILL))
    number = 0
    while True:
        key = f"{turn}-{number}"
        one = bench.submission(TRANSFER, transfer("a-ada", "a-ben", 1), ADA, key=key)

        def tell(answer: Answer, key: str = key) -> None:
            entry = json.loads(answer.body)["id"] if answer.status == 201 else "refused"
            os.write(1, f"{key} {entry}\n".encode())

        one.answer = tell
        try:
            queue.submit(one)
            number += 1
        except QueueFull:
            threading.Event().wait(0.001)


if __name__ == "__main__":
    main()
