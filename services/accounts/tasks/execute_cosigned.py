"""The job that has a payment booked which all owners signed, if the request that signed last could not."""

from services.accounts.clients.transactions import LedgerClient
from services.accounts.use_cases.execute_cosigned import execute_cosigned
from shared.store.engine import Store
from shared.store.jobs import Job


def run_execute_cosigned(store: Store, job: Job, *, ledger: LedgerClient) -> None:
    """Execute the job's co-signature; a fault leaves the job to be tried again.

    :raises Unavailable, ContractRefused: if the ledger gives no answer that decides
    """
    execute_cosigned(store, ledger, cosignature_id=str(job.payload["cosignature_id"]))
