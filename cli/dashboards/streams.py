"""The facts between services: outbox, relay, readers, dead letters."""

from cli.dashboards.board import Board, panel

_E = "$__rate_interval"
_PAIR = "{{service}} from {{publisher}}"
STREAMS = Board(
    "strongroom-streams",
    "Strongroom streams",
    (
        panel(
            "Outbox lag",
            "Facts that are committed and not yet in Redis.",
            ("max by (service) (bank_outbox_lag_facts)", "{{service}}"),
        ),
        panel(
            "Oldest fact not relayed",
            "Seconds; zero when none waits.",
            ("max by (service) (bank_outbox_age_seconds)", "{{service}}"),
            unit="s",
        ),
        panel(
            "Stream lag",
            "Facts of a publisher that a service has not applied.",
            ("max by (service, publisher) (bank_stream_behind_facts)", _PAIR),
        ),
        panel(
            "Since level with the publisher",
            "Seconds since a reader knew that it had applied everything.",
            ("time() - max by (service, publisher) (bank_stream_synced_timestamp_seconds)", _PAIR),
            unit="s",
        ),
        panel(
            "Facts",
            "Facts a second by what became of them: applied, duplicate (dropped), dead.",
            (f"sum by (outcome) (rate(bank_stream_facts_total[{_E}]))", "{{outcome}}"),
            unit="ops",
        ),
        panel(
            "Facts applied",
            "Facts a second, by reader.",
            (f'sum by (service, publisher) (rate(bank_stream_facts_total{{outcome="applied"}}[{_E}]))', _PAIR),
            unit="ops",
        ),
        panel(
            "Errors",
            "Failed steps a second: of the store, the publisher, Redis.",
            (f"sum by (service, kind) (rate(bank_stream_errors_total[{_E}]))", "{{service}} {{kind}}"),
            unit="ops",
        ),
        panel(
            "Held publishers",
            "1 while a publisher is held and waits for a person.",
            ("max by (service, publisher) (bank_stream_held)", _PAIR),
        ),
        panel(
            "Dead letters",
            "Facts that were set aside and wait for a person.",
            ("max by (service) (bank_dead_letters)", "{{service}}"),
        ),
    ),
)
