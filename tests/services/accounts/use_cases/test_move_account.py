"""Accounts move between branches."""

import pytest

from services.accounts.domain.account_life import AccountNotOpen
from services.accounts.domain.branch import SameBranch, UnknownBranch
from services.accounts.store.account_queries import account_history
from services.accounts.use_cases.close_account import ClosingOrder, close_account
from services.accounts.use_cases.create_branch import create_branch
from services.accounts.use_cases.move_account import move_account
from tests.services.accounts.conftest import SAM, Lives, Register


class TestMoveAccount:
    def test_tells_the_ledger_and_keeps_where_it_was(self, lives: Lives, register: Register) -> None:
        account_id = lives.open(register())
        with lives.store.write() as session:
            branch = create_branch(session, caller=SAM, name="East", location="Dresden").id
            move_account(session, caller=SAM, account_id=account_id, branch_id=branch, reason="moved house")
            with pytest.raises(SameBranch):
                move_account(session, caller=SAM, account_id=account_id, branch_id=branch, reason="again")
            with pytest.raises(UnknownBranch):
                move_account(session, caller=SAM, account_id=account_id, branch_id="moon", reason="far")
        lives.work(account_id)
        assert lives.neighbours.contracts[account_id]["branch_id"] == branch
        with lives.store.read() as session:
            [edit] = account_history(session, account_id, after=None, limit=9)
        assert (edit.field, edit.old, edit.new, edit.by, edit.note) == (
            "branch_id",
            "main",
            branch,
            "sam",
            "moved house",
        )

    def test_leaves_what_is_closed(self, lives: Lives, register: Register) -> None:
        ada = register()
        account_id = lives.open(ada)
        close_account(lives.store, lives.ledger, caller=ada, account_id=account_id, order=ClosingOrder())
        with lives.store.write() as session, pytest.raises(AccountNotOpen):
            move_account(session, caller=SAM, account_id=account_id, branch_id="main", reason="x")
