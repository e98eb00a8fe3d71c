"""What dashboards and alerts see of the jobs."""

from time import monotonic

from prometheus_client import Counter, Gauge, Histogram

from shared.store.engine import Store
from shared.store.jobs import count_jobs

JOBS = Counter(
    "bank_jobs_total",
    "Runs of jobs, by how they ended: done, failed (tried again) or dead.",
    ["service", "kind", "result"],
)
JOBS_DUE = Gauge(
    "bank_jobs_due",
    "Jobs that wait to be run, as the last sweep saw them.",
    ["service"],
    multiprocess_mode="mostrecent",
)
JOB_SECONDS = Histogram(
    "bank_job_seconds",
    "Seconds that a run of a job took, whatever came of it.",
    ["service", "kind"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
)
JOB_ROWS = Gauge(
    "bank_job_rows",
    "Jobs that are not done, by state: queued, running, or dead (waits for a person).",
    ["service", "state"],
    multiprocess_mode="mostrecent",
)

COUNT_SECONDS = 15.0


class JobCount:
    """Counts the job rows of a store, at most every 15 s."""

    def __init__(self) -> None:
        """Count at the first sweep."""
        self._next = 0.0

    def take(self, store: Store) -> None:
        """Count if it is time to."""
        if monotonic() < self._next:
            return
        self._next = monotonic() + COUNT_SECONDS
        with store.read() as session:
            found = count_jobs(session)
        for state, count in found.items():
            JOB_ROWS.labels(store.service, state).set(count)
