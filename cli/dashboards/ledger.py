"""The ledger: what it booked, in which batches, how quickly, and whether it adds up."""

from cli.dashboards.board import Board, panel
from cli.dashboards.services import quantile

_E = "$__rate_interval"
LEDGER = Board(
    "strongroom-ledger",
    "Strongroom ledger",
    (
        panel(
            "Commands by type",
            "Commands decided a second.",
            (f"sum by (command) (rate(bank_ledger_commands_total[{_E}]))", "{{command}}"),
            unit="ops",
        ),
        panel(
            "Commands by result",
            "Booked, refused by a rule, or replayed by their key.",
            (f"sum by (result) (rate(bank_ledger_commands_total[{_E}]))", "{{result}}"),
            unit="ops",
        ),
        panel(
            "Commands by type and result",
            "All that were decided in the time shown.",
            ("sum by (command, result) (increase(bank_ledger_commands_total[$__range]))", "{{command}} {{result}}"),
            kind="piechart",
        ),
        panel(
            "Batch size",
            "Commands in one commit: the mean, and 95 of a hundred batches are smaller.",
            (f"sum(rate(bank_ledger_batch_size_sum[{_E}])) / sum(rate(bank_ledger_batch_size_count[{_E}]))", "mean"),
            (quantile(0.95, "bank_ledger_batch_size_bucket"), "p95"),
        ),
        panel(
            "Commit time",
            "From the first read of a batch to its durable commit.",
            (quantile(0.5, "bank_ledger_commit_seconds_bucket"), "p50"),
            (quantile(0.99, "bank_ledger_commit_seconds_bucket"), "p99"),
            unit="s",
        ),
        panel("Commits", "Group commits a second.", f"sum(rate(bank_ledger_commit_seconds_count[{_E}]))", unit="ops"),
        panel(
            "Queue depth", "Commands that wait for the writer; at 20,000 it refuses.", "max(bank_ledger_queue_depth)"
        ),
        panel(
            "Latency of money commands",
            "At the gateway, over the ledger's own lane.",
            (
                quantile(0.95, 'bank_gateway_request_seconds_bucket{upstream="transactions",method="POST"}', "route"),
                "{{route}} p95",
            ),
            unit="s",
        ),
        panel(
            "Invariant violations",
            "Rows that break each invariant. Zero, always.",
            ("sum by (id) (bank_invariant_violations_total)", "{{id}}"),
        ),
        panel(
            "Since the last check of the invariants",
            "Seconds since a look at all of them ended.",
            "time() - max(bank_invariants_checked_timestamp_seconds > 0)",
            unit="s",
        ),
        panel(
            "Writer's CPU",
            "Cores; it has one thread that books.",
            f'rate(process_cpu_seconds_total{{process="writer"}}[{_E}])',
            unit="percentunit",
        ),
        panel("Writer's memory", "Resident memory.", 'process_resident_memory_bytes{process="writer"}', unit="bytes"),
    ),
)
