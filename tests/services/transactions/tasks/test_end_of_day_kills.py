"""The end of day is killed at each of its commits, run by two at once, and run three times: always the same end."""

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event

from services.transactions.store.end_of_day_store import find_run, running
from services.transactions.tasks.advance_clock import end_due_days
from shared.store.engine import Store
from shared.store.schema import tables_of
from tests.services.transactions.day_bench import DayBench
from tests.services.transactions.tasks.test_end_of_day import D

pytestmark = pytest.mark.sqlite

MONTH_END = D("2027-11-30")


def bench_on(folder: Path) -> DayBench:
    """Open the ledger in a folder as a process of its own would."""
    store = Store(f"sqlite:///{folder}/ledger.db", service="transactions", plumbing=tables_of("transactions")[1])
    return DayBench(store, dormant_after_days=10)


def apart(work: Callable[[], object]) -> int:
    """Do something in a process of its own and give how it ended: 0, or minus the signal."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def die_at(folder: Path, commit: int) -> None:
    """End the day, and be killed at the nth commit, of worker or writer: before it and after it in turn."""
    bench, left = bench_on(folder), [commit]

    def count(_connection: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(bench.store.writer, "commit", count)
    bench.end.run(MONTH_END, job_id="job-1")


@pytest.fixture
def eve(days: DayBench, tmp_path: Path) -> Path:
    """Give a folder with the ledger on the evening of a month's last day."""
    days.end_days(MONTH_END)
    days.store.close()
    folder = tmp_path / "eve"
    folder.mkdir()
    shutil.copy(days.store.path, folder / "ledger.db")
    return folder


def copy_of(eve: Path, name: str) -> Path:
    return Path(shutil.copytree(eve, eve.parent / name))


@pytest.fixture
def wanted(eve: Path) -> str:
    """Give the state that an undisturbed end of day leaves."""
    bench = bench_on(copy_of(eve, "undisturbed"))
    bench.end_day()
    assert bench.today == D("2027-12-01")
    found = bench.state_hash()
    bench.store.close()
    return found


class TestKills:
    def test_at_each_commit_end_in_the_same_state(self, eve: Path, wanted: str) -> None:
        commit, killed, steps = 0, True, set()
        while killed:
            commit += 1
            folder = copy_of(eve, f"killed-{commit}")
            killed = apart(lambda folder=folder, commit=commit: die_at(folder, commit)) == -signal.SIGKILL
            bench = bench_on(folder)
            with bench.store.read() as session:
                run = find_run(session, MONTH_END)
                steps.add(run.step if run else "none")
            end_due_days(bench.store, bench.end, job_id="job-2")  # as the job that was cut off begins again
            with bench.store.read() as session:
                assert running(session) is None, f"killed at commit {commit}, it was forgotten"
            for _ in range(3):
                bench.end.run(MONTH_END, job_id="job-1")
            assert bench.state_hash() == wanted, f"killed at commit {commit}"
            bench.store.close()
            shutil.rmtree(folder)
        assert commit > len(steps)
        assert len(steps) == 8, "some step was never the one that was cut off"

    def test_of_the_one_who_resumes_change_nothing_either(self, eve: Path, wanted: str) -> None:
        folder = copy_of(eve, "often")
        ends = [apart(lambda: die_at(folder, 4)) for _ in range(12)]
        assert ends.count(-signal.SIGKILL) > 4
        bench = bench_on(folder)
        bench.end.run(MONTH_END, job_id="job-1")
        assert bench.state_hash() == wanted
        bench.store.close()


class TestTwoSchedulers:
    def test_at_the_same_date_do_what_one_does(self, eve: Path, wanted: str) -> None:
        for turn in range(5):
            folder = copy_of(eve, f"two-{turn}")
            pids = []
            for _ in range(2):
                pid = os.fork()
                if pid == 0:
                    try:
                        bench_on(folder).end.run(MONTH_END, job_id="job-1")
                        os._exit(0)
                    finally:
                        os._exit(1)
                pids.append(pid)
            assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids] == [0, 0]
            bench = bench_on(folder)
            assert bench.state_hash() == wanted
            bench.store.close()
