"""Fees at the end of a month, from what the month was on the account."""

from datetime import date

from tests.services.transactions.conftest import ACCOUNTS, PUT, TESS, TRANSFER, transfer
from tests.services.transactions.day_bench import DayBench

FEES = [
    {"kind": "monthly", "amount_minor": 300, "currency": "EUR", "waivable": True, "waived_from_minor": 900_000},
    {"kind": "per-item", "amount_minor": 5, "currency": "EUR", "waivable": False},
]


class TestChargeFees:
    def test_counts_the_orders_of_the_month_and_looks_at_its_lowest_balance(self, days: DayBench) -> None:
        days.terms("savings", version=2, since=date(2027, 11, 1), fees=FEES)
        for _ in range(2):
            assert days.one(TRANSFER, transfer("a-ada", "a-ben", 1_000), TESS)[0] == 201
        days.end_days(date(2027, 12, 1))
        mine = "WHERE account_id = 'a-ada' AND entry_type = 'fee'"
        query = f"SELECT kind, amount_minor, items, state FROM own_postings {mine}"
        assert days.rows(query) == [("per-item", 10, 2, "booked")]
        assert days.one(TRANSFER, transfer("a-ada", "a-ben", 200_000), TESS)[0] == 201
        days.end_day()
        days.deposit("a-ada", 300_000)
        days.end_days(date(2028, 1, 1))
        assert days.rows(f"{query} AND period = '2027-12' ORDER BY 1") == [
            ("monthly", 300, 1, "booked"),
            ("per-item", 5, 1, "booked"),
        ]

    def test_leaves_out_what_an_officer_waived(self, days: DayBench) -> None:
        days.terms(
            "savings", version=2, since=date(2027, 11, 1), fees=[{**FEES[0], "waived_from_minor": None}, FEES[1]]
        )
        contract = {"version": 9, "account_number": "DE00ADA", "owners": ["c-ada"], "product": "savings"}
        more = {"currency": "EUR", "branch_id": "main", "waived_fees": ["monthly", "below-minimum"]}
        assert days.one(PUT, contract | more, ACCOUNTS, account_id="a-ada")[0] == 200
        assert days.one(TRANSFER, transfer("a-ada", "a-ben", 1_000), TESS)[0] == 201
        days.end_days(date(2027, 12, 1))
        found = "SELECT kind, state FROM own_postings WHERE account_id = 'a-ada' AND entry_type = 'fee'"
        assert days.rows(found) == [("per-item", "booked")]

    def test_charges_nothing_within_the_month(self, days: DayBench) -> None:
        days.end_days(date(2027, 11, 20))
        assert days.count("own_postings") == 0

    def test_leaves_out_what_an_officer_waived_for_the_account(self, days: DayBench) -> None:
        days.terms("savings", version=2, since=date(2027, 11, 1), fees=[{**FEES[0], "waived_from_minor": None}])
        days.open("eve", product="savings", waived_fees=["monthly"])
        days.end_days(date(2027, 12, 1))
        query = "SELECT account_id FROM own_postings WHERE entry_type = 'fee' AND kind = 'monthly' ORDER BY 1"
        assert days.rows(query) == [("a-ada",), ("a-ben",)]
