"""The job that executes what was approved."""

from services.accounts.store.approval_store import Proposal
from services.accounts.tasks.execute_approved import run_execute_approved
from services.accounts.use_cases.decide_approval import decide_approval
from services.accounts.use_cases.propose import propose
from shared.store.jobs import Job
from tests.services.accounts.conftest import OLU, SAM, Lives, Register


class TestRunExecuteApproved:
    def test_executes_and_brings_it_to_the_ledger_once(self, lives: Lives, register: Register) -> None:
        account_id = lives.open(register())
        with lives.store.write() as session:
            arguments = {"account_id": account_id, "payout_account_id": None}
            wanted = Proposal("close-account", arguments, "account", account_id, reason="empty")
            approval_id = propose(session, caller=OLU, proposal=wanted, command=lambda: None).id
            decide_approval(session, caller=SAM, approval_id=approval_id, approve=True, note=None)
        for attempt in (1, 2):
            job = Job("j", "execute_approved", approval_id, {"approval_id": approval_id}, attempt)
            run_execute_approved(lives.store, job, ledger=lives.ledger)
        assert lives.row(account_id).status == "closed"
        assert lives.facts().count("account-closed") == 1
