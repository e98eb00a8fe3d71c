"""The worker as a process: its health and metrics, and its schedule, a child that lives and dies with it."""

import gc
import os
import signal
import sys
from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import structlog
from celery import signals

from shared.errors import FaultAtStart
from shared.observability.ops import OpsServer
from shared.settings import ServiceSettings
from shared.worker.consuming import ConsumerWatch, end_this_worker

log = structlog.get_logger(__name__)

_PR_SET_PDEATHSIG = 1
_LOOK_SECONDS = 1.0


def watch_worker(settings: ServiceSettings) -> None:
    """Open the worker's port when it starts, ready when it takes jobs; end it when its schedule has died."""
    started, stopping = Event(), Event()
    consumer = ConsumerWatch(settings.redis_url, settings.service)
    inside = Event()

    def init(**_: Any) -> None:
        inside.set()
        _open_port(settings, ready=lambda: started.is_set() and not stopping.is_set())

    def ready(sender: Any = None, **_: Any) -> None:
        if not started.is_set():
            args = (stopping, end_this_worker)
            Thread(target=consumer.watch, args=args, name="consumer-watch", daemon=True).start()
        started.set()
        beat = getattr(getattr(sender, "controller", None), "beat", None)
        if beat is not None:
            Thread(target=_watch_beat, args=(beat, stopping), name="beat-watch", daemon=True).start()

    def shutting_down(**_: Any) -> None:
        stopping.set()

    def beat_alone(**_: Any) -> None:
        if not inside.is_set():  # inside a worker the port is the worker's
            _open_port(settings, ready=lambda: True)  # it serves this process: who answers, ticks

    def before_fork(**_: Any) -> None:
        gc.freeze()  # what the children inherit is not looked through again, so they go on sharing its memory

    signals.worker_init.connect(init, weak=False)
    signals.worker_before_create_process.connect(before_fork, weak=False)
    signals.beat_init.connect(beat_alone, weak=False)
    signals.worker_ready.connect(ready, weak=False)
    signals.worker_shutting_down.connect(shutting_down, weak=False)


def _open_port(settings: ServiceSettings, *, ready: Callable[[], bool]) -> None:
    """Answer health and metrics, where a port for them is set."""
    if not settings.worker_ops_port:
        return
    try:
        OpsServer(settings.host, settings.worker_ops_port, ready=ready).start()
    except FaultAtStart as fault:
        sys.stderr.write(f"{fault}\n")
        raise SystemExit(1) from None  # celery logs other exceptions of a signal and goes on


def _watch_beat(beat: Any, stopping: Event) -> None:
    """End the worker when its schedule has died: without the sweeper, jobs that Redis forgot would wait for ever."""
    while not stopping.wait(_LOOK_SECONDS):
        if not beat.is_alive():
            log.error("schedule-died")
            os.kill(os.getpid(), signal.SIGTERM)  # finishes the jobs in hand; the process manager starts it again
            return
