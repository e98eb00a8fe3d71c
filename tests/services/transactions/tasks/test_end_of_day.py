"""The end of a business date: accrues, posts, charges, closes; late entries, corrections, quiet accounts."""

from collections.abc import Callable
from datetime import date

import pytest

from services.transactions.domain.bank_calendar import BankCalendar
from services.transactions.domain.bank_rules import BankRules
from services.transactions.domain.banking_day import STEPS
from services.transactions.domain.day_count import UNIT
from services.transactions.store.end_of_day_store import Run
from services.transactions.store.ledger_queries import booked_as_of
from shared.errors import Unavailable
from shared.store.engine import Store
from tests.services.transactions.conftest import ACCOUNTS, PUT, SAM, TESS, WITHDRAWAL
from tests.services.transactions.day_bench import DayBench

D = date.fromisoformat
SAM_RULES = BankRules(back_value_days=30)
DEPOSIT = "POST /api/v1/deposits"


def accrued(days: DayBench, account: str, kind: str = "credit") -> int:
    """Give what has accrued on an account, in hundredths of a minor unit."""
    [(units,)] = days.rows(f"SELECT {kind}_accrued FROM day_positions WHERE account_id = '{account}'")
    return round(int(units) * 100 / UNIT)


class TestAnEndOfDay:
    def test_goes_through_its_steps_and_opens_the_next_date(self, days: DayBench) -> None:
        run = days.end_day()
        assert (run.state, days.today) == ("done", D("2027-11-16"))
        assert [step["name"] for step in run.steps] == list(STEPS)
        assert all(step["finished_at"] for step in run.steps)

    def test_accrues_what_a_day_earns_and_costs(self, days: DayBench) -> None:
        days.end_days(D("2027-11-18"))  # 3.65 % of 1,000,000 is 100 a day, 10.95 % of 50,000 is 15
        assert accrued(days, "a-ada") == 3 * 100 * 100
        assert accrued(days, "a-ben", "debit") == 3 * 15 * 100

    def test_posts_once_when_the_month_ends_and_values_it_on_the_next_day(self, days: DayBench) -> None:
        days.end_days(D("2027-12-02"))
        assert (days.booked("a-ada"), days.booked("a-ben")) == (1_001_600, -50_000 - 240 - 490)
        found = days.rows("SELECT description, business_date, value_date FROM journal_entries WHERE type = 'interest'")
        assert sorted(found) == [
            ("Interest 2027-11", "2027-11-30", "2027-12-01"),
            ("Overdraft interest 2027-11", "2027-11-30", "2027-12-01"),
        ]
        assert accrued(days, "a-ada") == 10016  # the first day that the interest earns interest itself

    def test_done_again_changes_nothing(self, days: DayBench) -> None:
        days.end_days(D("2027-12-01"))
        before = days.state_hash()
        for _ in range(3):
            days.end.run(D("2027-11-30"), job_id="again")
        assert days.state_hash() == before

    def test_follows_a_rate_from_its_own_day_on(self, days: DayBench) -> None:
        days.rate(730, product="savings", since=D("2027-11-17"))
        days.end_days(D("2027-11-19"))
        assert accrued(days, "a-ada") == (100 + 100 + 200 + 200) * 100

    def test_keeps_balances_that_agree_with_the_journal(self, days: DayBench) -> None:
        days.end_days(D("2027-12-02"))
        for account, day, booked in days.rows(
            "SELECT account_id, business_date, booked_minor FROM end_of_day_balances"
        ):
            with days.store.read() as session:
                assert booked_as_of(session, account, D(day)) == booked

    def test_leaves_a_closed_account_and_one_that_is_frozen_for_all(self, days: DayBench) -> None:
        contract = {"version": 2, "account_number": "DE00ADA", "owners": ["c-ada"], "product": "savings",
                    "currency": "EUR", "branch_id": "main", "freeze": "all"}  # fmt: skip
        assert days.one(PUT, contract, ACCOUNTS, account_id="a-ada")[0] == 200
        days.end_days(D("2027-12-01"))
        assert days.booked("a-ada") == 1_000_000
        assert ("refused", "transactions.account-frozen") in days.rows("SELECT state, refusal FROM own_postings")
        assert accrued(days, "a-ada") == 1600 * 100  # the interest is still owed
        assert days.one(PUT, {**contract, "version": 3, "freeze": "none"}, ACCOUNTS, account_id="a-ada")[0] == 200
        days.end_days(D("2028-01-01"))
        assert days.booked("a-ada") == 1_000_000 + 4_700

    def test_skips_the_weekend_where_the_bank_books_on_banking_days_only(self, days: DayBench) -> None:
        days.end.calendar = BankCalendar(banking_days_only=True)
        days.end_days(D("2027-11-22"))
        assert days.today == D("2027-11-22")  # Friday the 19th opened Monday
        assert accrued(days, "a-ada") == 7 * 100 * 100


