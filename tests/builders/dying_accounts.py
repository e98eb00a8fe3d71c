"""A process of `accounts` beside a running bank's own that answers one request and is killed at a chosen commit of it.

It is the real app on the bank's real store, with the bank's real identity, ledger and secrets; only its door is not a
socket. What it leaves behind is what a killed process of the bank would leave there.
"""

import json
import os
import signal
from dataclasses import dataclass, field
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlmodel import Session

from services.accounts.main import create_app
from tests.builders.bank import Bank


@dataclass(frozen=True)
class Request:
    """A request of accounts' public API, with the key under which it will be repeated."""

    path: str
    body: dict[str, Any]
    key: str
    token: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def all_headers(self) -> dict[str, str]:
        """Give what is sent beside the body."""
        bearer = {"authorization": f"Bearer {self.token}"} if self.token else {}
        return {**bearer, "idempotency-key": self.key, **self.headers}


def dies_at(bank: Bank, request: Request, *, point: int) -> bool:
    """Let a process take a request and be killed with -9 at a point; False if it came to its answer before.

    Odd points are just before a commit of the request (1 before the first), even ones just after (2 after the first).
    """
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            _answer(bank, request, point)
            code = 0
        finally:
            os._exit(code)
    ended = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert ended in (0, -signal.SIGKILL), f"the process of accounts ended with {ended}"
    return ended != 0


def _answer(bank: Bank, request: Request, point: int) -> None:
    program = json.loads((bank.folder.run / "programs" / "accounts.json").read_text())
    os.environ.update(program["environment"])
    os.environ["ACCOUNTS_LISTENER"] = "off"
    app = create_app()
    writer, left = app.state.store.writer, [point]

    def passed(*_what: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def committed(session: Session) -> None:
        if session.get_bind() is writer:
            passed()

    event.listen(writer, "commit", passed)
    event.listen(Session, "after_commit", committed)
    answer = TestClient(app).post(f"/api/v1{request.path}", json=request.body, headers=request.all_headers)
    assert answer.status_code in (200, 201), answer.text
