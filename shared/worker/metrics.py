"""What dashboards and alerts see of the jobs."""

from prometheus_client import Counter, Gauge

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