class TestALeapDay:
    def test_is_a_business_date_that_accrues_and_ends_its_month(self, make_store: Callable[[str], Store]) -> None:
        days = DayBench(make_store("transactions"))
        days.open_books(D("2028-02-27"))
        days.terms("savings", capitalisation="monthly", day_count="act/act")
        days.rate(366, product="savings")
        days.deposit(days.open("ada", product="savings"), 1_000_000)
        days.end_days(D("2028-03-01"))
        assert days.rows("SELECT business_date, next_date FROM end_of_days ORDER BY 1")[1:] == [
            ("2028-02-28", "2028-02-29"),
            ("2028-02-29", "2028-03-01"),
        ]
        found = days.rows("SELECT description, business_date, value_date FROM journal_entries WHERE type = 'interest'")
        assert found == [("Interest 2028-02", "2028-02-29", "2028-03-01")]
        assert days.booked("a-ada") == 1_000_300  # three days of 3.66 % in a year of 366

    def test_is_followed_by_years_that_end_on_31_december(self, make_store: Callable[[str], Store]) -> None:
        days = DayBench(make_store("transactions"))
        days.open_books(D("2028-12-30"))
        days.terms("savings", capitalisation="quarterly", day_count="act/act")
        days.rate(365, product="savings")
        days.deposit(days.open("ada", product="savings"), 366 * 365_000)
        days.end_days(D("2029-01-02"))
        found = days.rows("SELECT account_id, period, amount_minor FROM own_postings")
        assert found == [("a-ada", "2028-Q4", 26_645)]  # 13,322.5 a day, and the year has 366
        [(until, _)] = days.rows("SELECT accrued_until, credit_accrued FROM day_positions")
        assert until == "2029-01-01"


class TestLateEntries:
    def test_correct_days_that_have_accrued(self, days: DayBench) -> None:
        days.rules = SAM_RULES
        days.end_days(D("2027-11-20"))
        order = {"account_id": "a-ada", "amount_minor": 500_000, "currency": "EUR", "value_date": "2027-11-17"}
        assert days.one(DEPOSIT, order, SAM)[0] == 201
        days.end_day()
        assert accrued(days, "a-ada") == (5 * 100 + 3 * 50 + 150) * 100
        days.end_days(D("2027-12-01"))
        assert days.booked("a-ada") == 1_500_000 + 2 * 100 + 14 * 150

    def test_that_come_while_the_day_is_ended_count_for_it(self, days: DayBench) -> None:
        """After the cut, before the date is closed: of this date, and the next end of day makes up for them."""
        late = []

        def order(step: str) -> None:
            if step == "post-interest" and not late:
                late.append(
                    days.one(DEPOSIT, {"account_id": "a-ada", "amount_minor": 1_000_000, "currency": "EUR"}, TESS)
                )

        days.end.at = order
        days.end_day()
        assert late[0][1]["business_date"] == "2027-11-15"
        assert accrued(days, "a-ada") == 100 * 100
        days.end_day()
        assert accrued(days, "a-ada") == (200 + 200) * 100

    def test_turn_credit_into_debit_for_the_days_between(self, days: DayBench) -> None:
        days.rules = SAM_RULES
        days.rate(365, product="current", side="credit")
        days.end_days(D("2027-11-18"))
        order = {"account_id": "a-ben", "amount_minor": 150_000, "currency": "EUR", "value_date": "2027-11-16"}
        assert days.one(DEPOSIT, order, SAM)[0] == 201
        days.end_day()
        assert accrued(days, "a-ben", "debit") == 15 * 100
        assert accrued(days, "a-ben") == 3 * 10 * 100


class TestQuietAccounts:
    def test_turn_dormant_once_and_wake_when_somebody_moves_money(self, days: DayBench) -> None:
        days.end_days(D("2027-11-20"))
        days.deposit("a-ben", 10)
        days.end_days(D("2027-11-28"))
        query = "SELECT account_id, dormant_on FROM day_positions ORDER BY 1"
        assert days.rows(query) == [("a-ada", "2027-11-25"), ("a-ben", None)]
        days.deposit("a-ada", 10)
        days.end_day()
        assert days.rows(query) == [("a-ada", None), ("a-ben", None)]
        told = "SELECT count(*) FROM outbox WHERE type = 'bank.transactions.account-turned-dormant.v1'"
        assert days.rows(told) == [(1,)]


class TestFaults:
    def test_of_the_writer_leave_the_run_where_it_was(self, days: DayBench, monkeypatch: pytest.MonkeyPatch) -> None:
        days.end_days(D("2027-11-30"))
        book = days.lane.book

        def away(commands: object) -> object:
            raise Unavailable("The writer is away.")

        monkeypatch.setattr(days.lane, "book", away)
        with pytest.raises(Unavailable):
            days.end_day()
        assert days.today == D("2027-11-30")
        monkeypatch.setattr(days.lane, "book", book)
        assert isinstance(days.end_day(), Run)
        assert days.booked("a-ada") == 1_001_600


class TestPredecessor:
    def test_predecessor_d05_interest_runs_for_every_account_however_small(self, days: DayBench) -> None:
        """There the task names did not exist, small balances were skipped, and type names differed."""
        days.open("cleo", product="savings")
        days.deposit("a-cleo", 591)
        assert days.one(WITHDRAWAL, {"account_id": "a-cleo", "amount_minor": 1, "currency": "EUR"}, TESS)[0] == 201
        days.end_days(D("2028-01-01"))
        rows = days.rows("SELECT period, amount_minor FROM own_postings WHERE account_id = 'a-cleo' ORDER BY 1")
        # 3.65 % of 590 is 0.059 a day: 0.944 in November, and what was rounded up is carried into December.
        assert rows == [("2027-11", 1), ("2027-12", 2)]
