"""Opening a closed account again."""

from datetime import timedelta

import pytest

from services.accounts.domain.account_life import AccountInTransition, NotClosed, ReasonRequired, ReopeningOver
from services.accounts.store.tables import CustomerRow
from services.accounts.use_cases.close_account import ClosingOrder, close_account
from services.accounts.use_cases.reopen_account import reopen_account
from tests.services.accounts.conftest import OLU, Lives, Register
from tests.services.accounts.lives import shown

MONTH = timedelta(days=30)


class TestReopenAccount:
    def test_opens_it_again_and_the_relationship_with_it(self, lives: Lives, register: Register) -> None:
        ada = register()
        account_id = lives.open(ada)
        with pytest.raises(NotClosed):
            reopen_account(lives.store, lives.ledger, caller=OLU, account_id=account_id, reason="x", window=MONTH)
        close_account(lives.store, lives.ledger, caller=ada, account_id=account_id, order=ClosingOrder())
        with pytest.raises(ReasonRequired):
            reopen_account(lives.store, lives.ledger, caller=OLU, account_id=account_id, reason=None, window=MONTH)
        answer = reopen_account(
            lives.store, lives.ledger, caller=OLU, account_id=account_id, reason="came back", window=MONTH
        )
        assert (shown(answer)["http"], shown(answer)["status"]) == (200, "open")
        assert (lives.neighbours.contracts[account_id]["status"], lives.facts()[-1]) == ("open", "account-reopened")
        with lives.store.read() as session:
            assert session.get_one(CustomerRow, ada.customer_id).ended_at is None
        close_account(lives.store, lives.ledger, caller=ada, account_id=account_id, order=ClosingOrder())
        assert lives.row(account_id).status == "closed"

    def test_is_over_after_the_window(self, lives: Lives, register: Register) -> None:
        ada = register()
        account_id = lives.open(ada)
        close_account(lives.store, lives.ledger, caller=ada, account_id=account_id, order=ClosingOrder())
        with pytest.raises(ReopeningOver):
            reopen_account(
                lives.store, lives.ledger, caller=OLU, account_id=account_id, reason="x", window=timedelta(0)
            )

    def test_stays_closed_until_the_ledger_holds_it(self, lives: Lives, register: Register) -> None:
        ada = register()
        account_id = lives.open(ada)
        close_account(lives.store, lives.ledger, caller=ada, account_id=account_id, order=ClosingOrder())
        lives.neighbours.down = {"transactions"}
        answer = reopen_account(
            lives.store, lives.ledger, caller=OLU, account_id=account_id, reason="came back", window=MONTH
        )
        assert (shown(answer)["http"], shown(answer)["status"]) == (202, "closed")
        with pytest.raises(AccountInTransition):
            reopen_account(lives.store, lives.ledger, caller=OLU, account_id=account_id, reason="x", window=MONTH)
        lives.neighbours.down = set()
        lives.work(account_id)
        assert lives.row(account_id).status == "open"
