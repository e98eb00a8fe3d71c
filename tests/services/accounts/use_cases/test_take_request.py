"""The one inbox takes requests of other services, and what they ask for is decided like its own."""

from datetime import timedelta

import pytest

from services.accounts.domain.approval import OwnRequest
from services.accounts.store.tables import ApprovalRow
from services.accounts.use_cases.decide_approval import decide_approval
from services.accounts.use_cases.expire_approvals import expire_approvals
from services.accounts.use_cases.propose import void_proposals
from services.accounts.use_cases.take_request import take_request
from shared.clock import bank_now, format_time
from shared.contracts.transactions import ApprovalNeeded
from tests.services.accounts.conftest import OLU, SAM, Lives


def needed(*, hours: int = 72) -> ApprovalNeeded:
    at = bank_now()
    return ApprovalNeeded(
        approval_id="a-1",
        command="deposit",
        made_by="sam",
        subject_type="account",
        subject_id="acc-1",
        branch_id="main",
        before={},
        after={"amount_minor": 5_000_001},
        amount_minor=5_000_001,
        currency="EUR",
        checkers=["officer", "supervisor"],
        made_at=format_time(at),
        expires_at=format_time(at + timedelta(hours=hours)),
    )


def take(lives: Lives, wanted: ApprovalNeeded) -> None:
    with lives.store.write() as session:
        take_request(session, service="transactions", wanted=wanted)


def status(lives: Lives) -> str:
    with lives.store.read() as session:
        return session.get_one(ApprovalRow, "a-1").status


class TestTakeRequest:
    def test_stands_in_the_inbox_once_without_the_command(self, lives: Lives) -> None:
        take(lives, needed())
        take(lives, needed(hours=1))
        with lives.store.read() as session:
            row = session.get_one(ApprovalRow, "a-1")
        assert (row.service, row.status, row.frozen) == ("transactions", "pending", None)
        assert row.expires_at - row.made_at == timedelta(hours=72)
        assert lives.facts() == ["approval-requested"]

    def test_is_decided_by_another_person(self, lives: Lives) -> None:
        take(lives, needed())
        with pytest.raises(OwnRequest), lives.store.write() as session:
            decide_approval(session, caller=SAM, approval_id="a-1", approve=True, note=None)
        with lives.store.write() as session:
            decide_approval(session, caller=OLU, approval_id="a-1", approve=True, note=None)
        assert lives.facts() == ["approval-requested", "approval-decided"]

    def test_is_void_once_the_object_is_edited_unless_it_was_approved(self, lives: Lives) -> None:
        take(lives, needed())
        with lives.store.write() as session:
            void_proposals(session, caller=OLU, subject_type="account", subject_id="acc-1")
        assert status(lives) == "void"

    def test_is_its_services_once_approved(self, lives: Lives) -> None:
        take(lives, needed())
        with lives.store.write() as session:
            decide_approval(session, caller=OLU, approval_id="a-1", approve=True, note=None)
            void_proposals(session, caller=OLU, subject_type="account", subject_id="acc-1")
        assert status(lives) == "approved"

    def test_expires(self, lives: Lives) -> None:
        take(lives, needed(hours=0))
        expire_approvals(lives.store)
        assert status(lives) == "expired"
        assert lives.facts() == ["approval-requested", "approval-decided"]
