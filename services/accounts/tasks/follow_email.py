"""The job that lets a customer's e-mail address follow their login."""

from services.accounts.clients.identity import IdentityClient
from services.accounts.use_cases.follow_email import follow_email
from shared.store.engine import Store
from shared.store.jobs import Job


def run_follow_email(store: Store, job: Job, *, identity: IdentityClient) -> None:
    """Ask identity for the address of now and write it down; a fault leaves the job to be tried again.

    :raises Unavailable: if identity does not answer, or the address is not free yet
    """
    customer_id = str(job.payload["customer_id"])
    email = identity.read_email(customer_id=customer_id)
    if email is not None:
        follow_email(store, customer_id=customer_id, email=email)
