"""Open an account: a small saga between this store and the ledger.

1. write the account as `opening`, with a job that will finish it whatever happens now (`begin_opening`)
2. put its contract into the ledger and note that it is there (`push_contract`): the account is `open`
3. decide the answer under the request's key: 201 if it is open, 202 if the ledger did not answer yet

Who: a customer for themself, staff for a customer. Says: `AccountOpened`, once the ledger holds the contract.
"""

from services.accounts.clients.transactions import LedgerClient
from services.accounts.store.answer_store import RequestKey, Settled
from services.accounts.use_cases.answer_change import answer_change
from services.accounts.use_cases.begin_opening import AccountTerms, begin_opening
from shared.contracts.caller import Caller
from shared.store.engine import Store


def open_account(
    store: Store,
    ledger: LedgerClient,
    *,
    caller: Caller,
    customer_id: str | None,
    terms: AccountTerms,
    request: RequestKey,
) -> Settled:
    """Open an account and give the answer: 201 open, or 202 while the ledger is not to be had.

    :raises Refusal: as `begin_opening`; nothing is written then
    """
    begun = begin_opening(store, caller=caller, customer_id=customer_id, terms=terms, request=request)
    if isinstance(begun, Settled):
        return begun
    return answer_change(store, ledger, account_id=begun, request=request, done=201)
