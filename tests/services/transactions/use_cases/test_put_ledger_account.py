"""Contracts taken over from `accounts`."""

import pytest

from services.transactions.domain.chart_of_accounts import cash_account
from tests.services.transactions.conftest import ACCOUNTS, ADA, BEN, PUT, TRANSFER, LedgerBench, transfer
from tests.services.transactions.store.test_invariants import broken

CONTRACT = {
    "version": 2,
    "account_number": "DE00ADA",
    "owners": ["c-ada"],
    "product": "current",
    "currency": "EUR",
    "branch_id": "main",
}


class TestPutLedgerAccount:
    def test_takes_a_newer_version_and_ignores_an_older_one(self, bench: LedgerBench) -> None:
        account = bench.open("ada", version=3, status="open")
        status, body = bench.one(PUT, {**CONTRACT, "freeze": "all"}, ACCOUNTS, account_id=account)
        assert (status, body["version"]) == (200, 3)
        status, body = bench.one(PUT, {**CONTRACT, "version": 4}, ACCOUNTS, account_id=account)
        assert (status, body["version"]) == (200, 4)

    def test_keeps_the_balance_over_a_change(self, bench: LedgerBench) -> None:
        account = bench.open("ada")
        bench.deposit(account, 50)
        bench.one(PUT, CONTRACT, ACCOUNTS, account_id=account)
        assert bench.booked(account) == 50

    def test_does_not_close_an_account_with_money(self, bench: LedgerBench) -> None:
        account = bench.open("ada")
        bench.deposit(account, 50)
        status, body = bench.one(PUT, {**CONTRACT, "status": "closed"}, ACCOUNTS, account_id=account)
        assert (status, body["code"], body["booked_minor"]) == (409, "transactions.account-not-empty", 50)

    def test_books_the_cash_of_the_opening_once_with_a_new_account_and_with_no_other(self, bench: LedgerBench) -> None:
        account = bench.open("ada", opening_deposit_minor=70, opening_cash_branch_id="east")
        bench.open("ada", version=2, opening_deposit_minor=70)
        assert (bench.booked(account), bench.count("journal_entries")) == (70, 1)
        assert bench.account(cash_account(branch_id="east", currency="EUR").id).booked_minor == 70
        assert broken(bench.store) == {}

    @pytest.mark.parametrize("key", ["closing", None])
    def test_pays_the_rest_out_and_closes_in_one_command(self, bench: LedgerBench, key: str | None) -> None:
        account, other = bench.open("ada", min_balance_minor=40), bench.open("ben")
        bench.deposit(account, 50)
        closing = {**CONTRACT, "status": "closed", "payout_account_id": other}
        for again in range(2):  # a repeat with its key is answered alike, and books nothing again
            status, body = bench.one(PUT, closing, ACCOUNTS, account_id=account, key=key)
            assert (status, body["status"]) == (200, "closed")
            assert body.get("paid_out_minor") == (50 if key or not again else None)
        assert (bench.booked(account), bench.booked(other), bench.account(account).status) == (0, 50, "closed")
        assert bench.count("journal_entries") == 2
        assert broken(bench.store) == {}
        assert bench.one(TRANSFER, transfer(other, account, 1), BEN)[1]["code"] == "transactions.account-not-open"

    @pytest.mark.parametrize(
        ("payee", "code"),
        [
            ({"freeze": "credit"}, "account-frozen"),
            ({"status": "closed"}, "account-not-open"),
            ({"currency": "JPY"}, "currency-mismatch"),
        ],
    )
    def test_changes_nothing_if_the_rest_cannot_be_paid_out(
        self, bench: LedgerBench, payee: dict[str, str], code: str
    ) -> None:
        account, other = bench.open("ada"), bench.open("ben", **payee)
        bench.deposit(account, 50)
        closing = {**CONTRACT, "status": "closed", "payout_account_id": other}
        status, body = bench.one(PUT, closing, ACCOUNTS, account_id=account)
        assert (status, body["code"]) == (409, f"transactions.{code}")
        assert (bench.account(account).status, bench.booked(account)) == ("open", 50)

    def test_decides_a_freeze_and_a_transfer_in_one_order(self, bench: LedgerBench) -> None:
        account, other = bench.open("ada"), bench.open("ben")
        bench.deposit(account, 50)
        pay, freeze = transfer(account, other, 1), {**CONTRACT, "freeze": "debit"}
        answers = bench.book(
            bench.submission(TRANSFER, pay, ADA),
            bench.submission(PUT, freeze, ACCOUNTS, account_id=account),
            bench.submission(TRANSFER, pay, ADA),
        )
        assert [answer.status for answer in answers] == [201, 200, 409]

    def test_never_changes_number_or_currency_nor_gives_a_number_twice(self, bench: LedgerBench) -> None:
        account = bench.open("ada")
        for change in ({"currency": "USD"}, {"account_number": "DE00NEW"}):
            status, body = bench.one(PUT, {**CONTRACT, **change}, ACCOUNTS, account_id=account)
            assert (status, body["code"]) == (409, "transactions.contract-fixed")
        assert bench.one(PUT, CONTRACT, ACCOUNTS, account_id="a-other")[0] == 409

    def test_takes_an_owner_who_is_named_twice_once(self, bench: LedgerBench) -> None:
        account = bench.open("ada", owners=["c-ada", "c-ben", "c-ada"])
        assert bench.count("ledger_account_owners") == 2
        assert account == "a-ada"
