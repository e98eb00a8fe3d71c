"""Tell the owners of the payer and of the payee that money moved between them.

Who: the consumers of the ledger's facts with two sides. Rule: `domain/notice.py`. Says: nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from services.notifications.domain.notice import Kind, movement
from services.notifications.use_cases.notify_customer import notify_customer
from shared.contracts.envelope import Position


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a movement: what its owners are told, and who they are."""

    kind: Kind
    account_id: str
    owners: Sequence[str]
    balance_after_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Movement:
    """What moved; the amount in minor units, `booked_at` as RFC 3339."""

    entry_id: str
    amount_minor: int
    currency: str
    booked_at: str


def notify_both_sides(
    session: Session, *, sides: Sequence[Side], moved: Movement, source: Position, now: datetime
) -> None:
    """Tell each owner of each side, in the inbox and by mail; who owns both accounts is told of both legs."""
    for side in sides:
        notice = movement(
            kind=side.kind,
            account_id=side.account_id,
            amount_minor=moved.amount_minor,
            currency=moved.currency,
            entry_id=moved.entry_id,
            booked_at=moved.booked_at,
            balance_after_minor=side.balance_after_minor,
        )
        for owner in side.owners:
            notify_customer(session, customer_id=owner, source=source, notice=notice, now=now)
