"""The job that brings a contract to the ledger for as long as the request that wrote it could not."""

from services.accounts.clients.transactions import LedgerClient
from services.accounts.use_cases.push_contract import push_contract
from shared.store.engine import Store
from shared.store.jobs import Job


def run_push_contract(store: Store, job: Job, *, ledger: LedgerClient) -> None:
    """Push the contract of the job's account; a fault leaves the job to be tried again.

    :raises Unavailable, ContractRefused: if the ledger does not hold it afterwards
    """
    push_contract(store, ledger, account_id=str(job.payload["account_id"]))
