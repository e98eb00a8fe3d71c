"""The Celery door of identity: purges what is over, and reminds of the rotation of keys.

`celery -A services.identity.worker:app worker --pool=threads -c 2 -B -Q identity`
"""

from celery import Celery

from services.identity.settings import IdentitySettings
from services.identity.store.tables import PLUMBING
from services.identity.tasks.purge import purge
from services.identity.tasks.remind_of_rotation import remind_of_rotation
from shared.clock import now
from shared.settings import load
from shared.store.engine import Store
from shared.store.schema import check_version
from shared.worker.app import Every, create_worker


def create_app(settings: IdentitySettings) -> Celery:
    """Make the worker; its store is opened when the first job comes."""

    def open_store() -> Store:
        store = Store(settings.store_url, service=settings.service, plumbing=PLUMBING)
        check_version(store)
        return store

    def run_purge(store: Store) -> None:
        purge(store, settings)

    def run_reminder(_store: Store) -> None:
        remind_of_rotation(settings, now=now())

    return create_worker(
        settings,
        store_factory=open_store,
        handlers={},
        schedule={
            "purge": Every(settings.purge_seconds, run_purge),
            "key-rotation": Every(settings.remind_seconds, run_reminder),
        },
    )


app = create_app(load(IdentitySettings))
