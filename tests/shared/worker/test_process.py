"""The worker's process: it tells how it is, and ends when its schedule has died."""

import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shared.worker import process
from tests.builders.redis import RedisServer, free_port
from tests.shared.worker import counting_worker

ROOT = Path(__file__).resolve().parents[3]


QUEUE = ("-Q", "counting")


class Worker:
    """One worker process with its port."""

    def __init__(self, folder: Path, redis_url: str, port: int, *options: str) -> None:
        self._port = port
        env = {"BANK_DATA_DIR": str(folder), "REDIS_URL": redis_url, "BANK_WORKER_OPS_PORT": str(port)}
        command = [sys.executable, "-m", "celery", "-A", "tests.shared.worker.counting_worker:app"]
        command += options or ["worker", "--pool=threads", "-c", "1", "--beat-inside", *QUEUE]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **env}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )

    def ask(self, path: str) -> tuple[int, str]:
        """Ask the port; status 0 while nobody listens there."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self._port}{path}", timeout=2) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as no:
            return no.code, ""
        except OSError:
            return 0, ""

    def children(self) -> list[int]:
        """Give the pids of its children: the schedule."""
        text = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in text.split()]


@pytest.fixture
def worker(tmp_path: Path, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    monkeypatch.setenv("BANK_DATA_DIR", str(tmp_path))
    counting_worker.open_store().close()
    one = Worker(tmp_path, redis_server.url, free_port())
    yield one
    if one.process.poll() is None:
        one.process.terminate()
    one.process.communicate(timeout=20)


def wait_until(condition: Callable[[], bool], *, seconds: float) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "It did not happen in time."
        time.sleep(0.05)


class TestWorkerProcess:
    def test_tells_how_it_is_while_redis_goes_and_comes(self, worker: Worker, redis_server: RedisServer) -> None:
        wait_until(lambda: worker.ask("/readyz")[0] == 200, seconds=20)
        assert worker.ask("/livez")[0] == 200
        wait_until(lambda: 'bank_jobs_due{service="counting"}' in worker.ask("/metrics")[1], seconds=10)
        redis_server.stop()
        assert worker.ask("/livez")[0] == 200
        redis_server.start()
        wait_until(lambda: worker.ask("/readyz")[0] == 200, seconds=20)

    def test_ends_when_its_schedule_has_died(self, monkeypatch: pytest.MonkeyPatch) -> None:
        ended: list[int] = []
        monkeypatch.setattr(process, "_LOOK_SECONDS", 0.01)
        monkeypatch.setattr(process.os, "kill", lambda pid, _signal: ended.append(pid))
        died = threading.Thread(target=lambda: None)
        died.start()
        died.join()
        process._watch_beat(died, threading.Event())
        assert ended == [os.getpid()]

    def test_does_not_start_on_a_taken_port(self, worker: Worker, tmp_path: Path, redis_server: RedisServer) -> None:
        wait_until(lambda: worker.ask("/livez")[0] == 200, seconds=20)
        second = Worker(tmp_path, redis_server.url, worker._port)
        _, said = second.process.communicate(timeout=20)
        assert second.process.returncode == 1
        assert b"health and metrics is taken" in said


class TestScheduleApart:
    def test_tells_how_it_is_at_the_same_port(
        self, tmp_path: Path, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("BANK_DATA_DIR", str(tmp_path))
        options = ("beat", "-s", str(tmp_path / "schedule"), "--pidfile=")
        alone = Worker(tmp_path, redis_server.url, free_port(), *options)
        try:
            wait_until(lambda: alone.ask("/readyz")[0] == 200, seconds=20)
            assert "process_cpu_seconds_total" in alone.ask("/metrics")[1]
        finally:
            alone.process.terminate()
            alone.process.communicate(timeout=20)


class TestForkedJobs:
    def test_are_counted_at_the_workers_port(
        self, tmp_path: Path, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("BANK_DATA_DIR", str(tmp_path))
        (tmp_path / "counts").mkdir()
        monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path / "counts"))
        counting_worker.open_store().close()
        forking = Worker(
            tmp_path, redis_server.url, free_port(), "worker", "--pool=prefork", "-c", "1", "--beat-inside", *QUEUE
        )
        try:
            wait_until(lambda: 'bank_jobs_due{service="counting"}' in forking.ask("/metrics")[1], seconds=20)
            assert "process_cpu_seconds_total" in forking.ask("/metrics")[1]
        finally:
            forking.process.terminate()
            forking.process.communicate(timeout=20)
