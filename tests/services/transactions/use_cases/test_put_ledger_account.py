"""Contracts taken over from `accounts`."""

from tests.services.transactions.conftest import ACCOUNTS, PUT, LedgerBench

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
