"""Open an account: a small saga between this store and the ledger.

1. write the account as `opening`, with a job that will finish it whatever happens now (`begin_opening`)
2. put its contract into the ledger and note that it is there (`push_contract`): the account is `open`
3. decide the answer under the request's key: 201 if it is open, 202 if the ledger did not answer yet

Who: a customer for themself, staff for a customer. Says: `AccountOpened`, once the ledger holds the contract.
"""

from dataclasses import asdict

from services.accounts.clients.transactions import LedgerClient
from services.accounts.domain.account import AccountStatus
from services.accounts.store.account_queries import account_row, account_view
from services.accounts.store.answer_store import RequestKey, Settled, decide_answer
from services.accounts.use_cases.begin_opening import AccountTerms, begin_opening
from services.accounts.use_cases.push_contract import push_contract
from shared.contracts.caller import Caller
from shared.errors import Fault
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
    push_or_leave_to_worker(store, ledger, account_id=begun)
    with store.write() as session:
        account = account_view(session, account_row(session, begun))
        status = 201 if account.status == AccountStatus.OPEN else 202
        return decide_answer(session, request, status=status, body=asdict(account))


def push_or_leave_to_worker(store: Store, ledger: LedgerClient, *, account_id: str) -> None:
    """Push a contract now; if the ledger is not to be had, the job written with the account does it later."""
    try:
        push_contract(store, ledger, account_id=account_id)
    except Fault:
        return
