"""The stream door of notifications: publishes its facts and reacts to those of the other services."""

import sys

from services.notifications.consumers import (
    account_opened,
    adjustment_booked,
    capture_booked,
    customer_registered,
    deposit_booked,
    fee_booked,
    interest_booked,
    reversal_booked,
    signed_in_on_new_device,
    ticket_answered,
    ticket_raised,
    ticket_resolved,
    transfer_booked,
    withdrawal_booked,
)
from services.notifications.settings import NotificationsSettings
from services.notifications.store.tables import PLUMBING
from shared.clients.http import ServiceClient
from shared.clients.tokens import ServiceTokenSource, TokenSource
from shared.errors import FaultAtStart
from shared.observability.logs import configure_logging
from shared.settings import load
from shared.store.engine import Store
from shared.store.schema import check_version
from shared.streams.bank_clock import CLOCK_MOVED
from shared.streams.listener import Handler, StreamDoor, Subscription, run_door

SUBSCRIPTIONS: tuple[Subscription, ...] = (
    Subscription(
        "transactions",
        {
            **CLOCK_MOVED,
            deposit_booked.FACT.type: Handler(deposit_booked.FACT, deposit_booked.consume),
            withdrawal_booked.FACT.type: Handler(withdrawal_booked.FACT, withdrawal_booked.consume),
            transfer_booked.FACT.type: Handler(transfer_booked.FACT, transfer_booked.consume),
            capture_booked.FACT.type: Handler(capture_booked.FACT, capture_booked.consume),
            reversal_booked.FACT.type: Handler(reversal_booked.FACT, reversal_booked.consume),
            fee_booked.FACT.type: Handler(fee_booked.FACT, fee_booked.consume),
            interest_booked.FACT.type: Handler(interest_booked.FACT, interest_booked.consume),
            adjustment_booked.FACT.type: Handler(adjustment_booked.FACT, adjustment_booked.consume),
        },
    ),
    Subscription(
        "accounts",
        {
            customer_registered.FACT.type: Handler(customer_registered.FACT, customer_registered.consume),
            account_opened.FACT.type: Handler(account_opened.FACT, account_opened.consume),
        },
    ),
    Subscription(
        "identity",
        {signed_in_on_new_device.FACT.type: Handler(signed_in_on_new_device.FACT, signed_in_on_new_device.consume)},
    ),
    Subscription(
        "support",
        {
            ticket_raised.FACT.type: Handler(ticket_raised.FACT, ticket_raised.consume),
            ticket_answered.FACT.type: Handler(ticket_answered.FACT, ticket_answered.consume),
            ticket_resolved.FACT.type: Handler(ticket_resolved.FACT, ticket_resolved.consume),
        },
    ),
)
"""Without `rebuild`: an inbox is about the present, so after a gap that nobody keeps it goes on at the head."""


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
