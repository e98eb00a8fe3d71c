"""What the writer does between two batches besides ending holds."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from services.transactions import worker
from services.transactions.settings import TransactionsSettings
from services.transactions.writing import queue as writer_queue
from services.transactions.writing.queue import WriterQueue
from shared.clock import now
from shared.store.purge import ANSWERS_KEPT
from shared.worker import app as worker_app
from tests.services.transactions.conftest import LedgerBench
from tests.shared.streams.conftest import wait_until


class TestWriterQueue:
    def test_deletes_the_answers_whose_time_is_over(self, bench: LedgerBench, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nobody else writes the table of the ledger's keys, so nobody else may purge it."""
        account = bench.open("ada")
        bench.deposit(account, 100)
        kept = bench.count("idempotency")
        assert kept > 0
        later = now() + ANSWERS_KEPT + timedelta(days=1)
        queue = WriterQueue(bench.store, limit=10, batch_postings=10)
        ended = threading.Event()
        with monkeypatch.context() as tomorrow:
            tomorrow.setattr(writer_queue, "now", lambda: later)
            queue.start(ended.set)
            wait_until(lambda: bench.count("idempotency") == 0, seconds=20)
            queue.stop()
        assert ended.is_set()
        assert bench.booked(account) == 100

    def test_is_the_only_one_that_does(self, bench: LedgerBench, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: dict[str, Any] = {}
        monkeypatch.setattr(worker, "create_worker", lambda *_, **named: asked.update(named))
        worker.create_app(TransactionsSettings(environment="sandbox"))
        assert asked["purges_answers"] is False
        done: list[str] = []
        monkeypatch.setattr(worker_app, "purge_answers", lambda *_, **__: done.append("answers") or 0)
        monkeypatch.setattr(worker_app, "purge_jobs", lambda *_, **__: done.append("jobs") or 0)
        for answers in (True, False):
            worker_app.purge_kept(bench.store, answers=answers)
        assert done == ["jobs", "answers", "jobs"]
