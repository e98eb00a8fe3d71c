"""The gateway: every request of the bank passes it."""

from cli.dashboards.board import Board, panel
from cli.dashboards.services import quantile

_E = "$__rate_interval"
_RATE = f"rate(bank_gateway_requests_total[{_E}])"
_SECONDS = "bank_gateway_request_seconds_bucket"
_SHARES = ((0.5, "p50"), (0.95, "p95"), (0.99, "p99"), (0.999, "p99.9"))
_LATENCY = [(quantile(share, _SECONDS), name) for share, name in _SHARES]
GATEWAY = Board(
    "strongroom-gateway",
    "Strongroom gateway",
    (
        panel(
            "Total requests by method",
            "In the time shown.",
            ("sum by (method) (increase(bank_gateway_requests_total[$__range]))", "{{method}}"),
            kind="stat",
        ),
        panel(
            "Success rate",
            "The share of answers that are no faults.",
            f'sum(rate(bank_gateway_requests_total{{status!~"5.."}}[{_E}])) / sum({_RATE})',
            unit="percentunit",
        ),
        panel("Latency", "From the first byte of a request to the end of its answer.", *_LATENCY, unit="s"),
        panel(
            "p95 by route",
            "One request in twenty is slower.",
            (quantile(0.95, _SECONDS, "route"), "{{route}}"),
            unit="s",
        ),
        panel("Requests by route", "Requests a second.", (f"sum by (route) ({_RATE})", "{{route}}"), unit="reqps"),
        panel(
            "Requests by upstream", "Requests a second.", (f"sum by (upstream) ({_RATE})", "{{upstream}}"), unit="reqps"
        ),
        panel("Responses by status", "Answers a second.", (f"sum by (status) ({_RATE})", "{{status}}"), unit="reqps"),
        panel("In flight", "Requests that are being answered.", "sum(bank_gateway_requests_in_flight)"),
        panel(
            "Breakers",
            "0 closed, 1 holding (a restart is likely), 2 open.",
            ("max by (upstream) (bank_gateway_breaker_state)", "{{upstream}}"),
        ),
        panel(
            "Process CPU",
            "Cores.",
            (f'rate(process_cpu_seconds_total{{process="gateway"}}[{_E}])', "{{instance}}"),
            unit="percentunit",
        ),
        panel(
            "Memory",
            "Resident memory.",
            ('process_resident_memory_bytes{process="gateway"}', "{{instance}}"),
            unit="bytes",
        ),
    ),
)
