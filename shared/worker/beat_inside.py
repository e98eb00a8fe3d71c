"""The schedule inside the worker, in a thread: `--beat-inside`, for one machine.

Celery's own `-B` forks a process for it, which costs 45 MB and does nothing but look at a clock.

Source: https://docs.celeryq.dev/en/stable/userguide/extending.html (bootsteps and their options).
"""

from typing import Any

from celery import Celery, bootsteps
from celery.beat import EmbeddedService
from click import Option


class BeatInside(bootsteps.StartStopStep):
    """Starts and stops the schedule with the worker."""

    def __init__(self, parent: Any, beat_inside: bool = False, **options: Any) -> None:
        """Take part only if the option was given."""
        super().__init__(parent, **options)
        self.enabled = beat_inside

    def create(self, parent: Any) -> Any:
        """Make the thread; the worker starts it."""
        app: Celery = parent.app
        parent.beat = EmbeddedService(app, thread=True, schedule_filename=app.conf.beat_schedule_filename)
        return parent.beat


def offer_beat_inside(app: Celery) -> None:
    """Give the app's worker command the option."""
    app.user_options["worker"].add(Option(("--beat-inside",), is_flag=True, help="Run the schedule in a thread."))
    app.steps["worker"].add(BeatInside)
