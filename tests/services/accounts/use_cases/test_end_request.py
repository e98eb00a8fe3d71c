"""What became of another service's command is noted once, by that service, and never taken back."""

import pytest

from services.accounts.store.tables import ApprovalRow
from services.accounts.use_cases.decide_approval import decide_approval
from services.accounts.use_cases.end_request import end_request
from services.accounts.use_cases.take_request import take_request
from shared.contracts.transactions import ApprovalEnded
from tests.services.accounts.conftest import OLU, Lives
from tests.services.accounts.use_cases.test_take_request import needed


@pytest.fixture
def waiting(lives: Lives) -> Lives:
    with lives.store.write() as session:
        take_request(session, service="transactions", wanted=needed())
    return lives


def approve(lives: Lives) -> None:
    with lives.store.write() as session:
        decide_approval(session, caller=OLU, approval_id="a-1", approve=True, note=None)


def end(lives: Lives, status: str, *, service: str = "transactions", approval_id: str = "a-1") -> ApprovalRow:
    ended = ApprovalEnded.model_validate({"approval_id": approval_id, "status": status, "outcome": {"id": "e-1"}})
    with lives.store.write() as session:
        end_request(session, service=service, ended=ended)
        return session.get_one(ApprovalRow, "a-1")


class TestEndRequest:
    def test_says_what_was_made_of_it(self, waiting: Lives) -> None:
        approve(waiting)
        row = end(waiting, "executed")
        assert (row.status, row.outcome) == ("executed", {"id": "e-1"})
        assert end(waiting, "failed").status == "executed"

    def test_executes_nothing_that_nobody_approved(self, waiting: Lives) -> None:
        assert end(waiting, "executed").status == "pending"

    def test_leaves_requests_of_other_services_alone(self, waiting: Lives) -> None:
        approve(waiting)
        assert end(waiting, "executed", service="identity").status == "approved"
        assert end(waiting, "executed", approval_id="none").status == "approved"

    def test_tells_the_maker_of_what_was_void_before_anybody_decided(self, waiting: Lives) -> None:
        assert end(waiting, "void").status == "void"
        assert waiting.facts() == ["approval-requested", "approval-decided"]
