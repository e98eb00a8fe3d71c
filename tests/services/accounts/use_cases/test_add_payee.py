"""Adding a payee."""

from datetime import timedelta

import pytest

from services.accounts.domain.iban import BadAccountNumber, account_number_of
from services.accounts.domain.payee import PayeeExists, TooManyPayees
from services.accounts.store.tables import PayeeRow
from services.accounts.use_cases import add_payee as module
from services.accounts.use_cases.add_payee import NewPayee, add_payee
from services.accounts.use_cases.begin_opening import AccountTerms
from shared.contracts.caller import Caller
from shared.store.engine import Store
from tests.services.accounts.conftest import ADA, BEN, Register
from tests.services.accounts.lives import Lives


class Payments:
    """Ada, who pays, and the number of Ben's account."""

    def __init__(self, store: Store, lives: Lives, register: Register) -> None:
        self.store = store
        self.ada = register(ADA)
        self.ben_account = lives.open(register(BEN, AccountTerms("current")))
        self.number = lives.row(self.ben_account).account_number

    def add(self, name: str = "Ben Franklin", number: str | None = None, *, who: Caller | None = None) -> PayeeRow:
        payee = NewPayee(number or self.number, name, "rent")
        with self.store.write() as session:
            return add_payee(session, caller=who or self.ada, payee=payee, cooling_off=timedelta(hours=24))


@pytest.fixture
def payments(store: Store, lives: Lives, register: Register) -> Payments:
    return Payments(store, lives, register)


class TestAddPayee:
    @pytest.mark.parametrize(
        ("name", "check", "suggestion"),
        [("franklin, BEN", "match", None), ("Ben Franklyn", "close", "Ben Franklin"), ("Mallory", "none", None)],
    )
    def test_keeps_how_well_the_name_fits(
        self, payments: Payments, name: str, check: str, suggestion: str | None
    ) -> None:
        row = payments.add(name)
        assert (row.name_check, row.suggestion, row.name, row.nickname) == (check, suggestion, name, "rent")

    def test_cannot_compare_a_name_at_another_bank(self, payments: Payments) -> None:
        row = payments.add(number="DE89 3704 0044 0532 0130 00")
        assert (row.name_check, row.account_id, row.account_number) == ("unavailable", None, "DE89370400440532013000")

    def test_says_of_a_number_that_nobody_has_what_it_says_of_a_wrong_name(self, payments: Payments) -> None:
        assert payments.add(number=account_number_of(counter=9_999)).name_check == "none"

    def test_refuses_a_wrong_digit_before_any_look_up(self, payments: Payments) -> None:
        with pytest.raises(BadAccountNumber):
            payments.add(number=payments.number[:-1] + ("0" if payments.number[-1] != "0" else "1"))

    def test_refuses_the_same_number_twice_and_more_than_there_may_be(
        self, payments: Payments, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = payments.add()
        with pytest.raises(PayeeExists) as refused:
            payments.add("Somebody")
        assert refused.value.numbers["payee_id"] == first.id
        monkeypatch.setattr(module, "MAX_PAYEES", 1)
        with pytest.raises(TooManyPayees):
            payments.add(number=account_number_of(counter=9_999))

    def test_tells_ids_and_the_end_of_the_cooling_off_only(self, payments: Payments, lives: Lives) -> None:
        row = payments.add()
        assert row.cooling_until == row.added_at + timedelta(hours=24)
        assert lives.facts()[-1] == "payee-added"
