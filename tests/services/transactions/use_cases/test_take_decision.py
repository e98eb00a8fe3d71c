"""What a second person decided reaches the command that waits, whatever the facts do."""

from collections.abc import Callable

import pytest

from services.transactions.consumers import approval_decided
from shared.contracts.accounts import ApprovalDecided
from shared.store.engine import Store
from tests.services.transactions.approvals import ApprovalBench


@pytest.fixture
def desk(make_store: Callable[[str], Store]) -> ApprovalBench:
    """Give a ledger under the sandbox's rules."""
    return ApprovalBench(make_store("transactions"))


class TestDecisions:
    def test_told_twice_are_one(self, desk: ApprovalBench) -> None:
        approval = desk.asks()
        desk.decides(approval)
        desk.decides(approval)
        assert (desk.state(approval), desk.count("jobs")) == ("approved", 1)

    @pytest.mark.parametrize("decision", ["rejected", "expired", "void"])
    def test_that_say_no_end_it_for_good(self, desk: ApprovalBench, decision: str) -> None:
        approval = desk.asks()
        desk.decides(approval, decision, by=None if decision == "expired" else "u-tess")
        desk.decides(approval)
        assert (desk.state(approval), desk.count("jobs"), desk.booked("a-ada")) == (decision, 0, 1_000)

    def test_of_the_maker_approve_nothing(self, desk: ApprovalBench) -> None:
        for by in ("u-tess", None):
            approval = desk.asks()
            desk.decides(approval, by=by)
            assert desk.state(approval) == "failed"
            assert desk.told("approval-ended")[-1]["outcome"] == {"code": "accounts.own-request"}
        assert desk.count("jobs") == 0

    def test_about_other_services_or_the_unknown_are_left(self, desk: ApprovalBench) -> None:
        approval = desk.asks()
        desk.decides("a-missing")
        other = ApprovalDecided(approval_id=approval, service="identity", decision="approved", decided_by="u-sam")
        with desk.store.write() as session:
            approval_decided.consume(session, other, None)  # type: ignore[arg-type]
        assert (desk.state(approval), desk.count("jobs")) == ("pending", 0)
