"""Facts of other services about approvals, as they come on their streams."""

from services.accounts.consumers import approval_ended, approval_needed
from services.accounts.listener import SUBSCRIPTIONS
from services.accounts.store.tables import ApprovalRow
from shared.contracts.envelope import Envelope
from shared.contracts.identity import ApprovalEnded
from tests.services.accounts.conftest import Lives
from tests.services.accounts.use_cases.test_take_request import needed


class TestApprovalsOfOtherServices:
    def test_belong_to_the_service_whose_stream_they_came_on(self, lives: Lives) -> None:
        came = Envelope.model_construct(source="bank.identity", lane=0, epoch=1, sequence=1)
        ended = ApprovalEnded(approval_id="a-1", status="void", outcome={})
        with lives.store.write() as session:
            approval_needed.consume(session, needed(), came)
            assert session.get_one(ApprovalRow, "a-1").service == "identity"
            approval_ended.consume(session, ended, came)
            assert session.get_one(ApprovalRow, "a-1").status == "void"

    def test_are_heard_of_the_ledger_and_of_identity(self) -> None:
        heard = {kind for one in SUBSCRIPTIONS for kind in one.handlers if "approval" in kind}
        assert heard == {
            f"bank.{service}.approval-{end}.v1"
            for service in ("transactions", "identity")
            for end in ("needed", "ended")
        }
