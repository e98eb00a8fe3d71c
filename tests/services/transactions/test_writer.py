"""The writer's process: it is small, and it starts or says in one line why it does not."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


class TestWriter:
    def test_does_without_fastapi(self) -> None:
        """The web framework costs a process that serves no HTTP some seven megabytes."""
        web = "{'fastapi', 'starlette', 'uvicorn'}"
        code = f"import sys, services.transactions.writer; print(sorted({web} & {{*sys.modules}}))"
        ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
        assert ended.stdout.strip() == "[]"

    def test_says_in_one_line_that_its_socket_cannot_be(self, tmp_path: Path) -> None:
        env = {
            **os.environ,
            "BANK_DATA_DIR": str(tmp_path),
            "TRANSACTIONS_WRITER_SOCKET": str(tmp_path / ("long" * 40)),
            "TRANSACTIONS_WRITER_OPS_PORT": "0",
        }
        migrate = [sys.executable, "-m", "shared.store.migrate", "transactions"]
        subprocess.run(migrate, cwd=ROOT, env=env, check=True)
        command = [sys.executable, "-m", "services.transactions.writer"]
        ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=20, check=False)
        assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1), ended.stderr
