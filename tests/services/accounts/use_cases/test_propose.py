"""Asking for what one person does not do alone."""

from services.accounts.store.approval_store import Proposal
from services.accounts.store.tables import ApprovalRow, ApprovalRuleRow
from services.accounts.use_cases.change_product import change_product
from services.accounts.use_cases.propose import propose
from tests.services.accounts.conftest import SAM, Lives


def proposal(amount: int | None = None) -> Proposal:
    return Proposal("change-product", {"a": 1}, "product", "savings", after={"x": 2}, amount_minor=amount)


class TestPropose:
    def test_keeps_the_command_word_for_word_and_does_nothing(self, lives: Lives) -> None:
        with lives.store.write() as session:
            row = propose(session, caller=SAM, proposal=proposal(), command=lambda: "done")
            assert isinstance(row, ApprovalRow)
            assert (row.status, row.frozen["arguments"] if row.frozen else None) == ("pending", {"a": 1})
        assert lives.facts() == ["approval-requested"]

    def test_does_it_at_once_where_no_rule_asks_for_more(self, lives: Lives) -> None:
        with lives.store.write() as session:
            rule = session.get_one(ApprovalRuleRow, "change-product")
            rule.above_minor = 10
            session.add(rule)
            session.flush()
            assert propose(session, caller=SAM, proposal=proposal(10), command=lambda: "done") == "done"
            assert isinstance(propose(session, caller=SAM, proposal=proposal(11), command=lambda: 1), ApprovalRow)
            rule.active = False
            session.add(rule)
            session.flush()
            assert propose(session, caller=SAM, proposal=proposal(11), command=lambda: "done") == "done"

    def test_is_void_once_the_object_is_edited(self, lives: Lives) -> None:
        with lives.store.write() as session:
            row = propose(session, caller=SAM, proposal=proposal(), command=lambda: "done")
            change_product(
                session,
                caller=SAM,
                code="savings",
                seen_version=1,
                changes={"name": "Savings"},
                effective_from=None,
                note="x",
            )
            assert row.status == "void"
