"""The sandbox's mail server as a process of its own."""

import os
import signal
import smtplib
import subprocess
import sys
import time
from pathlib import Path

import httpx

from services.notifications.store.mailbox_queries import list_mails
from tests.services.notifications.conftest import free_port

COMMAND = [sys.executable, "-m", "services.notifications.mailbox"]


def environment(folder: Path, port: int, kind: str = "sandbox") -> dict[str, str]:
    """Give the environment of one mail server."""
    own = {"BANK_ENVIRONMENT": kind, "BANK_DATA_DIR": str(folder), "NOTIFICATIONS_SMTP_PORT": str(port)}
    return {**os.environ, **own}


def refusal(env: dict[str, str]) -> tuple[int, list[str]]:
    """Start a mail server that must not start; give its status and what it said."""
    ended = subprocess.run(COMMAND, env=env, capture_output=True, text=True, timeout=20, check=False)
    return ended.returncode, ended.stderr.splitlines()


class TestMailboxDoor:
    def test_keeps_mails_until_it_is_stopped(self, tmp_path: Path) -> None:
        port = free_port()
        process = subprocess.Popen(COMMAND, env=environment(tmp_path, port), stdout=subprocess.DEVNULL)
        try:
            ends = time.monotonic() + 15
            while True:
                try:
                    with smtplib.SMTP("127.0.0.1", port, timeout=5) as server:
                        server.sendmail("a@demo.bank", ["b@demo.bank"], "Subject: hello\r\nTo: b@demo.bank\r\n\r\nbody")
                    break
                except ConnectionRefusedError:
                    assert time.monotonic() < ends
                    time.sleep(0.05)
            (mail,) = list_mails(tmp_path / "notifications" / "mailbox", limit=5)
            assert (mail.subject, mail.to) == ("hello", "b@demo.bank")
            status, lines = refusal(environment(tmp_path, port))
            assert (status, len(lines)) == (1, 1)
            assert str(port) in lines[0]
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=10) == 0

    def test_tells_how_it_is(self, tmp_path: Path) -> None:
        port = free_port()
        env = {**environment(tmp_path, free_port()), "NOTIFICATIONS_MAILBOX_OPS_PORT": str(port)}
        process = subprocess.Popen(COMMAND, env=env, stdout=subprocess.DEVNULL)
        try:
            ends = time.monotonic() + 15
            while True:
                try:
                    answers = [httpx.get(f"http://127.0.0.1:{port}/{path}") for path in ("livez", "readyz", "metrics")]
                    break
                except httpx.ConnectError:
                    assert time.monotonic() < ends
                    time.sleep(0.05)
            assert [answer.status_code for answer in answers] == [200] * 3
            assert "bank_mailbox_mails_total" in answers[2].text
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=10) == 0

    def test_does_not_start_in_production(self, tmp_path: Path) -> None:
        status, lines = refusal(environment(tmp_path, free_port(), "production"))
        assert (status, len(lines)) == (1, 1)
        assert "production" in lines[0]
