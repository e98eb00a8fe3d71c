"""The stream door of notifications: publishes its facts and reacts to those of the other services."""

import sys
from collections.abc import Sequence
from typing import Any, Protocol

from sqlmodel import Session

from services.notifications.consumers import (
    account_closed,
    account_frozen,
    account_opened,
    account_owners_changed,
    account_reopened,
    account_turned_dormant,
    account_unfrozen,
    account_woken,
    adjustment_booked,
    approval_decided,
    approval_requested,
    capture_booked,
    cosignature_ended,
    cosignature_requested,
    customer_changed,
    customer_registered,
    deposit_booked,
    factor_changed,
    fee_booked,
    interest_booked,
    interest_summarised,
    password_changed,
    reversal_booked,
    signed_in_on_new_device,
    standing_order_failed,
    statement_ready,
    ticket_answered,
    ticket_assigned,
    ticket_due_soon,
    ticket_escalated,
    ticket_overdue,
    ticket_raised,
    ticket_reopened,
    ticket_replied,
    ticket_resolved,
    ticket_status_changed,
    transfer_booked,
    user_changed,
    user_created,
    withdrawal_booked,
)
from services.notifications.settings import NotificationsSettings
from services.notifications.store.tables import PLUMBING
from services.notifications.use_cases.note_staff import note_staff
from shared.clients.http import ServiceClient
from shared.clients.tokens import ServiceTokenSource, TokenSource
from shared.contracts.envelope import Fact
from shared.errors import FaultAtStart
from shared.observability.logs import configure_logging
from shared.settings import load
from shared.store.engine import Store
from shared.store.schema import check_version
from shared.streams.bank_clock import CLOCK_MOVED
from shared.streams.listener import Handler, StreamDoor, Subscription, run_door
from shared.streams.subscription import Consume


class Consumer(Protocol):
    """What a module of `consumers/` has."""

    FACT: type[Fact]

    @property
    def consume(self) -> Consume:
        """Apply the fact."""


def _handlers(*consumers: Any) -> dict[str, Handler]:
    found: Sequence[Consumer] = consumers
    return {one.FACT.type: Handler(one.FACT, one.consume) for one in found}


def rebuild_staff(session: Session, snapshot: dict[str, Any]) -> None:
    """Take who works for the bank from identity's snapshot, when its facts are no longer kept."""
    for one in snapshot["users"]:
        note_staff(session, user_id=one["user_id"], roles=one["roles"], is_active=one["status"] == "active")


SUBSCRIPTIONS: tuple[Subscription, ...] = (
    Subscription(
        "transactions",
        CLOCK_MOVED
        | _handlers(
            deposit_booked,
            withdrawal_booked,
            transfer_booked,
            capture_booked,
            reversal_booked,
            fee_booked,
            interest_booked,
            adjustment_booked,
            statement_ready,
            interest_summarised,
            standing_order_failed,
        ),
    ),
    Subscription(
        "accounts",
        _handlers(
            customer_registered,
            customer_changed,
            account_opened,
            account_frozen,
            account_unfrozen,
            account_closed,
            account_reopened,
            account_turned_dormant,
            account_woken,
            account_owners_changed,
            approval_requested,
            approval_decided,
            cosignature_requested,
            cosignature_ended,
        ),
    ),
    Subscription(
        "identity",
        _handlers(user_created, user_changed, signed_in_on_new_device, password_changed, factor_changed),
        rebuild=rebuild_staff,
    ),
    Subscription(
        "support",
        _handlers(
            ticket_raised,
            ticket_answered,
            ticket_resolved,
            ticket_status_changed,
            ticket_reopened,
            ticket_assigned,
            ticket_replied,
            ticket_escalated,
            ticket_due_soon,
            ticket_overdue,
        ),
    ),
)
"""What people are told is not rebuilt: it is about the present, so after a gap that nobody keeps it goes on."""


def open_door(store: Store, settings: NotificationsSettings, tokens: TokenSource) -> StreamDoor:
    """Make the door; start and stop are the caller's."""
    return StreamDoor(store, settings, SUBSCRIPTIONS, lambda publisher: ServiceClient(settings, publisher, tokens))


def main() -> int:
    """Run the door as its own process."""
    try:
        settings = load(NotificationsSettings)
        configure_logging(settings.service, settings.log_level)
        store = Store(settings.store_url, service=settings.service, plumbing=PLUMBING)
        check_version(store)
        return run_door(open_door(store, settings, ServiceTokenSource(settings)))
    except FaultAtStart as fault:
        sys.stderr.write(f"{fault}\n")
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
