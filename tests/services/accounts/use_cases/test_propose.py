"""Asking for what one person does not do alone."""

import pytest

from services.accounts.store.approval_store import Proposal
from services.accounts.store.tables import ApprovalRow, ApprovalRuleRow, BranchRow
from services.accounts.use_cases.change_product import change_product
from services.accounts.use_cases.decide_approval import decide_approval
from services.accounts.use_cases.edit_account import edit_account
from services.accounts.use_cases.execute_approved import execute_approved
from services.accounts.use_cases.freeze_account import FreezeOrder, freeze_account
from services.accounts.use_cases.move_account import move_account
from services.accounts.use_cases.propose import propose
from services.accounts.use_cases.set_own_limits import set_own_limits
from shared.clock import bank_now
from shared.contracts.caller import Caller
from tests.services.accounts.conftest import OLU, SAM, Lives, Register


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


def edit(lives: Lives, kind: str, ada: Caller, account_id: str) -> None:
    """Change an account in one of the ways that people have."""
    if kind == "nickname":
        edit_account(lives.store, caller=ada, account_id=account_id, seen_version=1, nickname="House", note=None)
    elif kind == "freeze":
        freeze_account(lives.store, lives.ledger, caller=ada, account_id=account_id, order=FreezeOrder())
    else:
        with lives.store.write() as session:
            if kind == "limits":
                set_own_limits(session, caller=ada, account_id=account_id, wanted={"per_day_minor": 5})
            else:
                session.add(BranchRow(id="north", name="North", location="Kiel", state="open", created_at=bank_now()))
                session.flush()
                move_account(session, caller=OLU, account_id=account_id, branch_id="north", reason="moved")


class TestEditOfAnAccount:
    @pytest.mark.parametrize("kind", ["nickname", "freeze", "limits", "branch"])
    @pytest.mark.parametrize("approved", [False, True])
    def test_voids_its_closing_that_was_asked_for_before(
        self, lives: Lives, register: Register, kind: str, approved: bool
    ) -> None:
        ada = register()
        account_id = lives.open(ada)
        with lives.store.write() as session:
            arguments = {"account_id": account_id, "payout_account_id": None}
            wanted = Proposal("close-account", arguments, "account", account_id, reason="empty")
            approval_id = propose(session, caller=OLU, proposal=wanted, command=lambda: None).id
        if approved:
            with lives.store.write() as session:
                decide_approval(session, caller=SAM, approval_id=approval_id, approve=True, note=None)
        edit(lives, kind, ada, account_id)
        assert execute_approved(lives.store, approval_id=approval_id).status == "void"
        assert lives.row(account_id).status in ("open", "frozen")
