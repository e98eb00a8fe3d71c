"""A real worker with a real Redis: it is woken at once, and outlives a Redis that dies, forgets and returns."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from shared.settings import ServiceSettings
from shared.store.engine import Store
from shared.store.job_queries import list_job_runs, run_job_again
from shared.store.jobs import enqueue_job
from shared.worker.app import create_sender, sweep_jobs
from shared.worker.sending import send_job
from tests.builders.redis import RedisServer, free_port
from tests.shared.worker import counting_worker

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def store(tmp_path: Path, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("BANK_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("REDIS_URL", redis_server.url)
    one = counting_worker.open_store()
    yield one
    one.close()


@pytest.fixture
def worker(store: Store, tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "celery", "-A", "tests.shared.worker.counting_worker:app", "worker"]
    command += ["--pool=threads", "-c", "2", "--beat-inside", "-Q", "counting"]
    with (tmp_path / "worker.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), stdout=log, stderr=subprocess.STDOUT)
        yield process
        process.terminate()
        process.wait(timeout=15)


def settings() -> ServiceSettings:
    return counting_worker.CountingSettings()


def enqueue(store: Store, number: int, *, kind: str = "count", seconds: float = 0.0) -> str:
    payload = {"number": number, "seconds": seconds}
    with store.write() as session:
        job_id = enqueue_job(session, kind=kind, unique_key=str(number), payload=payload)
    assert job_id
    return job_id


def counted(store: Store) -> list[int]:
    effects = counting_worker.EFFECTS
    with store.read() as session:
        return sorted(session.execute(select(effects.c.number)).scalars())


def ticks(store: Store) -> int:
    with store.read() as session:
        return int(session.execute(select(func.count()).select_from(counting_worker.TICKS)).scalar() or 0)


def wait_until(condition: Callable[[], bool], *, seconds: float) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "It did not happen in time."
        time.sleep(0.02)


class TestWorker:
    @pytest.mark.usefixtures("worker")
    def test_outlives_a_redis_that_dies_and_forgets(
        self, store: Store, redis_server: RedisServer, tmp_path: Path
    ) -> None:
        sender = create_sender(settings())
        enqueue(store, 1)
        wait_until(lambda: counted(store) == [1], seconds=15)  # the sweeper found it: nobody sent it
        send_job(sender, enqueue(store, 2))
        wait_until(lambda: counted(store) == [1, 2], seconds=1)
        for number in range(3, 30):  # some are in the worker's hands when Redis dies, some wait in Redis
            send_job(sender, enqueue(store, number))
        redis_server.stop()
        send_job(sender, enqueue(store, 30))
        time.sleep(2)
        redis_server.start()
        wait_until(lambda: counted(store) == list(range(1, 31)), seconds=10)
        before = ticks(store)
        wait_until(lambda: ticks(store) > before, seconds=10)  # the schedule goes on too
        assert list((tmp_path / "counting").glob("celerybeat-schedule*"))
        self._pushes_the_schedule(store)

    @pytest.mark.usefixtures("worker")
    def test_takes_a_job_that_comes_first_before_all_that_wait(self, store: Store) -> None:
        for number in range(1, 61):
            enqueue(store, number, seconds=0.5)  # two at a time: fifteen seconds of work
        wait_until(lambda: len(counted(store)) >= 1, seconds=15)
        enqueue(store, 100, kind="count-first")
        wait_until(lambda: 100 in counted(store), seconds=15)
        assert len(counted(store)) < 50

    @staticmethod
    def _pushes_the_schedule(store: Store) -> None:
        """What ran on the schedule is noted in a row, and a push of that row is one more run."""
        with store.read() as session:
            [noted] = list_job_runs(session, "every.tick")
        assert (noted.state, noted.last_error) == ("done", None)
        with store.write() as session:
            assert run_job_again(session, noted.id)[1]

        def is_done() -> bool:
            with store.read() as session:
                return list_job_runs(session, "every.tick")[0].state == "done"

        wait_until(is_done, seconds=15)


class TestSendJob:
    def test_neither_waits_nor_fails_when_redis_is_down(self) -> None:
        sender = create_sender(ServiceSettings(redis_url=f"redis://127.0.0.1:{free_port()}/0"))
        began = time.monotonic()
        for _ in range(2000):
            send_job(sender, "01a20538-6018-75b8-9641-4de02028229b")
        assert time.monotonic() - began < 0.5


class TestSweepJobs:
    def test_sends_what_is_due_but_not_again_while_it_waits(self, store: Store) -> None:
        sender = create_sender(settings())
        enqueue(store, 1)
        enqueue(store, 2)
        assert sweep_jobs(sender, store) == 2
        assert sweep_jobs(sender, store) == 0

    def test_sends_again_what_redis_forgot(self, store: Store, redis_server: RedisServer) -> None:
        sender = create_sender(settings())
        enqueue(store, 1)
        assert sweep_jobs(sender, store) == 1
        redis_server.flush()
        assert sweep_jobs(sender, store) == 1
