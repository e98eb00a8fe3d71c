"""Push the contract of an account to the ledger, and confirm it once the ledger holds it.

Who: the request that changed the account, and the worker for as long as that did not work. If the ledger refuses to
close an account, that is noted and the contract goes there once more, without the closing.
"""

from services.accounts.clients.transactions import ContractRefused, LedgerClient
from services.accounts.domain.account import AccountStatus
from services.accounts.domain.views import AccountView
from services.accounts.store.account_queries import account_row, account_view, contract_of
from services.accounts.use_cases.confirm_contract import confirm_contract
from services.accounts.use_cases.refuse_closing import refuse_closing
from shared.store.engine import Store


def push_contract(store: Store, ledger: LedgerClient, *, account_id: str) -> AccountView:
    """Bring the ledger's copy of a contract up to date and give the account; harmless to repeat.

    :raises AccountNotFound: if there is no such account
    :raises Unavailable, ContractRefused: if the ledger does not hold it afterwards
    """
    with store.read() as session:
        account = account_row(session, account_id)
        if account.pushed_version >= account.contract_version:
            return account_view(session, account)
        contract = contract_of(session, account)
    answer = ledger.put_contract(contract)
    if answer.refused is None:
        return confirm_contract(
            store, account_id=account_id, version=contract.version, paid_out_minor=answer.paid_out_minor
        )
    if contract.status != AccountStatus.CLOSED:
        raise ContractRefused(f"The ledger refused a contract: {answer.refused}.")
    refuse_closing(store, account_id=account_id, version=contract.version, code=answer.refused, numbers=answer.numbers)
    return push_contract(store, ledger, account_id=account_id)
