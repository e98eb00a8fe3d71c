"""Approvals with real processes: two checkers at once, and kill -9 before each commit between request and execution."""

import os
import signal
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import event

from services.accounts.clients.transactions import LedgerClient
from services.accounts.domain.approval import ApprovalDecided
from services.accounts.store.approval_store import Proposal
from services.accounts.store.rate_queries import rate_on
from services.accounts.store.tables import ApprovalRow
from services.accounts.tasks.execute_approved import run_execute_approved
from services.accounts.use_cases.decide_approval import decide_approval
from services.accounts.use_cases.execute_approved import execute_approved
from services.accounts.use_cases.propose import propose
from shared.clock import bank_now
from shared.contracts.caller import Caller
from shared.store.engine import Store
from shared.store.jobs import Job
from shared.store.schema import tables_of
from tests.services.accounts.conftest import ALMA, OLU, SAM, Lives

TOMORROW = bank_now().date() + timedelta(days=1)
RATE = {
    "product": "savings",
    "rate_basis_points": 300,
    "effective_from": TOMORROW.isoformat(),
    "tier_from_minor": 0,
    "side": "credit",
}
LATE = 3
"""How a checker's process ends that came second."""


def apart(work: Callable[[Store], int], parent: Store) -> int:
    """Begin a process that works on the same store through connections of its own, and give its id."""
    url = parent.url.render_as_string(hide_password=False)
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            code = work(Store(url, service="accounts", plumbing=tables_of("accounts")[1]))
        finally:
            os._exit(code)
    return pid


def ended(pid: int) -> int:
    """Give how a process ended: its code, or minus the signal."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def ask(lives: Lives) -> str:
    with lives.store.write() as session:
        wanted = Proposal("set-rate", RATE, "product", "savings", reason="market")
        return str(propose(session, caller=OLU, proposal=wanted, command=lambda: None).id)


def approve_and_execute(store: Store, caller: Caller, approval_id: str) -> int:
    """Do what the endpoint does."""
    try:
        with store.write() as session:
            decide_approval(session, caller=caller, approval_id=approval_id, approve=True, note=None)
    except ApprovalDecided:
        return LATE
    execute_approved(store, approval_id=approval_id)
    return 0


def die_at(commit: int, approval_id: str) -> Callable[[Store], int]:
    """Give the work of a process that is killed just before its nth commit."""

    def work(store: Store) -> int:
        left = [commit]

        def count(_connection: object) -> None:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(store.writer, "commit", count)
        return approve_and_execute(store, SAM, approval_id)

    return work


def seen(lives: Lives, approval_id: str) -> tuple[str, int]:
    """Give the request's status, and how often what it asked for was done."""
    with lives.store.read() as session:
        return session.get_one(ApprovalRow, approval_id).status, lives.facts().count("rate-changed")


class TestTwoCheckersAtOnce:
    @pytest.mark.parametrize("turn", range(3))
    def test_in_two_processes_execute_once(self, lives: Lives, turn: int) -> None:
        approval_id = ask(lives)
        pids = [
            apart(lambda store, who=who: approve_and_execute(store, who, approval_id), lives.store)
            for who in (SAM, ALMA)
        ]
        assert sorted(ended(pid) for pid in pids) == [0, LATE]
        assert seen(lives, approval_id) == ("executed", 1)
        assert lives.facts().count("approval-decided") == 1


class TestKills:
    @pytest.mark.parametrize(("commit", "left"), [(1, "pending"), (2, "approved"), (3, "executed")])
    def test_before_each_commit_execute_once(self, lives: Lives, ledger: LedgerClient, commit: int, left: str) -> None:
        approval_id = ask(lives)
        code = ended(apart(die_at(commit, approval_id), lives.store))
        assert code == (0 if left == "executed" else -signal.SIGKILL)
        assert seen(lives, approval_id)[0] == left
        if left == "pending":
            approve_and_execute(lives.store, ALMA, approval_id)
        for attempt in (1, 2, 3):
            job = Job("j", "execute_approved", approval_id, {"approval_id": approval_id}, attempt)
            run_execute_approved(lives.store, job, ledger=ledger)
        assert seen(lives, approval_id) == ("executed", 1)
        with lives.store.read() as session:
            assert rate_on(session, "savings", TOMORROW) == 300
