"""What each fact does to inboxes and deliveries, however often it is told."""

from typing import Any

import pytest

from services.notifications.listener import SUBSCRIPTIONS
from shared.contracts.accounts import (
    AccountClosed,
    AccountFrozen,
    AccountOpened,
    AccountReopened,
    AccountTurnedDormant,
    AccountUnfrozen,
    AccountWoken,
    ApprovalDecided,
    ApprovalRequested,
)
from shared.contracts.envelope import Fact
from shared.contracts.identity import FactorChanged, PasswordChanged, SignedInOnNewDevice
from shared.contracts.support import (
    TicketAssigned,
    TicketDueSoon,
    TicketEscalated,
    TicketOverdue,
    TicketReopened,
    TicketReplied,
    TicketStatusChanged,
)
from shared.contracts.transactions import (
    AdjustmentBooked,
    CaptureBooked,
    FeeBooked,
    InterestBooked,
    InterestSummarised,
    ReversalBooked,
    StandingOrderFailed,
    StatementReady,
)
from shared.store.engine import Store
from tests.services.notifications.told import (
    ANSWERED,
    DEPOSIT,
    RAISED,
    REGISTERED,
    RESOLVED,
    TRANSFER,
    WITHDRAWAL,
    deliveries,
    envelope,
    items,
    jobs,
)

AT = "2026-11-23T11:30:00.000000Z"
TICKET = {"ticket_id": "t1", "number": "T-100001", "customer_id": "ada", "user_id": "user-ada"}
WORK: dict[str, Any] = {"ticket_id": "t1", "number": "T-100001", "assignee_user_id": "user-sue"}
ACCOUNT: dict[str, Any] = {"account_id": "a1", "owners": ["ada", "ben"]}
ADAS: dict[str, Any] = {"account_id": "a1", "owners": ["ada"]}
OWN = {**DEPOSIT.model_dump(), "value_date": "2026-11-23"}
HANDLERS = {kind: handler for one in SUBSCRIPTIONS for kind, handler in one.handlers.items()}


def consume(store: Store, fact: Fact, sequence: int = 1) -> None:
    """Apply a fact the way the stream door does."""
    handler, told = HANDLERS[fact.type], envelope(fact, sequence)
    assert handler.consume is not None
    with store.write() as session:
        handler.consume(session, handler.read(told), told)


