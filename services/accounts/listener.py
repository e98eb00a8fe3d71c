"""The stream door of accounts: publishes its facts and notes when the ledger moved money."""

import sys
from typing import Any

from sqlmodel import Session

from services.accounts.consumers import (
    account_turned_dormant,
    adjustment_booked,
    approval_ended,
    approval_needed,
    capture_booked,
    cosignature_needed,
    deposit_booked,
    email_changed,
    fee_booked,
    interest_booked,
    registration_lapsed,
    reversal_booked,
    transfer_booked,
    withdrawal_booked,
)
from services.accounts.settings import AccountsSettings
from services.accounts.store.tables import PLUMBING
from services.accounts.use_cases.note_movement import note_movement
from shared.clients.http import ServiceClient
from shared.clients.tokens import ServiceTokenSource, TokenSource
from shared.errors import FaultAtStart
from shared.observability.logs import configure_logging
from shared.settings import load
from shared.store.engine import Store
from shared.store.schema import check_version
from shared.streams.bank_clock import CLOCK_MOVED
from shared.streams.listener import Handler, StreamDoor, Subscription, run_door


def rebuild_movements(session: Session, snapshot: dict[str, Any]) -> None:
    """Take the last booking of every account from the ledger's snapshot, when its facts are no longer kept."""
    for one in snapshot["accounts"]:
        note_movement(session, account_ids=[one["account_id"]], booked_at=one["last_transaction_at"])


def _approvals_of(publisher: str) -> dict[str, Handler]:
    """Take what a service puts into the inbox of approvals, and what became of it."""
    needed, ended = approval_needed.FACTS[publisher], approval_ended.FACTS[publisher]
    return {
        needed.type: Handler(needed, approval_needed.consume),
        ended.type: Handler(ended, approval_ended.consume),
    }


SUBSCRIPTIONS: tuple[Subscription, ...] = (
    Subscription(
        "transactions",
        {
            **CLOCK_MOVED,
            **_approvals_of("transactions"),
            deposit_booked.FACT.type: Handler(deposit_booked.FACT, deposit_booked.consume),
            withdrawal_booked.FACT.type: Handler(withdrawal_booked.FACT, withdrawal_booked.consume),
            transfer_booked.FACT.type: Handler(transfer_booked.FACT, transfer_booked.consume),
            capture_booked.FACT.type: Handler(capture_booked.FACT, capture_booked.consume),
            reversal_booked.FACT.type: Handler(reversal_booked.FACT, reversal_booked.consume),
            fee_booked.FACT.type: Handler(fee_booked.FACT, fee_booked.consume),
            interest_booked.FACT.type: Handler(interest_booked.FACT, interest_booked.consume),
            adjustment_booked.FACT.type: Handler(adjustment_booked.FACT, adjustment_booked.consume),
            cosignature_needed.FACT.type: Handler(cosignature_needed.FACT, cosignature_needed.consume),
            account_turned_dormant.FACT.type: Handler(account_turned_dormant.FACT, account_turned_dormant.consume),
        },
        rebuild=rebuild_movements,
    ),
    Subscription(
        "identity",
        {
            **_approvals_of("identity"),
            email_changed.FACT.type: Handler(email_changed.FACT, email_changed.consume),
            registration_lapsed.FACT.type: Handler(registration_lapsed.FACT, registration_lapsed.consume),
        },
    ),
)


def open_door(store: Store, settings: AccountsSettings, tokens: TokenSource) -> StreamDoor:
    """Make the door; start and stop are the caller's."""
    return StreamDoor(store, settings, SUBSCRIPTIONS, lambda publisher: ServiceClient(settings, publisher, tokens))


def main() -> int:
    """Run the door as its own process."""
    try:
        settings = load(AccountsSettings)
        configure_logging(settings.service, settings.log_level)
        store = Store(settings.store_url, service=settings.service, plumbing=PLUMBING)
        check_version(store)
        return run_door(open_door(store, settings, ServiceTokenSource(settings)))
    except FaultAtStart as fault:
        sys.stderr.write(f"{fault}\n")
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
