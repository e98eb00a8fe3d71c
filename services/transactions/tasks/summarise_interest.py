"""The job that summarises a month's interest for every customer, in links of a chain, each told once.

Each link is a job: what it says and the job of the next one are one transaction, so a link that ran twice, or was
killed, neither leaves out a customer nor tells one twice.
"""

from services.transactions.store.interest_queries import interest_by_customer
from services.transactions.use_cases.summarise_interest import summarise_interest
from shared.store.engine import Store
from shared.store.jobs import Job, enqueue_job

INTEREST_SUMMARIES = "interest-summaries"
_CUSTOMERS = 200


def run_interest_summaries(store: Store, job: Job) -> None:
    """Tell the next customers, and make the job of those after them; when that is there, this link has been told."""
    period, after = str(job.payload["period"]), str(job.payload["after"])
    with store.write() as session:
        customers = interest_by_customer(session, period, after=after, limit=_CUSTOMERS)
        if not customers:
            return
        last = str(customers[-1]["customer_id"])
        following = {"period": period, "after": last}
        if enqueue_job(session, kind=INTEREST_SUMMARIES, unique_key=f"{period}:{last}", payload=following) is not None:
            summarise_interest(session, period=period, customers=customers)
