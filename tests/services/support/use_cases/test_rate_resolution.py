"""One answer to one question per resolution."""

import pytest

from services.support.domain.ticket import NotResolvedYet, RatedAlready, TicketNotFound
from services.support.store.tables import TicketRow
from services.support.use_cases.rate_resolution import rate_resolution
from services.support.use_cases.reopen_ticket import reopen_ticket
from shared.store.engine import Store
from tests.services.support.conftest import ADA, AS_ADA, AS_BEN, BEN, SUE
from tests.services.support.tickets import LEVELS, NOON, facts, given_status, given_ticket


def rate(store: Store, ticket: TicketRow, score: int = 5) -> None:
    with store.write() as session:
        rate_resolution(
            session, caller=ADA, viewer=AS_ADA, ticket_id=ticket.id, score=score, comment="thanks", now=NOON
        )


class TestRateResolution:
    def test_takes_one_answer_for_each_resolution(self, store: Store) -> None:
        ticket = given_ticket(store, ADA)
        with pytest.raises(NotResolvedYet):
            rate(store, ticket)
        ticket = given_status(store, ticket, "resolved", SUE)
        rate(store, ticket, 2)
        with pytest.raises(RatedAlready):
            rate(store, ticket, 5)
        with store.write() as session:
            ticket = reopen_ticket(session, caller=ADA, viewer=AS_ADA, ticket_id=ticket.id, levels=LEVELS, now=NOON)
        with pytest.raises(NotResolvedYet):
            rate(store, ticket)
        given_status(store, ticket, "resolved", SUE)
        rate(store, ticket, 4)
        assert [data["score"] for kind, data in facts(store) if "rated" in kind] == [2, 4]
        assert "thanks" not in str(facts(store))

    def test_is_for_its_customer(self, store: Store) -> None:
        ticket = given_status(store, given_ticket(store, ADA), "resolved", SUE)
        with store.write() as session, pytest.raises(TicketNotFound):
            rate_resolution(session, caller=BEN, viewer=AS_BEN, ticket_id=ticket.id, score=1, comment=None, now=NOON)
