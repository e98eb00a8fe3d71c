"""Redis, through its exporter."""

from cli.dashboards.board import Board, panel

_E = "$__rate_interval"
REDIS = Board(
    "strongroom-redis",
    "Strongroom Redis",
    (
        panel("Up", "1 while Redis answers its exporter.", "redis_up", kind="stat"),
        panel("Memory", "What Redis uses.", "redis_memory_used_bytes", unit="bytes"),
        panel("Commands", "Commands a second.", f"rate(redis_commands_processed_total[{_E}])", unit="ops"),
        panel(
            "Commands by name",
            "Commands a second: XADD of the relays, XREAD of the readers, the queues of Celery.",
            (f"sum by (cmd) (rate(redis_commands_total[{_E}]))", "{{cmd}}"),
            unit="ops",
        ),
        panel(
            "Clients",
            "Connections, and those that wait for something to read.",
            ("redis_connected_clients", "connected"),
            ("redis_blocked_clients", "waiting"),
        ),
        panel("Keys", "Streams, queues, and what Celery keeps.", ("sum by (db) (redis_db_keys)", "{{db}}")),
        panel(
            "Network",
            "Bytes a second.",
            (f"rate(redis_net_input_bytes_total[{_E}])", "in"),
            (f"rate(redis_net_output_bytes_total[{_E}])", "out"),
            unit="Bps",
        ),
        panel("Uptime", "Since its last start it has kept nothing.", "redis_uptime_in_seconds", unit="s", kind="stat"),
    ),
)