class TestFact:
    @pytest.mark.parametrize(
        ("fact", "inbox", "mails"),
        [
            (DEPOSIT, [("ada", "deposit", "Money was paid in")], ["ada"]),
            (WITHDRAWAL, [(who, "withdrawal", "Money was paid out") for who in ("ada", "ben")], ["ada", "ben"]),
            (
                TRANSFER,
                [
                    ("ada", "transfer-out", "Your transfer was booked"),
                    ("ben", "transfer-in", "You received a transfer"),
                ],
                ["ada", "ben"],
            ),
            (
                CaptureBooked(**TRANSFER.model_dump(), hold_id="h"),
                [
                    ("ada", "capture-out", "A reserved payment was booked"),
                    ("ben", "capture-in", "You received a reserved payment"),
                ],
                ["ada", "ben"],
            ),
            (
                ReversalBooked(**TRANSFER.model_dump(), reverses="e-0"),
                [
                    ("ada", "reversal-out", "A payment you had received was reversed"),
                    ("ben", "reversal-in", "A payment of yours was reversed"),
                ],
                ["ada", "ben"],
            ),
            (FeeBooked(**OWN), [("ada", "fee", "A fee was charged")], ["ada"]),
            (
                InterestBooked(**OWN, direction="credit"),
                [("ada", "interest-in", "You received interest")],
                ["ada"],
            ),
            (
                InterestBooked(**OWN, direction="debit"),
                [("ada", "interest-out", "Interest was charged")],
                ["ada"],
            ),
            (
                AdjustmentBooked(**OWN, direction="credit", against="suspense"),
                [("ada", "adjustment-in", "Your balance was corrected")],
                ["ada"],
            ),
            (
                AdjustmentBooked(**OWN, direction="debit", against="over-short"),
                [("ada", "adjustment-out", "Your balance was corrected")],
                ["ada"],
            ),
            (AdjustmentBooked(**{**OWN, "owners": []}, direction="debit", against="over-short"), [], []),
            (REGISTERED, [("ada", "welcome", "Welcome to Strongroom")], ["ada"]),
            (RAISED, [("ada", "ticket-raised", "We received your request T-100001")], []),
            (ANSWERED, [("ada", "ticket-answered", "There is an answer to your request T-100001")], ["ada"]),
            (RESOLVED, [("ada", "ticket-resolved", "Your request T-100001 is resolved")], ["ada"]),
            (
                TicketStatusChanged(**TICKET, status="waiting-on-customer"),
                [("ada", "ticket-waiting", "We wait for your answer to request T-100001")],
                ["ada"],
            ),
            (
                TicketStatusChanged(**TICKET, status="closed"),
                [("ada", "ticket-closed", "Your request T-100001 is closed")],
                [],
            ),
            (TicketStatusChanged(**TICKET, status="in-progress"), [], []),
            (
                TicketReopened(**TICKET, assignee_user_id="user-sue"),
                [
                    ("ada", "ticket-reopened", "Your request T-100001 is open again"),
                    ("user-sue", "ticket-reopened", "Your request T-100001 is open again"),
                ],
                [],
            ),
            (
                TicketAssigned(**WORK, assigned_by="user-olu"),
                [("user-sue", "ticket-assigned", "Ticket T-100001 is yours now")],
                ["user-sue"],
            ),
            (TicketAssigned(**WORK, assigned_by="user-sue"), [], []),
            (
                TicketReplied(**WORK, customer_id="ada", message_id="m"),
                [("user-sue", "ticket-replied", "The customer answered ticket T-100001")],
                [],
            ),
            (
                TicketEscalated(**WORK, cause="overdue"),
                [("user-sue", "ticket-escalated", "Ticket T-100001 was escalated")],
                ["user-sue"],
            ),
            (
                TicketDueSoon(**WORK, clock="resolution", due_at="2026-11-23T11:30:00.000000Z"),
                [("user-sue", "ticket-due-soon", "Ticket T-100001 is due soon")],
                ["user-sue"],
            ),
            (
                TicketOverdue(**WORK, clock="resolution", due_at="2026-11-23T11:30:00.000000Z"),
                [("user-sue", "ticket-overdue", "Ticket T-100001 is overdue")],
                ["user-sue"],
            ),
            (TicketOverdue(**{**WORK, "assignee_user_id": None}, clock="resolution", due_at="x"), [], []),
            (
                AccountOpened(**ACCOUNT, product="savings", currency="EUR", branch_id="main"),
                [("ada", "account-opened", "Your account is open"), ("ben", "account-opened", "Your account is open")],
                [],
            ),
            (
                AccountFrozen(**ADAS, freeze="debit", lifted_by="officer"),
                [("ada", "account-frozen", "Your account was frozen")],
                [],
            ),
            (AccountUnfrozen(**ADAS), [("ada", "account-unfrozen", "Your account is no longer frozen")], []),
            (
                AccountClosed(**ADAS, product="savings", currency="EUR", branch_id="main", paid_out_minor=5),
                [("ada", "account-closed", "Your account was closed")],
                [],
            ),
            (AccountReopened(**ADAS), [("ada", "account-reopened", "Your account is open again")], []),
            (
                AccountTurnedDormant(**ADAS),
                [("ada", "account-dormant", "Your account sleeps, since nothing moved for long")],
                [],
            ),
            (AccountWoken(**ADAS), [("ada", "account-woken", "Your account is awake again")], []),
            (
                StatementReady(
                    **ADAS,
                    statement_id="s1",
                    number="2026/10",
                    from_day="2026-10-01",
                    to_day="2026-11-01",
                    kind="month",
                ),
                [("ada", "statement-ready", "Your statement is ready")],
                ["ada"],
            ),
            (
                InterestSummarised(
                    customer_id="ada", period="2026-10", currency="EUR", credited_minor=0, charged_minor=0, accounts=1
                ),
                [("ada", "interest-summary", "Your interest of 2026-10")],
                ["ada"],
            ),
            (
                StandingOrderFailed(
                    order_id="o1",
                    account_id="a1",
                    customer_id="ada",
                    due_on="2026-11-23",
                    amount_minor=100,
                    currency="EUR",
                    reason="transactions.insufficient-funds",
                    final=False,
                ),
                [("ada", "order-failed", "A standing order was not carried out")],
                ["ada"],
            ),
            (
                ApprovalRequested(
                    approval_id="p1",
                    service="transactions",
                    command="book-adjustment",
                    made_by="user-tess",
                    subject_type="account",
                    subject_id="a1",
                ),
                [("user-tess", "approval-waits", "Your request waits for a second person")],
                [],
            ),
            (
                ApprovalDecided(approval_id="p1", service="transactions", decision="approved", made_by="user-tess"),
                [("user-tess", "approval-decided", "Your request: approved")],
                ["user-tess"],
            ),
            (ApprovalDecided(approval_id="p1", service="transactions", decision="approved"), [], []),
            (
                SignedInOnNewDevice(user_id="u", customer_id="ada", session_id="s", device="x", at=AT),
                [("ada", "new-device", "Somebody signed in from a new device")],
                ["ada"],
            ),
            (
                SignedInOnNewDevice(user_id="u", customer_id=None, session_id="s", device="x", at=AT),
                [("u", "new-device", "Somebody signed in from a new device")],
                ["u"],
            ),
            (
                PasswordChanged(user_id="u", customer_id="ada", at=AT),
                [("ada", "password-changed", "Your password was changed")],
                ["ada"],
            ),
            (
                PasswordChanged(user_id="u", customer_id=None, at=AT),
                [("u", "password-changed", "Your password was changed")],
                ["u"],
            ),
            (
                FactorChanged(user_id="u", customer_id="ada", factor="totp", change="added", at=AT),
                [("ada", "factor-added", "A second factor was added to your login")],
                ["ada"],
            ),
            (
                FactorChanged(user_id="u", customer_id="ada", factor="totp", change="removed", at=AT),
                [("ada", "factor-removed", "A second factor was removed from your login")],
                ["ada"],
            ),
        ],
    )
    def test_told_three_times_makes_each_item_and_mail_once(
        self, store: Store, fact: Fact, inbox: list[Any], mails: list[str]
    ) -> None:
        for _ in range(3):
            consume(store, fact)
        with store.read() as session:
            assert items(session) == inbox
            assert [recipient for recipient, _, _ in deliveries(session)] == mails
            assert [job["kind"] for job in jobs(session)] == ["send_mail"] * len(mails)

    def test_of_another_position_is_another_thing(self, store: Store) -> None:
        for sequence in (1, 2):
            consume(store, DEPOSIT, sequence)
        with store.read() as session:
            assert len(items(session)) == len(jobs(session)) == 2

    def test_of_a_transfer_between_own_accounts_tells_both_legs(self, store: Store) -> None:
        consume(store, TRANSFER.model_copy(update={"payee_owners": ["ada"]}))
        with store.read() as session:
            assert [kind for _, kind, _ in items(session)] == ["transfer-out", "transfer-in"]
