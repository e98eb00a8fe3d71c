"""Complete a registration that was cut off between its steps.

Who: the worker, once the request is surely over. If the login came to be, the customer becomes active;
if not, the registration is abandoned until the same person tries again.
"""

from services.accounts.clients.identity import IdentityClient
from services.accounts.domain.customer import CustomerStatus
from services.accounts.store.tables import CustomerRow
from services.accounts.use_cases.abandon_registration import abandon_registration
from services.accounts.use_cases.activate_customer import activate_customer
from services.accounts.use_cases.begin_opening import AccountTerms
from shared.store.engine import Store


def complete_registration(
    store: Store,
    identity: IdentityClient,
    *,
    customer_id: str,
    attempt: int,
    account: AccountTerms | None,
    verified_at_once: bool,
) -> None:
    """End one attempt to register; a newer attempt, or an ended one, is left alone.

    The account they wanted is written as `opening`; its own job brings it to the ledger.

    :raises Unavailable: if identity does not answer
    """
    with store.read() as session:
        row = session.get_one(CustomerRow, customer_id)
        if row.status != CustomerStatus.PENDING or row.version != attempt:
            return
    user_id = identity.find_login(customer_id=customer_id)
    if user_id is None:
        abandon_registration(store, customer_id=customer_id, attempt=attempt)
        return
    activate_customer(
        store,
        customer_id=customer_id,
        attempt=attempt,
        user_id=user_id,
        account=account,
        verified_at_once=verified_at_once,
    )
