"""Move the sandbox's clock ahead; it never goes back.

Who: the ledger's own job that advances days. Rule: here. Says: `ClockMoved`, which every service keeps.
"""

from typing import Annotated

from pydantic import Field

from services.transactions.use_cases.deciding import Command, Context, Decision, LedgerView, Needs
from services.transactions.use_cases.orders import Order
from shared.contracts.transactions import ClockMoved

FURTHEST_SECONDS = 100 * 366 * 86_400


class ClockOrder(Order):
    """How far the bank's clock shall stand ahead of the machine's."""

    offset_seconds: Annotated[int, Field(ge=0, le=FURTHEST_SECONDS)]


def needs(order: ClockOrder, context: Context) -> Needs:
    """Read no account."""
    return Needs()


def decide(order: ClockOrder, context: Context, view: LedgerView) -> Decision:
    """Decide where the clock stands; one that stands further on already stays there."""
    answer = {"offset_seconds": order.offset_seconds}
    return Decision(
        status=200,
        answer=answer,
        subject_id="bank",
        clock_offset_seconds=order.offset_seconds,
        facts=(ClockMoved(offset_seconds=order.offset_seconds),),
        audit_after=answer,
    )


COMMAND = Command(name="move-clock", order=ClockOrder, needs=needs, decide=decide, subject_type="clock")
