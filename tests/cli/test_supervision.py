"""The process manager with small programs: what dies comes back, and what it held does not outlive it."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.data_folder import DataFolder
from cli.process_table import started
from cli.programs import Program
from cli.records import end_leftovers, living, read_record, record_this_process
from cli.supervision import Supervision, start_manager, stop_manager, supervisor_config

FORKS = "import os, time; os.fork(); time.sleep(600)"


def until(what: Callable[[], object], *, seconds: float = 15.0) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture
def folder() -> Iterator[DataFolder]:
    with tempfile.TemporaryDirectory(prefix="bank-") as short:
        made = DataFolder.at(Path(short) / "data")
        made.make()
        yield made


@pytest.fixture
def manager(folder: DataFolder) -> Iterator[subprocess.Popen[bytes]]:
    record_this_process(folder.run, "bank")
    sleeper = Program("sleeper", "house", (sys.executable, "-c", FORKS))
    running = start_manager(folder, [sleeper], {"BANK_DATA_DIR": str(folder.path), "SECRET": "a'b\"%c"})
    try:
        until(lambda: len(members(folder)) == 2)
        yield running
    finally:
        stop_manager(running)
        end_leftovers(folder.run, folder.path, patience_seconds=1.0)


def members(folder: DataFolder) -> list[int]:
    record = read_record(folder.run, "sleeper")
    return living(record, folder.path) if record else []


class TestTheConfiguration:
    def test_holds_no_secret_and_survives_a_percent_sign(self, tmp_path_factory: pytest.TempPathFactory) -> None:
        tmp_path = tmp_path_factory.mktemp("a")  # a longer path would move the socket elsewhere
        program = Program("writer", "ground", ("x",), None, {"KEY": "top-secret"})
        text = supervisor_config(DataFolder(tmp_path / "100%"), [program])
        assert "top-secret" not in text
        assert "100%%/run/supervisor.sock" in text
        assert "[group:bank-ground]\nprograms=writer" in text


class TestTheProcessManager:
    def test_starts_a_killed_program_again_and_ends_what_it_had_forked(
        self, folder: DataFolder, manager: subprocess.Popen[bytes]
    ) -> None:
        before = members(folder)
        os.kill(before[0], signal.SIGKILL)
        until(lambda: (again := read_record(folder.run, "sleeper")) and again.starts == 2)
        until(lambda: len(members(folder)) == 2)
        until(lambda: started(before[1]) is None)

    def test_stops_and_starts_one_program_on_demand(self, folder: DataFolder, manager: subprocess.Popen[bytes]) -> None:
        control = Supervision(folder.run)
        control.stop("sleeper")
        assert members(folder) == []
        assert control.states() == {"sleeper": "STOPPED"}
        control.start("sleeper")
        until(lambda: len(members(folder)) == 2)

    def test_stops_everything_when_it_is_stopped(self, folder: DataFolder, manager: subprocess.Popen[bytes]) -> None:
        assert stop_manager(manager)
        assert members(folder) == []

    def test_takes_its_programs_with_it_when_it_is_killed(
        self, folder: DataFolder, manager: subprocess.Popen[bytes]
    ) -> None:
        manager.kill()
        manager.wait()
        until(lambda: read_record(folder.run, "sleeper") and not read_record(folder.run, "sleeper").lives)  # type: ignore[union-attr]
        assert end_leftovers(folder.run, folder.path) == ["sleeper"]
        assert members(folder) == []

    def test_ends_when_the_command_that_started_it_is_killed(self, folder: DataFolder) -> None:
        start = (
            "import pathlib, sys, time; from cli.data_folder import *; from cli.records import *; "
            "from cli.programs import *; from cli.supervision import *; f = DataFolder(pathlib.Path(sys.argv[1])); "
            "record_this_process(f.run, 'bank'); start_manager(f, [Program('sleeper', 'house', (sys.executable, '-c', "
            f"{FORKS!r}))], {{'BANK_DATA_DIR': str(f.path)}}); time.sleep(600)"
        )
        command = subprocess.Popen([sys.executable, "-c", start, str(folder.path)])
        try:
            until(lambda: len(members(folder)) == 2)
        finally:
            command.kill()
            command.wait()
        until(lambda: members(folder) == [])
        manager = read_record(folder.run, "supervisord")
        assert manager is not None
        until(lambda: not manager.lives)


class TestLeftovers:
    def test_are_not_confused_with_another_process_that_has_the_pid(self, folder: DataFolder) -> None:
        record_this_process(folder.run, "somebody")
        path = folder.run / "processes" / "somebody.json"
        path.write_text(path.read_text().replace('"started": "', '"started": "another boot:'))
        record = read_record(folder.run, "somebody")
        assert record is not None
        assert living(record, folder.path) == []
