"""Thousands of requests made from the OpenAPI document (Schemathesis), through the real gateway, with good tokens.

No answer is a 5xx, and none is one that the document does not say: status, content type, headers, body.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gateway.views.documents import OPENAPI_FILE
from tests.builders.bank import ROOT, Bank

SEED = 20261123
FEWEST_CASES = 2_000


class TestTheDocument:
    @pytest.mark.timeout(600)
    def test_says_what_the_bank_answers(self, bank: Bank, tmp_path: Path, tell: Callable[[str], None]) -> None:
        report = tmp_path / "report.json"
        command = [sys.executable, "-m", "schemathesis.cli", "--config-file", "tests/attacks/schemathesis.toml"]
        command += ["run", str(OPENAPI_FILE), "--url", bank.url, "--seed", str(SEED)]
        command += ["--max-examples", "6", "--continue-on-failure", "--no-shrink", "--no-color"]
        command += ["--generation-database", "none", "--report", "json", "--report-json-path", str(report)]
        ran = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "BANK_URL": bank.url, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=540,
            check=False,
        )
        assert report.is_file(), ran.stdout + ran.stderr
        told = json.loads(report.read_text())
        cases, operations = told["test_cases"], told["operations"]
        tell(
            f"{cases['generated']} requests made from the document over {operations['tested']} operations, seed {SEED}"
        )
        assert (told["complete"], cases["errored"], told["errors"]) == (True, 0, []), ran.stdout
        assert operations["tested"] == operations["total"]
        assert cases["generated"] >= FEWEST_CASES
        assert (cases["with_failures"], ran.returncode) == (0, 0), ran.stdout[-40_000:]
