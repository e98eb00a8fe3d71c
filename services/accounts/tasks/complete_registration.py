"""The job that ends a registration which its request left unfinished."""

from services.accounts.clients.identity import IdentityClient
from services.accounts.use_cases.begin_opening import AccountTerms
from services.accounts.use_cases.complete_registration import complete_registration
from shared.store.engine import Store
from shared.store.jobs import Job


def run_complete_registration(store: Store, job: Job, *, identity: IdentityClient, verified_at_once: bool) -> None:
    """End the job's attempt to register; a fault leaves the job to be tried again.

    :raises Unavailable: if identity does not answer
    """
    wanted = job.payload.get("account")
    complete_registration(
        store,
        identity,
        customer_id=str(job.payload["customer_id"]),
        attempt=int(job.payload["attempt"]),
        account=AccountTerms(**wanted) if wanted else None,
        verified_at_once=verified_at_once,
    )
