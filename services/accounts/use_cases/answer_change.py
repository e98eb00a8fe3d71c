"""Answer a change of an account that the ledger must know of: push it now, or leave it to the worker.

Who: the endpoints of an account's life. The last step of each of those sagas.
"""

from dataclasses import asdict

from sqlmodel import Session

from services.accounts.clients.transactions import LedgerClient
from services.accounts.domain.account import AccountStatus
from services.accounts.domain.account_life import AccountNotEmpty, PayoutRefused
from services.accounts.store.account_queries import account_row, account_view
from services.accounts.store.answer_store import RequestKey, Settled, decide_answer, release_key, settled_of
from services.accounts.store.tables import AccountRow
from services.accounts.use_cases.push_contract import push_contract
from shared.errors import Conflict, Fault
from shared.store.engine import Store

_AT_REST = (AccountStatus.OPEN, AccountStatus.DORMANT, AccountStatus.FROZEN, AccountStatus.CLOSED)


def push_or_leave_to_worker(store: Store, ledger: LedgerClient, *, account_id: str) -> None:
    """Push a contract now; if the ledger is not to be had, the job written with the change does it later."""
    try:
        push_contract(store, ledger, account_id=account_id)
    except Fault:
        return


def answer_change(
    store: Store, ledger: LedgerClient, *, account_id: str, request: RequestKey | None, done: int = 200
) -> Settled:
    """Push an account's contract and give the answer: `done` once it is through, 202 while the ledger is away.

    :raises AccountNotEmpty, PayoutRefused: if the account was to be closed and the ledger refused
    """
    push_or_leave_to_worker(store, ledger, account_id=account_id)
    with store.write() as session:
        account = account_row(session, account_id)
        no = _closing_refusal(account)
        if no is None:
            return _answer(session, account, request, done=done)
        if request is not None:
            release_key(session, request)
    raise no


def _answer(session: Session, account: AccountRow, request: RequestKey | None, *, done: int) -> Settled:
    through = account.status in _AT_REST and not account.reopening
    status, body = done if through else 202, asdict(account_view(session, account))
    if request is None:
        return settled_of(status=status, body=body)
    return decide_answer(session, request, status=status, body=body)


def _closing_refusal(account: AccountRow) -> Conflict | None:
    refused = (account.closing or {}).get("refused")
    if refused is None:
        return None
    if refused["code"] == "transactions.account-not-empty":
        return AccountNotEmpty(**refused["numbers"])
    return PayoutRefused(ledger_code=refused["code"], **refused["numbers"])
