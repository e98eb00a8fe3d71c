"""`cli/start.py`: one clear line for what is missing, and an environment that an interrupted install cannot spoil."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli import start

START = Path(start.__file__)


class TestTheScript:
    def test_is_read_by_an_old_python_which_then_says_what_it_needs(self) -> None:
        ast.parse(START.read_text(), feature_version=(3, 6))
        # No machine has every old Python: this one says that it is old, then runs the script as it is.
        code = (
            "import runpy, sys; sys.version_info = (3, 10, 13, 'final', 0); "
            f"sys.argv = ['start.py', 'run']; runpy.run_path({str(START)!r}, run_name='__main__')"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert done.stderr.startswith("strongroom: Python 3.11 or newer is needed")
        assert done.stderr.count("\n") == 1

    def test_says_how_it_is_used(self) -> None:
        done = subprocess.run([sys.executable, str(START), "dance"], capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "usage" in done.stderr


@pytest.fixture
def bare_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a tree with empty locks and no environment yet."""
    (tmp_path / "requirements").mkdir()
    for cut in ("run", "dev"):
        (tmp_path / "requirements" / f"{cut}.lock").write_text(f"# {cut}: nothing is needed\n")
    venv = tmp_path / ".venv"
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "VENV", venv)
    monkeypatch.setattr(start, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(start, "STAMP", venv / "stamp.json")
    monkeypatch.setattr(start, "INSTALLING", venv / "installing")
    return tmp_path


class TestTheEnvironment:
    def test_is_made_once_and_again_after_the_lock_changed(
        self, bare_tree: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        start.make_environment("run")
        assert "Making the virtual environment" in capfd.readouterr().out
        start.make_environment("run")
        assert capfd.readouterr().out == ""
        (bare_tree / "requirements" / "run.lock").write_text("# changed\n")
        start.make_environment("run")
        assert "Installed in" in capfd.readouterr().out

    def test_with_the_dev_lock_serves_run_as_well(self, bare_tree: Path, capfd: pytest.CaptureFixture[str]) -> None:
        start.make_environment("dev")
        capfd.readouterr()
        start.make_environment("run")
        assert capfd.readouterr().out == ""

    def test_is_made_anew_after_an_interrupted_install(self, bare_tree: Path) -> None:
        start.make_environment("run")
        start.INSTALLING.write_text("interrupted")
        half = start.VENV / "half-unpacked"
        half.write_text("")
        start.make_environment("run")
        assert not half.exists()
        assert not start.INSTALLING.exists()
        assert json.loads(start.STAMP.read_text())["run"] == start.digest_of("run")

    def test_is_made_anew_when_its_python_is_gone(self, bare_tree: Path) -> None:
        start.make_environment("run")
        start.PYTHON.unlink()
        start.PYTHON.symlink_to("/nowhere/python3")
        start.make_environment("run")
        assert start.PYTHON.exists()

    def test_names_the_debian_package_when_venv_is_missing(
        self, bare_tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
        with pytest.raises(SystemExit):
            start.make_environment("run")
        assert "apt install python3-venv" in capsys.readouterr().err
