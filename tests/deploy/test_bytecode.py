"""The bytecode of an image's packages: no docstring is left, and everything else is as it was."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT

SOURCE = '''"""A module that tells a lot."""
from __future__ import annotations


class Told:
    """A class that tells a lot."""


def doubled(number: int) -> int:
    """Tell a lot."""
    assert number > 0, "kept"
    return number * 2
'''


class TestBytecode:
    def test_takes_the_place_of_a_source(self, tmp_path: Path) -> None:
        (tmp_path / "told.py").write_text(SOURCE)
        (tmp_path / "template.py").write_text("this is {no} python")
        subprocess.run([sys.executable, ROOT / "deploy/bytecode.py", tmp_path], check=True, timeout=60)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["template.py", "told.pyc"]
        assert b"tells a lot" not in (tmp_path / "told.pyc").read_bytes()

    def test_works_as_the_source_did_assertions_included(self, tmp_path: Path) -> None:
        (tmp_path / "told.py").write_text(SOURCE)
        subprocess.run([sys.executable, ROOT / "deploy/bytecode.py", tmp_path], check=True, timeout=60)
        found = importlib.util.spec_from_file_location("told", tmp_path / "told.pyc")
        assert found is not None
        assert found.loader is not None
        module = importlib.util.module_from_spec(found)
        found.loader.exec_module(module)
        assert (module.doubled(2), module.doubled.__doc__, module.Told.__doc__) == (4, ".", ".")
        with pytest.raises(AssertionError, match="kept") as kept:
            module.doubled(-1)
        assert kept.traceback[-1].lineno == 10  # counted from 0
