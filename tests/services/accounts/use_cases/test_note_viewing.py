"""Who else has a customer or an account open."""

from datetime import UTC, datetime, timedelta

import pytest

from services.accounts.domain.account import AccountNotFound
from services.accounts.domain.customer import CustomerNotFound
from services.accounts.use_cases.note_viewing import note_account_viewing, note_customer_viewing
from shared.contracts.caller import Caller
from tests.services.accounts.conftest import OLU, TESS, Lives, Register

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NORA = Caller(user_id="nora", roles=frozenset({"teller"}), branch_id="north")


class TestNoteViewing:
    def test_tells_of_the_others_within_the_last_minute(self, lives: Lives, register: Register) -> None:
        customer_id = str(register().customer_id)

        def look(caller: Caller, seconds: int) -> list[str]:
            with lives.store.write() as session:
                at = NOON + timedelta(seconds=seconds)
                found = note_customer_viewing(session, caller=caller, customer_id=customer_id, now=at)
                return [one.user_id for one in found]

        assert look(TESS, 0) == []
        assert look(OLU, 30) == ["tess"]
        assert look(TESS, 60) == [OLU.user_id]
        assert look(TESS, 91) == []

    def test_answers_another_branch_as_if_there_were_none(self, lives: Lives, register: Register) -> None:
        customer_id = str(register().customer_id)
        with lives.store.write() as session:
            with pytest.raises(CustomerNotFound):
                note_customer_viewing(session, caller=NORA, customer_id=customer_id, now=NOON)
            with pytest.raises(AccountNotFound):
                note_account_viewing(session, caller=TESS, account_id="none", now=NOON)
