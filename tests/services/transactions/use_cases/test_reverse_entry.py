"""Reversals, from the order to the rows."""

import pytest
from sqlalchemy.exc import IntegrityError

from shared.contracts.caller import Caller
from tests.services.transactions.conftest import ADA, TRANSFER, LedgerBench, transfer

REVERSE = "POST /api/v1/transactions/{transaction_id}/reverse"
OLU = Caller(user_id="u-olu", roles=frozenset({"officer"}), session_id="s4")
WHY = {"reason": "booked in error"}


def paid(bench: LedgerBench) -> str:
    """Let ada pay ben 100 of 500; gives the entry's id."""
    payer, payee = bench.open("ada"), bench.open("ben")
    bench.deposit(payer, 500)
    return str(bench.one(TRANSFER, transfer(payer, payee, 100), ADA)[1]["id"])


class TestReverseEntry:
    def test_undoes_the_entry_once_and_links_both(self, bench: LedgerBench) -> None:
        entry = paid(bench)
        answers = bench.book(*(bench.submission(REVERSE, WHY, OLU, transaction_id=entry) for _ in range(2)))
        assert [answer.status for answer in answers] == [201, 409]
        assert b"transactions.already-reversed" in answers[1].body
        assert (bench.booked("a-ada"), bench.booked("a-ben")) == (500, 0)
        from services.transactions.store.ledger_queries import find_entry

        with bench.store.read() as session:
            found = find_entry(session, entry)
            assert found is not None
            assert found.reversed_by is not None
            reversal = find_entry(session, found.reversed_by)
        assert reversal is not None
        assert (reversal.entry.reverses, reversal.entry.description) == (entry, "booked in error")

    def test_later_again_is_refused_too(self, bench: LedgerBench) -> None:
        entry = paid(bench)
        _, reversal = bench.one(REVERSE, WHY, OLU, transaction_id=entry)
        assert bench.one(REVERSE, WHY, OLU, transaction_id=entry)[1]["reversed_by"] == reversal["id"]
        status, body = bench.one(REVERSE, WHY, OLU, transaction_id=reversal["id"])
        assert (status, body["code"]) == (409, "transactions.reversal-not-reversible")

    def test_of_money_already_spent_is_refused(self, bench: LedgerBench) -> None:
        entry = paid(bench)
        bench.open("cleo")
        bench.one(TRANSFER, transfer("a-ben", "a-cleo", 1), Caller("u-ben", frozenset({"customer"}), "c-ben"))
        status, body = bench.one(REVERSE, WHY, OLU, transaction_id=entry)
        assert (status, body["code"]) == (409, "transactions.insufficient-funds")

    def test_is_unique_in_the_database_itself(self, bench: LedgerBench) -> None:
        entry = paid(bench)
        bench.one(REVERSE, WHY, OLU, transaction_id=entry)
        copy = (
            "INSERT INTO journal_entries SELECT sequence + 1, 'copy', type, amount_minor, currency, payer_account_id, "
            "payee_account_id, description, booked_at, value_date, business_date, reverses, hash "
            "FROM journal_entries WHERE reverses IS NOT NULL"
        )
        with pytest.raises(IntegrityError, match="reverses"), bench.store.write() as session:
            session.connection().exec_driver_sql(copy)
