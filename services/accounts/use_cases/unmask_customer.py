"""Show staff all of a customer, for a reason. Who: staff who may see the customer. Says: nothing, but it is a look:

the audit trail keeps it with the reason before anything is shown, and the customer reads both among who looked.
"""

from sqlmodel import Session

from services.accounts.domain.views import CustomerView
from services.accounts.store.customer_queries import customer_view, visible_customer
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.witness import VIEW, look_of

UNMASK = "POST /api/v1/customers/{customer_id}/unmask"


def unmask_customer(session: Session, *, caller: Caller, customer_id: str, reason: str) -> CustomerView:
    """Note the look and its reason in the current write transaction, and give the customer as they are.

    :raises CustomerNotFound: if there is none, or not for the caller, alike
    """
    row = visible_customer(session, customer_id, caller=caller)
    record_audit(
        session,
        caller=caller,
        command=VIEW,
        subject_type="customer",
        subject_id=customer_id,
        after=look_of(caller, UNMASK),
        reason=reason,
    )
    return customer_view(session, row)
