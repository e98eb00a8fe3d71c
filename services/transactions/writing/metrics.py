"""What the writer counts: bookings by command and result, batch sizes, commit times, queue depth."""

from prometheus_client import Counter, Gauge, Histogram

BOOKED = Counter("bank_ledger_commands_total", "Commands decided", ["command", "result"])
BATCH_SIZE = Histogram(
    "bank_ledger_batch_size", "Commands of one commit", buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
)
COMMIT_SECONDS = Histogram(
    "bank_ledger_commit_seconds",
    "Time of one group commit",
    buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1),
)
QUEUE_DEPTH = Gauge("bank_ledger_queue_depth", "Commands that wait for the writer")
