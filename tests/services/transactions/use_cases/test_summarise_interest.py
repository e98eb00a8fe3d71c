"""Each customer is told the month's interest once: sums by customer and currency, whoever repeats the job."""

import json
from datetime import date

import pytest

from services.transactions.tasks import summarise_interest as chain
from services.transactions.use_cases.summarise_interest import summarise_interest
from shared.store.jobs import Job
from tests.services.transactions.day_bench import DayBench
from tests.services.transactions.day_jobs import work


def told(days: DayBench) -> list[dict[str, object]]:
    """Give what was said, by customer."""
    rows = days.rows("SELECT envelope FROM outbox WHERE type = 'bank.transactions.interest-summarised.v1'")
    found = [json.loads(envelope)["data"] for (envelope,) in rows]
    return sorted(found, key=lambda one: str(one["customer_id"]))


class TestSummariseInterest:
    def test_tells_each_customer_once_in_links(self, days: DayBench, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(chain, "_CUSTOMERS", 1)
        days.open("ada2", owners=["c-ada"], product="savings")
        days.deposit("a-ada2", 2_000_000)
        days.end_days(date(2027, 12, 1))
        work(days)
        ada, ben = told(days)
        assert (ada["customer_id"], ada["credited_minor"], ada["accounts"]) == ("c-ada", 3 * 1_600, 2)
        assert (ben["customer_id"], ben["charged_minor"], ben["credited_minor"]) == ("c-ben", 240, 0)
        assert {one["period"] for one in (ada, ben)} == {"2027-11"}
        for after in ("", "c-ada", "c-ben"):  # a message that came twice, or an hour late
            chain.run_interest_summaries(days.store, Job("j", "x", "x", {"period": "2027-11", "after": after}, 2))
        assert work(days) == 0
        assert len(told(days)) == 2

    def test_says_what_it_is_given(self, days: DayBench) -> None:
        one = {"customer_id": "c-x", "currency": "EUR", "credited_minor": 5, "charged_minor": 0, "accounts": 1}
        with days.store.write() as session:
            summarise_interest(session, period="2027-11", customers=[one])
        assert told(days) == [{**one, "period": "2027-11"}]
