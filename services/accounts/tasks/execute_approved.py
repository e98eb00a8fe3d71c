"""The job that executes what was approved, if the request that approved it could not."""

from services.accounts.clients.transactions import LedgerClient
from services.accounts.use_cases.execute_approved import execute_approved
from services.accounts.use_cases.push_contract import push_contract
from shared.store.engine import Store
from shared.store.jobs import Job


def run_execute_approved(store: Store, job: Job, *, ledger: LedgerClient) -> None:
    """Execute the job's approved command; a fault leaves the job to be tried again.

    :raises Unavailable, ContractRefused: if the ledger must know of it and does not yet
    """
    row = execute_approved(store, approval_id=str(job.payload["approval_id"]))
    if row.subject_type == "account" and row.status == "executed":
        push_contract(store, ledger, account_id=row.subject_id)
