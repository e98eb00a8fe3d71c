"""Facts as other services tell them, and what they left behind in the store of notifications."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, select

from services.notifications.domain.notice import Notice, movement
from services.notifications.store.tables import DeliveryRow, InboxItemRow
from services.notifications.use_cases.notify_customer import notify_customer
from shared.contracts.accounts import CustomerRegistered
from shared.contracts.envelope import Envelope, Fact, Position
from shared.contracts.support import TicketAnswered, TicketRaised, TicketResolved
from shared.contracts.transactions import DepositBooked, TransferBooked, WithdrawalBooked
from shared.store.engine import Store

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
_BOOKED = {"booked_at": "2026-11-23T11:30:00.000000Z", "business_date": "2026-11-23"}

DEPOSIT = DepositBooked(entry_id="e1", account_id="a1", owners=["ada"], amount_minor=1050, currency="EUR", **_BOOKED)
WITHDRAWAL = WithdrawalBooked(
    entry_id="e2", account_id="a1", owners=["ada", "ben"], amount_minor=5, currency="EUR", **_BOOKED
)
TRANSFER = TransferBooked(
    entry_id="e3",
    payer_account_id="a1",
    payee_account_id="b1",
    payer_owners=["ada"],
    payee_owners=["ben"],
    amount_minor=250,
    currency="EUR",
    **_BOOKED,
)
REGISTERED = CustomerRegistered(customer_id="ada", user_id="user-ada", branch_id="main")
_TICKET = {"ticket_id": "t1", "number": "T-100001", "customer_id": "ada", "user_id": "user-ada"}
RAISED = TicketRaised(**_TICKET, ticket_type="general")
ANSWERED = TicketAnswered(**_TICKET, message_id="m1")
RESOLVED = TicketResolved(**_TICKET)

A_NOTICE: Notice = movement(
    kind="transfer-in",
    account_id="a1",
    amount_minor=1050,
    currency="EUR",
    entry_id="e1",
    booked_at="2026-11-23T11:30:00.000000Z",
)


def envelope(fact: Fact, sequence: int = 1) -> Envelope:
    """Put a fact into the envelope in which its publisher would tell it."""
    publisher = fact.type.split(".")[1]
    return Envelope(
        id=f"{publisher}/0/1/{sequence}",
        source=f"bank.{publisher}",
        type=fact.type,
        subject=fact.subject,
        time="2026-11-23T11:30:00.000000Z",
        data=fact.model_dump(),
        lane=0,
        epoch=1,
        sequence=sequence,
        previoushash="0",
        hash="1",
    )


def given_mail(store: Store, customer_id: str = "ada", notice: Notice = A_NOTICE, sequence: int = 1) -> str:
    """Tell a customer something and give the id of the delivery that it made."""
    with store.write() as session:
        source = Position("transactions", 0, 1, sequence)
        notify_customer(session, customer_id=customer_id, source=source, notice=notice, now=NOON)
    with store.read() as session:
        wanted = select(DeliveryRow.id).where(DeliveryRow.recipient_id == customer_id).order_by(DeliveryRow.id)
        return session.exec(wanted).all()[-1]


def items(session: Session) -> list[tuple[str, str, str]]:
    """Give recipient, kind and title of every inbox item."""
    rows = session.exec(select(InboxItemRow).order_by(InboxItemRow.id)).all()
    return [(row.recipient_id, row.kind, row.title) for row in rows]


def deliveries(session: Session) -> list[tuple[str, str, str]]:
    """Give recipient, template and state of every delivery."""
    rows = session.exec(select(DeliveryRow).order_by(DeliveryRow.id)).all()
    return [(row.recipient_id, row.template, row.state) for row in rows]


def jobs(session: Session) -> list[dict[str, Any]]:
    """Give every job row."""
    table = session.info["store"].plumbing.jobs
    return [dict(row) for row in session.execute(select_columns(table)).mappings()]
