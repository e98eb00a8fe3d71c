"""Who hears of a request that waits for a second person, and what no fact leaves behind."""

import pytest

from shared.contracts.accounts import ApprovalRequested
from shared.contracts.identity import UserChanged, UserCreated
from shared.contracts.support import TicketDueSoon, TicketOverdue
from shared.store.engine import Store
from tests.services.notifications.consumers.test_consumers import consume
from tests.services.notifications.told import DEPOSIT, deliveries, items, jobs


class TestRequest:
    def test_is_told_to_those_who_may_decide_it_now(self, store: Store) -> None:
        people = {"user-sam": ["supervisor"], "user-alma": ["admin", "supervisor"], "user-sue": ["support"]}
        people |= {"user-tess": ["supervisor", "teller"], "user-old": ["supervisor"], "user-ada": ["customer"]}
        for user_id, roles in people.items():
            consume(store, UserCreated(user_id=user_id, customer_id=None, roles=roles))
        consume(store, UserChanged(user_id="user-old", roles=["supervisor"], status="suspended"))
        for _ in range(3):
            consume(
                store,
                ApprovalRequested(
                    approval_id="p1",
                    service="accounts",
                    command="set-rate",
                    made_by="user-tess",
                    subject_type="rate",
                    subject_id="r1",
                    checkers=("supervisor", "admin"),
                ),
            )
        with store.read() as session:
            asked = [(who, kind) for who, kind, _ in items(session)]
            assert [who for who, _, _ in deliveries(session)] == ["user-alma", "user-sam"]
        assert asked == [
            ("user-tess", "approval-waits"),
            ("user-alma", "approval-asked"),
            ("user-sam", "approval-asked"),
        ]


class TestTicketOfNobody:
    @pytest.mark.parametrize(("fact", "kind"), [(TicketDueSoon, "ticket-due-soon"), (TicketOverdue, "ticket-overdue")])
    def test_is_told_to_the_whole_desk(
        self, store: Store, fact: type[TicketDueSoon | TicketOverdue], kind: str
    ) -> None:
        for user_id, roles in {"user-sue": ["support"], "user-sam": ["supervisor"], "user-tess": ["teller"]}.items():
            consume(store, UserCreated(user_id=user_id, customer_id=None, roles=roles))
        for _ in range(3):
            consume(store, fact(ticket_id="t1", number="T-1", assignee_user_id=None, clock="resolution", due_at="x"))
        with store.read() as session:
            assert [(who, what) for who, what, _ in items(session)] == [("user-sam", kind), ("user-sue", kind)]
            assert [who for who, _, _ in deliveries(session)] == ["user-sam", "user-sue"]


class TestAddress:
    def test_is_never_in_the_store(self, store: Store) -> None:
        consume(store, DEPOSIT)
        with store.read() as session:
            assert "@" not in str(jobs(session)) + str(deliveries(session)) + str(items(session))
