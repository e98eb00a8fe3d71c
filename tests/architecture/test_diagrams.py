"""The ER diagrams show the tables as the code has them."""

import subprocess
import sys
from importlib import import_module

from cli import diagrams
from tests.architecture.source_tree import ROOT


class TestDiagrams:
    def test_are_not_stale(self) -> None:
        """Run apart, since every service's tables are loaded and none of them belongs in this process."""
        checked = subprocess.run(
            [sys.executable, "-m", "cli.diagrams", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert checked.stderr == ""
        assert checked.returncode == 0

    def test_name_every_column_of_a_table(self) -> None:
        module = import_module("services.support.store.tables")
        page = diagrams.service_page("support", module)
        missing = [column.name for column in module.METADATA.tables["tickets"].columns if column.name not in page]
        assert missing == []
