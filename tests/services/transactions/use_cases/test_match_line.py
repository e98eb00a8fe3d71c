"""A match by hand, below the HTTP door: the database itself keeps it to one line and one posting."""

import pytest
from sqlalchemy.exc import IntegrityError

from services.transactions.domain.reconciliation import LineMatch
from services.transactions.store.reconciliation_queries import open_postings, sequences_of
from services.transactions.store.reconciliation_store import insert_matches
from services.transactions.use_cases.match_line import match_line
from services.transactions.use_cases.reconcile_statement import compare, record
from shared.clock import bank_now, now
from tests.services.transactions.conftest import LedgerBench
from tests.services.transactions.people import OLU
from tests.services.transactions.use_cases.test_reconcile_statement import pay_in, sent


class TestMatchLine:
    def test_is_kept_to_one_line_and_one_posting_by_the_database(self, bench: LedgerBench) -> None:
        bench.open("ada")
        pay_in(bench, 100)
        with bench.store.read() as session:
            first, second = compare(session, sent("2", name="a")), compare(session, sent("3", name="b"))
        with bench.store.write() as session:
            made = [record(session, one, caller=OLU) for one in (first, second)]
        today = bank_now().date()
        with bench.store.read() as session:
            account = first.sent.account_id
            posting = open_postings(session, account, sequences_of(session, today, today), limit=9)[0]
        match = LineMatch(2, posting.key, "manual")
        with bench.store.write() as session:
            insert_matches(session, made[0], [match], by="u", at=now())
        with pytest.raises(IntegrityError), bench.store.write() as session:
            insert_matches(session, made[1], [match], by="u", at=now())

    def test_leaves_its_reason_in_the_audit_trail(self, bench: LedgerBench) -> None:
        bench.open("ada")
        with bench.store.read() as session:
            compared = compare(session, sent("1"))
        pay_in(bench, 100)
        with bench.store.read() as session:
            booked = session.connection().exec_driver_sql("SELECT id FROM journal_entries").scalar()
        with bench.store.write() as session:
            made = record(session, compared, caller=OLU)
            match_line(
                session, caller=OLU, reconciliation_id=made, line=2, transaction_id=str(booked), reason="came late"
            )
        with bench.store.read() as session:
            last = "SELECT command, subject_id, reason FROM audit ORDER BY sequence DESC LIMIT 1"
            assert session.connection().exec_driver_sql(last).one() == ("match-line", made, "came late")
