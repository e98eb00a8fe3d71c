"""Close the business date that is open and open the next one; its end-of-day balances are kept with it.

Who: the ledger's own end of day. Rule: here: a date that is closed already stays closed. Says: `BusinessDateClosed`.
"""

from services.transactions.domain.business_date import require_next_date
from services.transactions.use_cases.deciding import Command, Context, Decision, LedgerView, Needs
from services.transactions.use_cases.orders import Day, Order
from shared.contracts.transactions import BusinessDateClosed


class CloseDateOrder(Order):
    """Close this business date and open that one."""

    closing: Day
    opening: Day


def needs(order: CloseDateOrder, context: Context) -> Needs:
    """Read no account."""
    return Needs()


def decide(order: CloseDateOrder, context: Context, view: LedgerView) -> Decision:
    """Decide which business date is open from the end of this batch on.

    :raises WrongBusinessDate: if another one is open, or the next one is not later
    """
    require_next_date(open_date=context.business_date, closing=order.closing, opening=order.opening)
    answer = {"business_date": order.opening.isoformat()}
    return Decision(
        status=200,
        answer=answer,
        subject_id=order.closing.isoformat(),
        opens=order.opening,
        facts=(BusinessDateClosed(business_date=order.closing.isoformat(), opened=order.opening.isoformat()),),
        audit_after=answer,
    )


COMMAND = Command(
    name="close-business-date", order=CloseDateOrder, needs=needs, decide=decide, subject_type="business-date"
)
