"""The ledger's end of day lets accounts sleep."""

from services.accounts.consumers import account_turned_dormant
from shared.contracts.envelope import Envelope
from shared.contracts.transactions import AccountTurnedDormant
from tests.services.accounts.conftest import Lives, Register


class TestAccountTurnedDormant:
    def test_lets_the_account_sleep(self, lives: Lives, register: Register) -> None:
        account_id = lives.open(register())
        fact = AccountTurnedDormant(account_id=account_id, business_date="2026-01-01")
        with lives.store.write() as session:
            account_turned_dormant.consume(session, fact, Envelope.model_construct())
        assert lives.row(account_id).status == "dormant"
