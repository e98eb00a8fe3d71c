"""Giving holds back, from the order to the rows."""

from sqlalchemy import select

from services.transactions.store.tables import PLUMBING
from tests.services.transactions.conftest import ADA, BEN, TESS, LedgerBench
from tests.services.transactions.use_cases.test_capture_hold import CAPTURE, held, held_minor

RELEASE = "POST /api/v1/holds/{hold_id}/release"


class TestReleaseHold:
    def test_gives_all_back_once(self, bench: LedgerBench) -> None:
        account, hold = held(bench)
        answers = bench.book(*(bench.submission(RELEASE, {}, ADA, hold_id=hold) for _ in range(2)))
        assert [answer.status for answer in answers] == [200, 409]
        assert (bench.booked(account), held_minor(bench, account)) == (500, 0)

    def test_by_staff_keeps_the_reason(self, bench: LedgerBench) -> None:
        _, hold = held(bench)
        bench.one(RELEASE, {"reason": "The shop was closed"}, TESS, hold_id=hold)
        with bench.store.read() as session:
            reasons = (
                session.execute(select(PLUMBING.audit.c.reason).order_by(PLUMBING.audit.c.sequence)).scalars().all()
            )
        assert reasons[-1] == "The shop was closed"

    def test_of_anothers_hold_is_as_of_none(self, bench: LedgerBench) -> None:
        _, hold = held(bench)
        assert bench.one(RELEASE, {}, BEN, hold_id=hold) == bench.one(RELEASE, {}, BEN, hold_id="h-none")

    def test_and_a_capture_at_once_let_one_win(self, bench: LedgerBench) -> None:
        account, hold = held(bench)
        one = bench.submission(CAPTURE, {}, TESS, hold_id=hold)
        other = bench.submission(RELEASE, {}, ADA, hold_id=hold)
        assert [answer.status for answer in bench.book(one, other)] == [201, 409]
        assert bench.booked(account) == 400
