"""The last step of each saga with the ledger."""

from services.accounts.domain.account import AccountStatus
from services.accounts.store.life_store import begin_change
from services.accounts.store.tables import AccountRow
from services.accounts.use_cases.answer_change import answer_change
from shared.clock import bank_now
from tests.services.accounts.conftest import Lives, Register


class TestAnswerChange:
    def test_says_202_until_the_ledger_holds_the_change(self, lives: Lives, register: Register) -> None:
        account_id = lives.open(register())
        with lives.store.write() as session:
            account = session.get_one(AccountRow, account_id)
            account.freeze = "debit"
            begin_change(session, account, status=AccountStatus.FREEZING, by="x", note=None, at=bank_now())
        lives.neighbours.down = {"transactions"}
        assert answer_change(lives.store, lives.ledger, account_id=account_id, request=None).status == 202
        lives.neighbours.down = set()
        lives.work(account_id)
        assert answer_change(lives.store, lives.ledger, account_id=account_id, request=None, done=201).status == 201
