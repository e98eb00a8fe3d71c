"""A service as a process: it serves, drains at SIGTERM, and says in one line why it cannot start."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx


def _start(folder: Path, port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.shared.web.serve", str(folder)],
        env={**os.environ, "BANK_PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _until(condition: object) -> None:
    end = time.monotonic() + 20
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.02)


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz", trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


class TestRunService:
    def test_answers_what_runs_before_it_ends(self, tmp_path: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        url, answers = f"http://127.0.0.1:{port}", []
        process = _start(tmp_path, port)
        try:
            _until(lambda: _is_ready(url))
            asking = threading.Thread(target=lambda: answers.append(httpx.get(f"{url}/slow", trust_env=False)))
            asking.start()
            _until((tmp_path / "slow-began").exists)
            process.send_signal(signal.SIGTERM)
            asking.join(timeout=10)
            out, _ = process.communicate(timeout=10)
        finally:
            process.kill()
        assert answers[0].json() == {"done": True}
        assert "server" not in answers[0].headers
        assert (tmp_path / "stopped").exists()
        lines = [json.loads(line) for line in out.splitlines()]
        assert any(line.get("route") == "/slow" and line["status"] == 200 for line in lines)
        assert all(line["service"] == "accounts" for line in lines)

    def test_ends_with_a_status_when_the_port_is_taken(self, tmp_path: Path) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            process = _start(tmp_path, taken.getsockname()[1])
            out, _ = process.communicate(timeout=20)
        assert process.returncode != 0
        assert "address already in use" in out
