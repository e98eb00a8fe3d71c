"""The bank as a whole: what a person on call looks at first."""

from cli.dashboards.board import Board, panel
from cli.dashboards.services import quantile

_E = "$__rate_interval"
_FAULTLESS = f'sum(rate(bank_gateway_requests_total{{status!~"5.."}}[{_E}]))'
_ALL = f"sum(rate(bank_gateway_requests_total[{_E}]))"
BANK = Board(
    "strongroom-bank",
    "Strongroom bank",
    (
        panel(
            "Processes that answer",
            "Of each service; a process that is gone is missing here.",
            ('sum by (service) (up{job="bank"})', "{{service}}"),
            kind="stat",
        ),
        panel(
            "Alerts that fire",
            "What they mean is in docs/runbooks.",
            'count(ALERTS{alertstate="firing"}) or vector(0)',
            kind="stat",
        ),
        panel(
            "Success rate",
            "The share of the gateway's answers that are no faults.",
            f"{_FAULTLESS} / {_ALL}",
            unit="percentunit",
        ),
        panel(
            "Requests",
            "Requests a second at the gateway, by service.",
            (f"sum by (upstream) (rate(bank_gateway_requests_total[{_E}]))", "{{upstream}}"),
            unit="reqps",
        ),
        panel(
            "Latency",
            "At the gateway, over all routes.",
            (quantile(0.5, "bank_gateway_request_seconds_bucket"), "p50"),
            (quantile(0.95, "bank_gateway_request_seconds_bucket"), "p95"),
            unit="s",
        ),
        panel(
            "Commands booked",
            "Commands a second that the ledger booked, by type.",
            (f'sum by (command) (rate(bank_ledger_commands_total{{result="booked"}}[{_E}]))', "{{command}}"),
            unit="ops",
        ),
        panel(
            "Sign-ins",
            "Sign-ins a second by result.",
            (f"sum by (result) (rate(bank_sign_ins_total[{_E}]))", "{{result}}"),
            unit="ops",
        ),
        panel(
            "Invariant violations",
            "Rows of the ledger that contradict each other. Zero, always.",
            "sum(bank_invariant_violations_total)",
            kind="stat",
        ),
        panel(
            "Facts under way",
            "Facts that are not relayed, and facts not yet applied.",
            ("sum(bank_outbox_lag_facts)", "not relayed"),
            ("sum(bank_stream_behind_facts)", "not applied"),
        ),
        panel(
            "Waiting for a person",
            "Dead letters and dead jobs.",
            ("sum(bank_dead_letters)", "facts"),
            ('sum(bank_job_rows{state="dead"})', "jobs"),
            kind="stat",
        ),
        panel(
            "CPU",
            "Cores, by service.",
            (f'sum by (service) (rate(process_cpu_seconds_total{{job="bank"}}[{_E}]))', "{{service}}"),
            unit="percentunit",
        ),
        panel(
            "Memory",
            "Resident memory, by service.",
            ('sum by (service) (process_resident_memory_bytes{job="bank"})', "{{service}}"),
            unit="bytes",
        ),
    ),
)
