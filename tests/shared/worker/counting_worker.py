"""A worker of the tests: each job writes its number once. Where its store and Redis are comes from the environment."""

import time
from typing import ClassVar

from sqlalchemy import BigInteger, Column, Table, insert, select

from shared.settings import ServiceSettings
from shared.store.engine import Store
from shared.store.jobs import Job
from shared.store.plumbing import add_plumbing
from shared.store.tables import service_registry
from shared.worker.app import Every, create_worker

METADATA = service_registry("counting").metadata
PLUMBING = add_plumbing(METADATA)
EFFECTS = Table("effect", METADATA, Column("number", BigInteger, primary_key=True))
TICKS = Table("tick", METADATA, Column("id", BigInteger, primary_key=True))


class CountingSettings(ServiceSettings):
    """The settings of the tests' service."""

    service: ClassVar[str] = "counting"


def open_store() -> Store:
    """Open the store and make its tables."""
    store = Store(CountingSettings().store_url, service="counting", plumbing=PLUMBING)
    with store.writer.begin() as connection:
        METADATA.create_all(connection)
    return store


def count(store: Store, job: Job) -> None:
    """Write the job's number; a second run changes nothing. A job may ask to fail at first, and to take its time."""
    time.sleep(job.payload.get("seconds", 0))
    if job.attempts <= job.payload.get("failures", 0):
        raise RuntimeError("not yet")
    number = job.payload["number"]
    with store.write() as session:
        if session.execute(select(EFFECTS.c.number).where(EFFECTS.c.number == number)).first() is None:
            session.execute(insert(EFFECTS), [{"number": number}])


def tick(store: Store) -> None:
    """Note that the schedule works."""
    with store.write() as session:
        session.execute(insert(TICKS), [{}])


app = create_worker(
    CountingSettings(),
    store_factory=open_store,
    handlers={"count": count, "count-first": count},
    schedule={"tick": Every(1.0, tick)},
    lease_seconds=5,
    max_tries=3,
    first=frozenset({"count-first"}),
)
