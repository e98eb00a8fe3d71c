"""Taking a match back: the posting is open again, and the audit trail keeps what the match was."""

import json

import pytest

from services.transactions.domain.reconciliation import LineNotMatched
from services.transactions.use_cases.reconcile_statement import compare, record
from services.transactions.use_cases.unmatch_line import unmatch_line
from tests.services.transactions.conftest import LedgerBench
from tests.services.transactions.people import OLU
from tests.services.transactions.use_cases.test_reconcile_statement import pay_in, sent


class TestUnmatchLine:
    def test_opens_line_and_posting_and_keeps_what_was(self, bench: LedgerBench) -> None:
        bench.open("ada")
        pay_in(bench, 100)
        with bench.store.read() as session:
            compared = compare(session, sent("1"))
        with bench.store.write() as session:
            made = record(session, compared, caller=OLU)
            unmatch_line(session, caller=OLU, reconciliation_id=made, line=2, reason="the wrong day")
        assert bench.count("reconciliation_matches") == 0
        assert bench.reasons("unmatch-line") == ["the wrong day"]
        with bench.store.read() as session:
            last = "SELECT before FROM audit ORDER BY sequence DESC LIMIT 1"
            before = json.loads(str(session.connection().exec_driver_sql(last).scalar()))
            assert (before["line"], before["rule"]) == (2, "amount-and-day")
            assert len(compare(session, sent("1", name="other")).matches) == 1
        with pytest.raises(LineNotMatched), bench.store.write() as session:
            unmatch_line(session, caller=OLU, reconciliation_id=made, line=2)
