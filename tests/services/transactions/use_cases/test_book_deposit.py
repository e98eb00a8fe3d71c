"""Deposits, from the order to the rows."""

from tests.services.transactions.conftest import ADA, BEN, DEPOSIT, TESS, LedgerBench


def order(account_id: str, amount_minor: int, currency: str = "EUR") -> dict[str, object]:
    return {"account_id": account_id, "amount_minor": amount_minor, "currency": currency}


class TestBookDeposit:
    def test_is_booked_by_a_teller_over_the_branchs_cash(self, bench: LedgerBench) -> None:
        account = bench.open("ada", customer_may_deposit=False)
        bench.deposit(account, 500)
        status, body = bench.one(DEPOSIT, order(account, 200), TESS)
        assert status == 201
        assert bench.booked(account) == 700
        assert len(body["postings"]) == 2
        assert bench.booked(body["from_account_id"]) == 700

    def test_is_booked_by_the_owner_where_the_product_allows(self, bench: LedgerBench) -> None:
        account = bench.open("ada")
        bench.deposit(account, 500)
        status, body = bench.one(DEPOSIT, order(account, 200), ADA)
        assert status == 201
        assert [p["account_id"] for p in body["postings"]] == [account]

    def test_is_refused_to_the_owner_where_cash_is_for_tellers(self, bench: LedgerBench) -> None:
        account = bench.open("ada", customer_may_deposit=False)
        status, body = bench.one(DEPOSIT, order(account, 200), ADA)
        assert (status, body["code"]) == (409, "transactions.cash-at-teller-only")

    def test_predecessor_d03_another_persons_account_is_not_there(self, bench: LedgerBench) -> None:
        account = bench.open("ada")
        bench.deposit(account, 500)
        other = bench.one(DEPOSIT, order(account, 200), BEN)
        assert other[0] == 404
        assert other == bench.one(DEPOSIT, order("a-nobody", 200), BEN)
        assert bench.booked(account) == 500

    def test_refuses_another_currency(self, bench: LedgerBench) -> None:
        account = bench.open("ada")
        status, body = bench.one(DEPOSIT, order(account, 1, "USD"), TESS)
        assert (status, body["code"]) == (409, "transactions.currency-mismatch")

    def test_looks_at_the_accounts_state_before_the_currency(self, bench: LedgerBench) -> None:
        account = bench.open("ada", status="closed")
        status, body = bench.one(DEPOSIT, {"account_id": account, "amount_minor": 1, "currency": "USD"}, TESS)
        assert (status, body["code"]) == (409, "transactions.account-not-open")
