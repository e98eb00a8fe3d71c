"""New payees get small amounts only, in the transaction that books."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.transactions.domain.bank_rules import PRODUCTION_RULES, SANDBOX_RULES
from services.transactions.store.day_store import move_business_date
from services.transactions.use_cases.take_payees import list_payee, unlist_payee
from shared.clock import bank_now
from shared.contracts.caller import Caller
from tests.services.transactions.conftest import ADA, TESS, TRANSFER, LedgerBench, transfer

BATCH, HOLD = "POST /api/v1/transfers/batch", "POST /api/v1/holds"
LIMIT = 50
BOOKED, REFUSED = (201, ""), (409, "transactions.payee-cooling-off")


@pytest.fixture
def bench(bench: LedgerBench) -> LedgerBench:
    """Give a ledger on which new payees get 50 a day: Ada has two accounts, Ben and Cleo one each."""
    bench.rules = replace(SANDBOX_RULES, new_payee_limit_minor=LIMIT)
    for name in ("ada", "ben", "cleo"):
        bench.open(name, limits={"kyc_level": 2})
    bench.open("ada2", owners=["c-ada"], limits={"kyc_level": 2})
    bench.deposit("a-ada", 10_000)
    return bench


def know(bench: LedgerBench, hours: int | None, *, customer: str = "c-ada") -> None:
    until = None if hours is None else bank_now() + timedelta(hours=hours)
    with bench.store.write() as session:
        list_payee(session, customer_id=customer, account_id="a-ben", cooling_until=until)


def sent(bench: LedgerBench, amount: int, payee: str = "a-ben", caller: Caller = ADA) -> tuple[int, str]:
    status, body = bench.one(TRANSFER, transfer("a-ada", payee, amount), caller)
    return status, body.get("code", "")


class TestANewPayee:
    def test_gets_no_more_than_the_limit_in_a_day_in_however_many_transfers(self, bench: LedgerBench) -> None:
        assert [sent(bench, 30), sent(bench, 21), sent(bench, 20), sent(bench, 1)] == [BOOKED, REFUSED, BOOKED, REFUSED]
        assert sent(bench, 50, "a-cleo") == BOOKED

    def test_is_told_with_the_numbers_that_decided(self, bench: LedgerBench) -> None:
        know(bench, 24)
        sent(bench, 30)
        _, body = bench.one(TRANSFER, transfer("a-ada", "a-ben", 21), ADA)
        assert (body["limit_minor"], body["used_minor"], body["amount_minor"], body["currency"]) == (50, 30, 21, "EUR")
        assert (body["is_listed"], body["cooling_until"] > "2026") == (True, True)

    def test_gets_any_amount_once_it_has_been_listed_for_long_enough(self, bench: LedgerBench) -> None:
        know(bench, 1)
        assert sent(bench, 51) == REFUSED
        know(bench, -1)
        assert sent(bench, 51) == BOOKED

    def test_is_new_again_once_it_was_removed_and_to_others_all_the_time(self, bench: LedgerBench) -> None:
        know(bench, None)
        assert sent(bench, 51) == BOOKED
        with bench.store.write() as session:
            unlist_payee(session, customer_id="c-ada", account_id="a-ben")
        know(bench, None, customer="c-cleo")
        assert sent(bench, 51) == REFUSED

    def test_gets_the_limit_once_more_on_the_next_business_date(self, bench: LedgerBench) -> None:
        assert sent(bench, 50) == BOOKED
        with bench.store.write() as session:
            move_business_date(session, date(2100, 1, 1))
        assert [sent(bench, 50), sent(bench, 1)] == [BOOKED, REFUSED]

    def test_counts_commands_of_one_batch_one_after_the_other(self, bench: LedgerBench) -> None:
        body = transfer("a-ada", "a-ben", 30)
        answers = bench.book(*(bench.submission(TRANSFER, body, ADA) for _ in range(3)))
        assert [one.status for one in answers] == [201, 409, 409]

    @pytest.mark.parametrize("atomic", [True, False])
    def test_counts_the_parts_of_a_batch(self, bench: LedgerBench, atomic: bool) -> None:
        body: dict[str, Any] = {"transfers": [transfer("a-ada", "a-ben", 30) for _ in range(2)], "atomic": atomic}
        status, answer = bench.one(BATCH, body, ADA)
        if atomic:
            assert (status, answer["index"], bench.booked("a-ben")) == (409, 1, 0)
        else:
            assert [one["status"] for one in answer["results"]] == ["booked", "refused"]
        assert sent(bench, 30) == (BOOKED if atomic else REFUSED)

    def test_is_no_matter_between_own_accounts_at_the_desk_and_without_a_cooling_off(self, bench: LedgerBench) -> None:
        assert sent(bench, 51, "a-ada2") == BOOKED
        assert sent(bench, 51, caller=TESS) == BOOKED
        bench.rules = SANDBOX_RULES
        assert sent(bench, 51) == BOOKED

    def test_is_not_paid_more_by_way_of_a_hold(self, bench: LedgerBench) -> None:
        hold = {"account_id": "a-ada", "amount_minor": 30, "currency": "EUR", "to_account_number": "DE00BEN"}
        assert bench.one(HOLD, hold, ADA)[0] == 201
        assert bench.one(HOLD, hold, ADA)[1]["code"] == REFUSED[1]
        del hold["to_account_number"]
        assert bench.one(HOLD, hold, ADA)[0] == 201

    def test_is_limited_in_production_unless_set_otherwise(self) -> None:
        assert (PRODUCTION_RULES.new_payee_limit_minor, SANDBOX_RULES.new_payee_limit_minor) == (50_000, None)
