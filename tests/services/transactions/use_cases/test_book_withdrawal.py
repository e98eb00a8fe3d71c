"""Withdrawals, from the order to the rows."""

from tests.services.transactions.conftest import ADA, BEN, TESS, WITHDRAWAL, LedgerBench


def order(account_id: str, amount_minor: int, currency: str = "EUR") -> dict[str, object]:
    return {"account_id": account_id, "amount_minor": amount_minor, "currency": currency}


class TestBookWithdrawal:
    def test_is_booked_by_a_teller_over_the_branchs_cash(self, bench: LedgerBench) -> None:
        account = bench.open("ada", customer_may_deposit=False)
        bench.deposit(account, 500)
        status, body = bench.one(WITHDRAWAL, order(account, 200), TESS)
        assert status == 201
        assert bench.booked(account) == 300
        assert len(body["postings"]) == 2
        assert bench.booked(body["to_account_id"]) == 300

    def test_is_booked_by_the_owner_where_the_product_allows(self, bench: LedgerBench) -> None:
        account = bench.open("ada")
        bench.deposit(account, 500)
        status, body = bench.one(WITHDRAWAL, order(account, 200), ADA)
        assert status == 201
        assert [p["account_id"] for p in body["postings"]] == [account]

    def test_is_refused_to_the_owner_where_cash_is_for_tellers(self, bench: LedgerBench) -> None:
        account = bench.open("ada", customer_may_deposit=False)
        status, body = bench.one(WITHDRAWAL, order(account, 200), ADA)
        assert (status, body["code"]) == (409, "transactions.cash-at-teller-only")

    def test_predecessor_d03_another_persons_account_is_not_there(self, bench: LedgerBench) -> None:
        account = bench.open("ada")
        bench.deposit(account, 500)
        other = bench.one(WITHDRAWAL, order(account, 200), BEN)
        assert other[0] == 404
        assert other == bench.one(WITHDRAWAL, order("a-nobody", 200), BEN)
        assert bench.booked(account) == 500

    def test_refuses_another_currency(self, bench: LedgerBench) -> None:
        account = bench.open("ada")
        status, body = bench.one(WITHDRAWAL, order(account, 1, "USD"), TESS)
        assert (status, body["code"]) == (409, "transactions.currency-mismatch")

    def test_refuses_more_than_is_available_above_the_floor(self, bench: LedgerBench) -> None:
        account = bench.open("ada", min_balance_minor=100)
        bench.deposit(account, 500)
        status, body = bench.one(WITHDRAWAL, order(account, 401), TESS)
        assert (status, body["available_minor"]) == (409, 400)
        assert bench.one(WITHDRAWAL, order(account, 400), TESS)[0] == 201

    def test_looks_at_the_accounts_state_before_the_currency(self, bench: LedgerBench) -> None:
        account = bench.open("ada", status="closed")
        status, body = bench.one(WITHDRAWAL, {"account_id": account, "amount_minor": 1, "currency": "USD"}, TESS)
        assert (status, body["code"]) == (409, "transactions.account-not-open")
