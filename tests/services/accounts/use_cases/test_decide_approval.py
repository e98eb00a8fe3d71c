"""Deciding requests: never one's own, once, in time."""

from datetime import timedelta
from threading import Thread

import pytest

from services.accounts.domain.approval import ApprovalDecided, ApprovalNotFound, NotAChecker, NotTheMaker, OwnRequest
from services.accounts.store.approval_store import Proposal
from services.accounts.store.tables import ApprovalRow
from services.accounts.use_cases.decide_approval import decide_approval, withdraw_approval
from services.accounts.use_cases.propose import propose
from shared.clock import bank_now
from shared.contracts.caller import Caller
from tests.services.accounts.conftest import ALMA, OLU, SAM, Lives


def waiting(lives: Lives, by: Caller = SAM) -> str:
    with lives.store.write() as session:
        wanted = Proposal("set-rate", {}, "product", "savings")
        return str(propose(session, caller=by, proposal=wanted, command=lambda: None).id)


def decide(lives: Lives, caller: Caller, approval_id: str, *, approve: bool = True) -> str:
    with lives.store.write() as session:
        return decide_approval(session, caller=caller, approval_id=approval_id, approve=approve, note=None).status


class TestDecideApproval:
    def test_is_for_another_person_with_a_role_of_the_rule(self, lives: Lives) -> None:
        approval_id = waiting(lives)
        for caller, refusal in ((SAM, OwnRequest), (OLU, NotAChecker)):
            with pytest.raises(refusal):
                decide(lives, caller, approval_id)
        assert decide(lives, ALMA, approval_id) == "approved"
        with pytest.raises(ApprovalDecided):
            decide(lives, ALMA, approval_id, approve=False)
        with pytest.raises(ApprovalNotFound):
            decide(lives, ALMA, "none")
        assert lives.facts() == ["approval-requested", "approval-decided"]

    def test_does_not_let_an_admin_approve_their_own(self, lives: Lives) -> None:
        approval_id = waiting(lives, by=ALMA)
        with pytest.raises(OwnRequest):
            decide(lives, ALMA, approval_id)

    def test_decides_once_though_two_come_at_once(self, lives: Lives) -> None:
        approval_id, outcomes = waiting(lives, by=OLU), []

        def one(caller: Caller) -> None:
            try:
                outcomes.append(decide(lives, caller, approval_id))
            except ApprovalDecided:
                outcomes.append("late")

        threads = [Thread(target=one, args=(caller,)) for caller in (SAM, ALMA)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["approved", "late"]
        assert lives.facts().count("approval-decided") == 1

    def test_is_too_late_after_its_time(self, lives: Lives) -> None:
        approval_id = waiting(lives)
        with lives.store.write() as session:
            row = session.get_one(ApprovalRow, approval_id)
            row.expires_at = bank_now() - timedelta(seconds=1)
            session.add(row)
        with pytest.raises(ApprovalDecided) as over:
            decide(lives, ALMA, approval_id)
        assert over.value.numbers == {"approval_status": "expired"}

    def test_is_taken_back_by_its_maker_alone(self, lives: Lives) -> None:
        approval_id = waiting(lives)
        for caller, refusal in ((ALMA, NotTheMaker), (Caller("x", frozenset({"teller"})), ApprovalNotFound)):
            with lives.store.write() as session, pytest.raises(refusal):
                withdraw_approval(session, caller=caller, approval_id=approval_id, note=None)
        with lives.store.write() as session:
            assert withdraw_approval(session, caller=SAM, approval_id=approval_id, note=None).status == "void"
