"""The jobs: their rows as each worker counts them, and their tasks as flower sees them."""

from cli.dashboards.board import Board, panel
from cli.dashboards.services import quantile

_E = "$__rate_interval"
CELERY = Board(
    "strongroom-celery",
    "Strongroom Celery",
    (
        panel(
            "Job rows",
            "Jobs that are not done, by state.",
            ("sum by (service, state) (bank_job_rows)", "{{service}} {{state}}"),
        ),
        panel("Jobs due", "Jobs that could run now.", ("max by (service) (bank_jobs_due)", "{{service}}")),
        panel(
            "Dead jobs",
            "They wait for a person.",
            ('sum by (service) (bank_job_rows{state="dead"})', "{{service}}"),
            kind="stat",
        ),
        panel(
            "Runs by result",
            "Runs a second: done, failed (tried again), dead.",
            (f"sum by (service, result) (rate(bank_jobs_total[{_E}]))", "{{service}} {{result}}"),
            unit="ops",
        ),
        panel(
            "Runs by kind",
            "Runs a second, by kind of job.",
            (f"sum by (kind) (rate(bank_jobs_total[{_E}]))", "{{kind}}"),
            unit="ops",
        ),
        panel(
            "Run time",
            "Of a job, by kind.",
            (quantile(0.5, "bank_job_seconds_bucket", "kind"), "{{kind}} p50"),
            (quantile(0.95, "bank_job_seconds_bucket", "kind"), "{{kind}} p95"),
            unit="s",
        ),
        panel(
            "Task events",
            "Events a second that flower saw, by task and type.",
            (f"sum by (task, type) (rate(flower_events_total[{_E}]))", "{{task}} {{type}}"),
            unit="ops",
        ),
        panel(
            "Task run time",
            "By flower: 95 of a hundred runs are quicker.",
            (quantile(0.95, "flower_task_runtime_seconds_bucket", "task"), "{{task}}"),
            unit="s",
        ),
        panel(
            "Workers' CPU",
            "Cores.",
            (f'rate(process_cpu_seconds_total{{process="worker"}}[{_E}])', "{{service}}"),
            unit="percentunit",
        ),
        panel(
            "Workers' memory",
            "Resident memory.",
            ('process_resident_memory_bytes{process="worker"}', "{{service}}"),
            unit="bytes",
        ),
    ),
)
