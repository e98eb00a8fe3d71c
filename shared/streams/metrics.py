"""What dashboards and alerts see of the streams."""

from prometheus_client import Counter, Gauge

OUTBOX_LAG = Gauge("bank_outbox_lag_facts", "Facts committed but not yet relayed.", ["service"])
OUTBOX_AGE = Gauge("bank_outbox_age_seconds", "Age of the oldest fact that is not relayed; 0: none waits.", ["service"])
STREAM_ERRORS = Counter("bank_stream_errors_total", "Failed steps.", ["service", "publisher", "kind"])
STREAM_FACTS = Counter("bank_stream_facts_total", "Facts by what became of them.", ["service", "publisher", "outcome"])
STREAM_BEHIND = Gauge("bank_stream_behind_facts", "Facts of a publisher not yet applied.", ["service", "publisher"])
STREAM_HELD = Gauge("bank_stream_held", "1 while a publisher is held and waits for a person.", ["service", "publisher"])
STREAM_SYNCED = Gauge(
    "bank_stream_synced_timestamp_seconds",
    "When a reader last knew that it had applied all that its publisher told.",
    ["service", "publisher"],
)
DEAD_LETTERS = Gauge("bank_dead_letters", "Facts that were set aside and wait for a person.", ["service"])
