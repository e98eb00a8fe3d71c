"""A program that the process manager forks finds what an executed one finds, shares its memory, and ends alike."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cli import forking as forking_manager
from cli import supervision
from cli.data_folder import DataFolder
from cli.programs import Program
from cli.records import end_leftovers, forget_records, read_record, record_this_process
from cli.supervision import Supervision, load_manager, start_manager, stop_manager

ROOT = Path(__file__).resolve().parents[2]
ENDS = ("status", "word", "fault", "late")


def until(what: Callable[[], object], *, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


class Managed:
    """A process manager with programs that tell and programs that end, in a folder of its own."""

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder

    def file(self, name: str) -> Path:
        return self.folder.path / f"{name}.json"

    def program(self, name: str, mode: str) -> Program:
        module = (sys.executable, "-m", "tests.cli.forked", mode, str(self.file(name)))
        return Program(name, "house", module, environment={"SECRET": f"of {name}"}, nice=3 if name == "two" else 0)

    def told(self, name: str) -> dict[str, Any]:
        until(self.file(name).exists)
        found: dict[str, Any] = json.loads(self.file(name).read_text())
        return found

    def log(self, name: str) -> str:
        return (self.folder.logs / f"{name}.log").read_text()

    @property
    def manager_log(self) -> str:
        return (self.folder.logs / "supervisord.log").read_text()


def managed(*, forks: bool) -> Iterator[Managed]:
    with tempfile.TemporaryDirectory(prefix="bank-") as short:
        found = Managed(DataFolder.at(Path(short) / "data"))
        found.folder.make()
        record_this_process(found.folder.run, "bank")
        programs = [found.program("one", "tell"), found.program("two", "tell")]
        programs += [found.program(mode, mode) for mode in ENDS]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(supervision, "FORKS", forks)
            running = start_manager(found.folder, programs, {"BANK_DATA_DIR": str(found.folder.path)})
        try:
            yield found
        finally:
            stop_manager(running)
            end_leftovers(found.folder.run, found.folder.path, patience_seconds=1.0)
            forget_records(found.folder.run)


@pytest.fixture(scope="module")
def forking() -> Iterator[Managed]:
    yield from managed(forks=True)


@pytest.fixture(scope="module")
def executing() -> Iterator[Managed]:
    yield from managed(forks=False)


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="programs are forked on Linux only")


class TestAForkedProgram:
    def test_finds_what_an_executed_one_finds(self, forking: Managed, executing: Managed) -> None:
        found, expected = (
            json.loads(json.dumps(one.told("one")["surroundings"]).replace(str(one.folder.path), "<data>"))
            for one in (forking, executing)
        )
        for told in (found, expected):  # the socket's folder has a name made of the data folder's
            told["environment"].pop("SUPERVISOR_SERVER_URL")
        assert found == expected
        assert found["environment"]["SECRET"] == "of one"
        assert found["dies_with"] == 9

    def test_steps_back_as_far_as_it_is_told_to(self, forking: Managed, executing: Managed) -> None:
        for running in (forking, executing):
            one, two = (running.told(name)["surroundings"]["nice"] for name in ("one", "two"))
            assert two == min(19, one + 3)

    def test_has_no_chance_in_common_with_another(self, forking: Managed) -> None:
        for one, two in zip(forking.told("one")["chances"], forking.told("two")["chances"], strict=True):
            assert one != two

    def test_is_a_copy_that_shares_most_of_its_memory(self, forking: Managed) -> None:
        forking.told("one")
        record = read_record(forking.folder.run, "one")
        assert record is not None
        memory = {
            line.partition(":")[0]: int(line.split()[1])
            for line in Path(f"/proc/{record.pid}/smaps_rollup").read_text().splitlines()[1:]
        }
        assert memory["Shared_Dirty"] > 50_000  # kB
        assert memory["Private_Dirty"] < 15_000

    def test_is_shown_with_its_own_command(self, forking: Managed) -> None:
        forking.told("one")
        record = read_record(forking.folder.run, "one")
        assert record is not None
        listed = subprocess.run(
            ["ps", "-ww", "-o", "args=", "-p", str(record.pid)], capture_output=True, text=True, check=True
        ).stdout
        assert listed.startswith("python -m tests.cli.forked tell ")

    def test_keeps_its_secrets_out_of_what_the_machine_shows(self, forking: Managed) -> None:
        forking.told("one")
        record = read_record(forking.folder.run, "one")
        assert record is not None
        assert b"of one" not in Path(f"/proc/{record.pid}/environ").read_bytes()


class TestASignalToAProgram:
    def test_that_has_just_been_forked_is_not_lost(self, forking: Managed) -> None:
        control = Supervision(forking.folder.run)
        control.stop("two")
        for _ in range(5):
            control.start("two")
            control.stop("two")
        assert forking.manager_log.count("stopped: two (terminated by SIGTERM)") == 6
        assert "with SIGKILL" not in forking.manager_log
        assert control.states()["two"] == "STOPPED"
        control.start("two")

    def test_reaches_its_group_before_it_has_run_at_all(self) -> None:
        for _ in range(20):
            pid = forking_manager._fork()
            if pid == 0:  # a child that does nothing, its group least of all
                signal.pthread_sigmask(signal.SIG_SETMASK, ())
                time.sleep(20)
                os._exit(1)
            os.killpg(pid, signal.SIGKILL)
            assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL


class TestTheEndOfAProgram:
    @pytest.fixture(params=["forking", "executing"])
    def either(self, request: pytest.FixtureRequest) -> Managed:
        found: Managed = request.getfixturevalue(request.param)
        return found

    @pytest.mark.parametrize(("name", "status"), [("status", 3), ("word", 1), ("fault", 1), ("late", 0)])
    def test_is_seen_with_its_status(self, either: Managed, name: str, status: int) -> None:
        until(lambda: f"exited: {name} (exit status {status};" in either.manager_log)

    def test_has_the_one_line_it_was_given(self, either: Managed) -> None:
        until(lambda: either.log("word").startswith("a line at once\none clear line\n"))

    def test_has_the_traceback_of_what_nobody_caught(self, either: Managed) -> None:
        until(lambda: "\nValueError: nobody caught this\n" in either.log("fault"))

    def test_comes_after_its_threads_and_what_waits_for_it(self, either: Managed) -> None:
        until(lambda: either.log("late").startswith("a line at once\na thread's end\nthe very end\n"))


class TestALoadedManager:
    def test_starts_nothing_before_it_is_told_to(self, tmp_path_factory: pytest.TempPathFactory) -> None:
        found = Managed(DataFolder.at(tmp_path_factory.mktemp("m")))
        found.folder.make()
        record_this_process(found.folder.run, "bank")
        manager = load_manager(found.folder, [found.program("one", "tell")], {"BANK_DATA_DIR": str(found.folder.path)})
        time.sleep(3)
        assert manager.poll() is None
        assert read_record(found.folder.run, "one") is None
        assert manager.stdin is not None
        manager.stdin.close()  # as when the command that started it is gone
        assert manager.wait(10) == 0
        assert read_record(found.folder.run, "one") is None


class TestTheCondition:
    def test_is_linux(self) -> None:
        assert (os.uname().sysname == "Linux") == supervision.FORKS
