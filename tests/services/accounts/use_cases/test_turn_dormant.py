"""Accounts that sleep."""

from services.accounts.use_cases.turn_dormant import turn_dormant
from tests.services.accounts.conftest import Lives, Register


class TestTurnDormant:
    def test_lets_an_open_account_sleep_once_and_tells_the_ledger(self, lives: Lives, register: Register) -> None:
        account_id = lives.open(register())
        for _ in range(2):
            with lives.store.write() as session:
                turn_dormant(session, account_id=account_id)
        lives.work(account_id)
        assert (lives.row(account_id).status, lives.row(account_id).version) == ("dormant", 2)
        assert lives.neighbours.contracts[account_id]["status"] == "dormant"
        assert lives.facts().count("account-turned-dormant") == 1

    def test_leaves_what_is_not_open(self, lives: Lives) -> None:
        with lives.store.write() as session:
            turn_dormant(session, account_id="nobody's")
        assert lives.facts() == []
