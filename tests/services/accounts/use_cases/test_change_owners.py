"""Other owners: the ledger, the history and everybody who listens hear of them."""

import pytest
from sqlmodel import select

from services.accounts.domain.account import AccountNotFound, CustomerNotVerified
from services.accounts.domain.approval import ApprovalStatus
from services.accounts.domain.ownership import AlreadyOwner
from services.accounts.store.account_queries import account_history, visible_account
from services.accounts.store.approval_store import Proposal
from services.accounts.store.tables import ApprovalRow, CustomerRow
from services.accounts.use_cases.ask_cosignature import remove_owner
from services.accounts.use_cases.change_owners import add_owner
from services.accounts.use_cases.propose import propose
from tests.services.accounts.conftest import OLU
from tests.services.accounts.joint import Joint


class TestAddOwner:
    def test_reaches_the_ledger_with_how_they_sign(self, joint: Joint) -> None:
        joint.shared()
        held = joint.lives.neighbours.contracts[joint.account_id]
        assert (set(held["owners"]), held["mandate"]) == ({joint.ada.customer_id, joint.ben.customer_id}, "both")
        assert held["holder_name"] in ("Ada Lovelace / Ben Franklin", "Ben Franklin / Ada Lovelace")
        with joint.lives.store.read() as session:
            assert visible_account(session, joint.account_id, caller=joint.ben).id == joint.account_id
            edits = account_history(session, joint.account_id, after=None, limit=10)
        assert [(one.field, one.old) for one in edits] == [("owners", [joint.ada.customer_id]), ("mandate", "either")]
        assert joint.lives.facts()[-1] == "account-owners-changed"

    def test_leaves_how_they_sign_unless_said(self, joint: Joint) -> None:
        joint.sign(joint.ben, joint.invite())
        assert joint.lives.row(joint.account_id).mandate == "either"

    def test_refuses_whom_the_bank_does_not_know_well(self, joint: Joint) -> None:
        with joint.lives.store.write() as session:
            ben = session.get_one(CustomerRow, str(joint.ben.customer_id))
            ben.kyc_state, ben.kyc_level = "verifying", 0
            session.add(ben)
        waits = joint.invite()
        with pytest.raises(CustomerNotVerified):
            joint.sign(joint.ben, waits)
        assert (joint.status(waits), joint.owners()) == ("waiting", [joint.ada.customer_id])

    def test_refuses_an_owner(self, joint: Joint) -> None:
        joint.shared()
        with joint.lives.store.write() as session:
            account = visible_account(session, joint.account_id, caller=joint.ada)
            again = str(joint.ben.customer_id)
            with pytest.raises(AlreadyOwner):
                add_owner(session, caller=joint.ada, account=account, customer_id=again, mandate="both")

    def test_voids_what_waits_about_the_account(self, joint: Joint) -> None:
        joint.shared("either")
        with joint.lives.store.write() as session:
            wanted = Proposal("raise-limits", {}, "account", joint.account_id)
            propose(session, caller=OLU, proposal=wanted, command=lambda: None)
        other, waits = joint.invite("cleo@demo.bank"), joint.asks_mandate("both")
        joint.sign(joint.ben, waits)
        assert (joint.status(waits), joint.status(other)) == ("executed", "void")
        with joint.lives.store.read() as session:
            assert session.exec(select(ApprovalRow.status)).all() == [ApprovalStatus.VOID]


class TestDropOwner:
    def test_leaves_who_stays_to_sign_alone_and_ends_a_relationship(self, joint: Joint) -> None:
        joint.shared()
        with joint.lives.store.write() as session:
            by, leaves = joint.ada, str(joint.ben.customer_id)
            waits = remove_owner(session, caller=by, account_id=joint.account_id, customer_id=leaves).id
        assert joint.sign(joint.ben, waits) == "executed"
        joint.lives.work(joint.account_id)
        held = joint.lives.neighbours.contracts[joint.account_id]
        assert (held["owners"], held["mandate"]) == ([joint.ada.customer_id], "either")
        assert joint.lives.facts()[-2:] == ["account-owners-changed", "relationship-ended"]
        with joint.lives.store.read() as session, pytest.raises(AccountNotFound):
            visible_account(session, joint.account_id, caller=joint.ben)


class TestPutMandate:
    def test_changes_how_they_sign(self, joint: Joint) -> None:
        joint.shared()
        joint.sign(joint.ben, joint.asks_mandate("either"))
        joint.lives.work(joint.account_id)
        assert joint.lives.neighbours.contracts[joint.account_id]["mandate"] == "either"
