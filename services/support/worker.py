"""The Celery door of the support desk: watches its promises and closes what is settled.

`celery -A services.support.worker:app worker --pool=threads -c 2 --beat-inside -Q support`
"""

from celery import Celery

from services.support.settings import SupportSettings
from services.support.store.tables import PLUMBING
from services.support.tasks.close_resolved import close_resolved
from services.support.tasks.watch_promises import watch_promises
from shared.settings import load
from shared.store.engine import Store
from shared.store.schema import check_version
from shared.worker.app import Every, create_worker

WATCH_SECONDS = 10.0
CLOSE_SECONDS = 300.0


def create_app(settings: SupportSettings) -> Celery:
    """Make the worker; its store is opened when the first job comes."""

    def open_store() -> Store:
        store = Store(settings.store_url, service=settings.service, plumbing=PLUMBING)
        check_version(store)
        return store

    def watch(store: Store) -> None:
        watch_promises(store)

    def close(store: Store) -> None:
        close_resolved(store, after_days=settings.close_resolved_after_days)

    return create_worker(
        settings,
        store_factory=open_store,
        handlers={},
        schedule={"watch-promises": Every(WATCH_SECONDS, watch), "close-resolved": Every(CLOSE_SECONDS, close)},
    )


app = create_app(load(SupportSettings))
