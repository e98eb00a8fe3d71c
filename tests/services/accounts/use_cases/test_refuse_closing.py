"""What becomes of an account that the ledger does not close."""

from services.accounts.use_cases.close_account import ClosingOrder, begin_closing
from services.accounts.use_cases.refuse_closing import refuse_closing
from tests.services.accounts.conftest import Lives, Register


class TestRefuseClosing:
    def test_sends_a_newer_contract_and_is_closing_until_the_ledger_holds_that(
        self, lives: Lives, register: Register
    ) -> None:
        ada = register()
        account_id = lives.open(ada)
        with lives.store.write() as session:
            begin_closing(session, caller=ada, account_id=account_id, order=ClosingOrder())
        for _ in range(2):
            refuse_closing(lives.store, account_id=account_id, version=2, code="transactions.x", numbers={"a": 1})
        row = lives.row(account_id)
        assert (row.status, row.contract_version, row.status_version) == ("closing", 3, 3)
        lives.work(account_id)
        assert (lives.row(account_id).status, lives.neighbours.contracts[account_id]["status"]) == ("open", "open")

    def test_ignores_the_refusal_of_an_older_contract(self, lives: Lives, register: Register) -> None:
        account_id = lives.open(register())
        refuse_closing(lives.store, account_id=account_id, version=1, code="transactions.x", numbers={})
        assert (lives.row(account_id).contract_version, lives.row(account_id).closing) == (1, None)
