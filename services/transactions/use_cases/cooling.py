"""What goes to a payee who is new to the customer: checked and counted with what is being decided.

Rule: `domain/cooling_off.py`.
"""

from services.transactions.domain.cooling_off import counted_as_new, is_asked
from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.use_cases.deciding import Context, LedgerView, NewPayeeUse


def sent_to_new(
    *, payer: LedgerAccount, payee: LedgerAccount, amount_minor: int, context: Context, view: LedgerView
) -> tuple[NewPayeeUse, ...]:
    """Give what an order counts for what a new payee gets, in minor units; nothing if the payee is not new.

    :raises PayeeCoolingOff: if it would get more than a new one does
    """
    customer_id, day = context.caller.customer_id or "", context.business_date
    if not is_asked(caller=context.caller, payer=payer, payee=payee, rules=context.rules):
        return ()
    counted = counted_as_new(
        amount_minor=amount_minor,
        standing=view.standing(customer_id, payee.id, day),
        currency=payer.currency,
        rules=context.rules,
        at=context.booked_at,
    )
    return (NewPayeeUse(customer_id, payee.id, day, counted),) if counted else ()
