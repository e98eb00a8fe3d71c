"""Tell a customer something: one item in the inbox and, where the notice says so, one mail.

Who: a fact of another service, in the listener's transaction with the cursor. Rule: `domain/notice.py`. It is
written at the end of that transaction, with all that its other facts tell (`settle_told.py`). Says: nothing.
"""

from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from services.notifications.domain.notice import Notice, Recipient
from services.notifications.store.told_store import gather, tell_now
from services.notifications.use_cases.settle_told import settle_told
from shared.contracts.envelope import Position


def notify_customer(session: Session, *, customer_id: str, source: Position, notice: Notice, now: datetime) -> None:
    """Tell a customer; the same source (a fact's position) and kind again changes nothing."""
    told_by = "/".join(str(part) for part in source)
    gather(session, tell_now(Recipient("customer", customer_id), told_by, notice, now), settle=settle_told)


class Login(Protocol):
    """What every fact about a login says: whose it is."""

    @property
    def user_id(self) -> str:
        """The login."""

    @property
    def customer_id(self) -> str | None:
        """The customer behind it, if there is one."""


def notify_login(session: Session, *, login: Login, source: Position, notice: Notice, now: datetime) -> None:
    """Tell whoever a login is of: the customer, or the member of staff."""
    if login.customer_id is not None:
        notify_customer(session, customer_id=login.customer_id, source=source, notice=notice, now=now)
    else:
        notify_user(session, user_id=login.user_id, source=source, notice=notice, now=now)


def notify_user(session: Session, *, user_id: str, source: Position, notice: Notice, now: datetime) -> None:
    """Tell a member of staff, in the inbox of their login."""
    told_by = "/".join(str(part) for part in source)
    gather(session, tell_now(Recipient("user", user_id), told_by, notice, now), settle=settle_told)
