"""Requests that waited too long."""

from datetime import timedelta

from services.accounts.store.approval_store import Proposal
from services.accounts.store.tables import ApprovalRow
from services.accounts.use_cases.expire_approvals import expire_approvals
from services.accounts.use_cases.propose import propose
from shared.clock import bank_now
from tests.services.accounts.conftest import SAM, Lives


class TestExpireApprovals:
    def test_ends_those_whose_time_is_over_and_says_so(self, lives: Lives) -> None:
        with lives.store.write() as session:
            rows = [
                propose(session, caller=SAM, proposal=Proposal("set-rate", {}, "product", code), command=lambda: None)
                for code in ("savings", "current")
            ]
            rows[0].expires_at = bank_now() - timedelta(seconds=1)
            session.add(rows[0])
            ids = [row.id for row in rows]
        for _ in range(2):
            expire_approvals(lives.store)
        with lives.store.read() as session:
            assert [session.get_one(ApprovalRow, one).status for one in ids] == ["expired", "pending"]
        assert lives.facts().count("approval-decided") == 1
