"""A ledger on which large commands of the desk wait, with the inbox of `accounts` stood in for by its facts."""

import json
from typing import Any

from services.transactions.consumers import approval_decided
from services.transactions.domain.bank_rules import SANDBOX_RULES
from services.transactions.tasks.execute_approved import run_execute_approved
from services.transactions.use_cases.take_decision import EXECUTE_APPROVED
from shared.contracts.accounts import ApprovalDecided
from shared.contracts.caller import Caller
from shared.store.engine import Store
from shared.store.jobs import claim_job, due_jobs, finish_job
from tests.services.transactions.conftest import DEPOSIT, TESS, LedgerBench
from tests.services.transactions.day_bench import BatchLane

LARGE = 5_000_000
REVERSE = "POST /api/v1/transactions/{transaction_id}/reverse"


class ApprovalBench(LedgerBench):
    """A ledger bench under the sandbox's rules, with an account of ada's that holds 1,000 and one of ben's."""

    RULES = SANDBOX_RULES

    def __init__(self, store: Store, *, opens: bool = True) -> None:
        """Open both, unless they are there."""
        super().__init__(store)
        self.lane = BatchLane(store)
        if opens:
            self._open_both()
        self.rules = self.RULES

    def _open_both(self) -> None:
        for name in ("ada", "ben"):
            self.open(name, limits={"kyc_level": 2})
        self.deposit("a-ada", 1_000)

    def asks(self, route: str = DEPOSIT, caller: Caller = TESS, amount_minor: int = LARGE, **more: Any) -> str:
        """Send a command that waits; gives the approval's id."""
        body = more.pop("body", {"account_id": "a-ada", "amount_minor": amount_minor, "currency": "EUR"})
        status, answer = self.one(route, body, caller, **more)
        assert status == 202, answer
        assert answer["approval"]["status"] == "pending"
        return str(answer["approval"]["id"])

    def decides(self, approval_id: str, decision: str = "approved", by: str | None = "u-sam") -> None:
        """Let the fact come that says what was decided."""
        fact = ApprovalDecided(approval_id=approval_id, service="transactions", decision=decision, decided_by=by)
        with self.store.write() as session:
            approval_decided.consume(session, fact, None)  # type: ignore[arg-type]

    def works(self, lane: BatchLane | None = None, *, ends: bool = True) -> int:
        """Run the jobs that are due, and note that they ended; gives how many there were."""
        with self.store.write() as session:
            jobs = [claim_job(session, job_id, lease_seconds=0) for job_id in due_jobs(session)]
        for job in jobs:
            assert job is not None
            assert job.kind == EXECUTE_APPROVED
            run_execute_approved(self.store, job, lane=lane or self.lane)
            if ends:
                with self.store.write() as session:
                    finish_job(session, job.id)
        return len(jobs)

    def state(self, approval_id: str) -> str:
        """Give how a command stands."""
        return str(self.rows(f"SELECT state FROM waiting_commands WHERE id = '{approval_id}'")[0][0])

    def told(self, kind: str) -> list[dict[str, Any]]:
        """Give the content of the facts of a kind, the oldest first."""
        rows = self.rows(f"SELECT envelope FROM outbox WHERE type = 'bank.transactions.{kind}.v1' ORDER BY sequence")
        return [json.loads(row[0])["data"] for row in rows]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Give the rows of a query."""
        with self.store.read() as session:
            return [tuple(row) for row in session.connection().exec_driver_sql(query).all()]
