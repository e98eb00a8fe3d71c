"""The job that closes what is settled."""

from datetime import timedelta

import pytest

from services.support.store.tables import TicketRow
from services.support.tasks import close_resolved as job
from shared.store.engine import Store
from tests.services.support.conftest import ADA, SUE
from tests.services.support.tickets import NOON, given_status, given_ticket


class TestCloseResolved:
    def test_closes_after_some_days(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        ticket = given_ticket(store, ADA)
        given_status(store, ticket, "resolved", SUE)
        closed = []
        for days in (6, 7, 8):
            monkeypatch.setattr(job, "bank_now", lambda days=days: NOON + timedelta(days=days))
            closed.append(job.close_resolved(store, after_days=7))
        assert closed == [0, 1, 0]
        with store.read() as session:
            assert session.get_one(TicketRow, ticket.id).status == "closed"
