"""Try the occurrences of standing orders that are open: as commands to the writer, each try under a key of its own.

Who: the end of day. Rule: `use_cases/book_order.py` decides. A refusal is tried again on the next business dates, as
often as the order says. Says: `StandingOrderFailed`, for each try that was refused.
"""

from services.transactions.clients.ledger_lane import LedgerLane, OwnCommand
from services.transactions.domain.standing_order import Occurrence, StandingOrder, after_try
from services.transactions.store.end_of_day_store import Run
from services.transactions.store.order_store import note_try, occurrences_to_try
from shared.contracts.transactions import StandingOrderFailed
from shared.store.engine import Store
from shared.store.outbox import append_facts

ROUTE = "POST /internal/order-transfers"


def run_due_orders(store: Store, lane: LedgerLane, run: Run, *, limit: int) -> int:
    """Try up to `limit` occurrences and give how many there were; call again until none is.

    :raises Unavailable: if the writer does not answer
    """
    with store.read() as session:
        waiting = occurrences_to_try(session, run.last_day, limit=limit)
    if not waiting:
        return 0
    outcomes = lane.book([_command(one, order) for one, order in waiting])
    with store.write() as session:
        for (one, order), outcome in zip(waiting, outcomes, strict=True):
            entry_id = str(outcome.body["id"]) if outcome.code is None else None
            now = after_try(
                one,
                retries=order.retries,
                entry_id=entry_id,
                refusal=outcome.code,
                day=run.business_date,
                next_date=run.next_date,
            )
            if note_try(session, one, now) and outcome.code is not None:
                append_facts(session, _fact(order, now))
    return len(waiting)


def _command(one: Occurrence, order: StandingOrder) -> OwnCommand:
    body = {
        "order_id": order.id,
        "customer_id": order.customer_id,
        "from_account_id": order.account_id,
        "to_account_number": order.to_account_number,
        "amount_minor": order.amount_minor,
        "currency": order.currency,
        "description": order.description,
    }
    return OwnCommand(ROUTE, body, one.key)


def _fact(order: StandingOrder, now: Occurrence) -> StandingOrderFailed:
    return StandingOrderFailed(
        order_id=order.id,
        account_id=order.account_id,
        customer_id=order.customer_id,
        due_on=now.due_on.isoformat(),
        amount_minor=order.amount_minor,
        currency=order.currency,
        reason=now.refusal or "",
        final=now.state == "failed",
    )
