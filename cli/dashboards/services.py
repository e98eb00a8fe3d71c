"""One dashboard per service: its requests, as the predecessor's ten panels and three variables show them, and more."""

from collections.abc import Mapping

from cli.dashboards.board import Board, Panel, Unit, Variable, panel

SERVICES = ("identity", "accounts", "transactions", "support", "notifications")
_OF = '{service="$service",route=~"$route",method=~"$method"'
_FAULTLESS = ',status!~"5.."'
_EVERY = "$__rate_interval"
_AT_THE_GATEWAY = 'bank_gateway_requests_total{upstream="$service",method=~"$method"}'
_CALLS = 'bank_client_requests_total{service="$service"}'


def _requests(more: str = "") -> str:
    return f"rate(bank_http_requests_total{_OF}{more}}}[{_EVERY}])"


def quantile(share: float, histogram: str, by: str = "") -> str:
    """Give the expression of a quantile of a histogram (a selector of its buckets), over all or by a label."""
    grouped = f"le, {by}" if by else "le"
    return f"histogram_quantile({share}, sum by ({grouped}) (rate({histogram}[{_EVERY}])))"


def _latency(share: float, by: str = "") -> str:
    return quantile(share, f"bank_http_request_seconds_bucket{_OF}}}", by)


TEN = (
    panel(
        "Total requests by method",
        "How many requests this service answered in the time shown, by method.",
        (f"sum by (method) (increase(bank_http_requests_total{_OF}}}[$__range]))", "{{method}}"),
        kind="stat",
    ),
    panel(
        "Success rate",
        "The share of requests that did not end in a fault (5xx). A refusal is an answer.",
        f"sum({_requests(_FAULTLESS)}) / sum({_requests()})",
        unit="percentunit",
    ),
    panel("p50", "Half of the requests are quicker.", (_latency(0.5, "route"), "{{route}}"), unit="s"),
    panel("p95", "One request in twenty is slower.", (_latency(0.95, "route"), "{{route}}"), unit="s"),
    panel(
        "Requests by route",
        "Requests a second, by the template of their route.",
        (f"sum by (route) ({_requests()})", "{{route}}"),
        unit="reqps",
    ),
    panel(
        "Latency",
        "50, 95, 99 and 99.9 of a hundred requests are quicker.",
        *((_latency(share), name) for share, name in ((0.5, "p50"), (0.95, "p95"), (0.99, "p99"), (0.999, "p99.9"))),
        unit="s",
    ),
    panel("Responses per second", "All answers of this service.", f"sum({_requests()})", unit="reqps"),
    panel(
        "Responses by status",
        "Answers a second, by HTTP status.",
        (f"sum by (status) ({_requests()})", "{{status}}"),
        unit="reqps",
    ),
    panel(
        "Share per route",
        "Which routes the requests of the time shown went to.",
        (f"sum by (route) (increase(bank_http_requests_total{_OF}}}[$__range]))", "{{route}}"),
        kind="piechart",
    ),
    panel(
        "Process CPU",
        "Cores that each process of this service uses.",
        (f'rate(process_cpu_seconds_total{{service="$service"}}[{_EVERY}])', "{{process}} {{instance}}"),
        unit="percentunit",
    ),
)
"""The ten panels of the predecessor, by its names."""

MORE = (
    panel(
        "Memory",
        "Resident memory of each process of this service.",
        ('process_resident_memory_bytes{service="$service"}', "{{process}} {{instance}}"),
        unit="bytes",
    ),
    panel("In flight", "Requests that are being answered.", 'bank_http_requests_in_flight{service="$service"}'),
    panel(
        "At the gateway",
        "Requests a second for this service at the gateway; commands to the ledger go on as frames, not as requests.",
        (f"sum by (route) (rate({_AT_THE_GATEWAY}[{_EVERY}]))", "{{route}}"),
        unit="reqps",
    ),
    panel(
        "Oldest fact not relayed",
        "Seconds; zero when none waits.",
        'max(bank_outbox_age_seconds{service="$service"})',
        unit="s",
    ),
)


CALLS = panel(
    "Calls to other services",
    "Calls a second, by whom they go to and how they ended.",
    (f"sum by (callee, outcome) (rate({_CALLS}[{_EVERY}]))", "{{callee}} {{outcome}}"),
    unit="reqps",
)


def _rates(title: str, shows: str, counter: str, by: str, unit: Unit = "ops") -> Panel:
    return panel(title, shows, (f"sum by ({by}) (rate({counter}[{_EVERY}]))", f"{{{{{by}}}}}"), unit=unit)


OWN: Mapping[str, tuple[Panel, ...]] = {
    "identity": (_rates("Sign-ins", "Sign-ins a second by result.", "bank_sign_ins_total", "result"),),
    "transactions": (
        _rates("Commands", "Commands a second by type.", "bank_ledger_commands_total", "command"),
        _rates("Results", "Booked, refused, replayed.", "bank_ledger_commands_total", "result"),
    ),
    "notifications": (
        _rates("Mails", "Runs of mail jobs by result.", 'bank_jobs_total{service="$service"}', "result"),
    ),
    "accounts": (_rates("Jobs", "Runs of jobs by kind.", 'bank_jobs_total{service="$service"}', "kind"),),
    "support": (),
}


def service_boards() -> list[Board]:
    """Give the dashboards of the five services."""
    series = 'bank_http_requests_total{service="$service"}'
    several = [
        Variable(name, f"label_values({series}, {name})", "$__all", several=True) for name in ("route", "method")
    ]
    return [
        Board(
            uid=f"strongroom-{service}",
            title=f"Strongroom {service}",
            variables=(Variable("service", "label_values(bank_http_requests_total, service)", service), *several),
            panels=(*TEN, *MORE, *OWN[service], *([CALLS] if service != "identity" else [])),  # it calls for mails only
        )
        for service in SERVICES
    ]
