"""The data folder: one bank at a time, and a reset that deletes nothing but a stopped bank's data."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.data_folder import LONGEST, BankLock, DataFolder, Refused, main, reset, sockets_of


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    made = DataFolder(tmp_path / "data")
    made.make()
    monkeypatch.setenv("STRONGROOM_DATA_DIR", str(made.path))
    return made


class TestDataFolder:
    def test_with_a_long_path_has_its_sockets_in_a_short_folder_of_its_own(self, tmp_path: Path) -> None:
        folder = DataFolder.at(tmp_path / ("x" * 100))
        folder.make()
        sockets = sockets_of(folder.run)
        assert len(os.fsencode(sockets)) <= LONGEST
        assert sockets.stat().st_mode & 0o777 == 0o700
        reset(folder)
        assert not sockets.exists()

    def test_refuses_a_socket_folder_that_others_can_open(self, tmp_path: Path) -> None:
        folder = DataFolder.at(tmp_path / ("y" * 100))
        sockets_of(folder.run).mkdir(mode=0o755)
        with pytest.raises(Refused, match="0700"):
            folder.make()
        sockets_of(folder.run).rmdir()

    def test_is_readable_by_its_owner_only(self, folder: DataFolder) -> None:
        assert folder.path.stat().st_mode & 0o777 == 0o700


class TestBankLock:
    def test_refuses_a_second_copy_in_one_line(self, folder: DataFolder) -> None:
        first = BankLock(folder)
        first.take()
        with pytest.raises(Refused, match="already runs") as refused:
            BankLock(folder).take()
        assert "\n" not in str(refused.value)
        first.release()
        first.take()
        first.release()

    def test_is_dropped_when_its_holder_is_killed(self, folder: DataFolder) -> None:
        hold = (
            "import pathlib, sys, time; from cli.data_folder import *; lock = BankLock(DataFolder("
            "pathlib.Path(sys.argv[1]))); lock.take(); print('held', flush=True); time.sleep(60)"
        )
        command = [sys.executable, "-c", hold, str(folder.path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
            assert holder.stdout is not None
            holder.stdout.readline()
            with pytest.raises(Refused, match=str(holder.pid)):
                BankLock(folder).take()
            holder.kill()
        lock = BankLock(folder)
        lock.take()
        lock.release()


class TestReset:
    def test_deletes_everything(self, folder: DataFolder) -> None:
        (folder.path / "accounts").mkdir()
        assert main(["--yes"]) == 0
        assert not folder.path.exists()
        assert main(["--yes"]) == 0

    def test_refuses_while_the_bank_runs(self, folder: DataFolder, capsys: pytest.CaptureFixture[str]) -> None:
        lock = BankLock(folder)
        lock.take()
        assert main(["--yes"]) == 1
        lock.release()
        assert "already runs" in capsys.readouterr().err
        assert folder.path.exists()

    def test_deletes_nothing_without_a_yes(self, folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdin.isatty", lambda: False)
        assert main([]) == 1
        assert folder.path.exists()

    def test_leaves_a_folder_alone_that_is_no_banks(self, tmp_path: Path) -> None:
        (tmp_path / "thesis.txt").write_text("years of work")
        with pytest.raises(Refused, match="left alone"):
            reset(DataFolder(tmp_path))
        assert (tmp_path / "thesis.txt").exists()
