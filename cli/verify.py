"""Check every store of a bank, running or stopped, and name the first bad row (`strongroom verify`).

Reads only, each store in one read transaction. Checked are: the store's shape, the chain of the audit trail and of the
outbox with its head, every invariant of the ledger with its anchor, and what each consumer holds of each publisher.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from cli.bank_secrets import SERVICES
from cli.data_folder import DataFolder, Refused
from cli.steps import Steps
from services.transactions.store.anchor import AnchorPoint
from services.transactions.store.proof import Proof, size_of
from services.transactions.store.start_checks import anchor_of, refuse_lost_store
from shared.errors import FaultAtStart
from shared.store.chains import AuditWalk, BadRow, OutboxWalk, check_cursor
from shared.store.engine import Store
from shared.store.migrate import open_store
from shared.store.schema import check_shape, newest_version, store_version

PIECE = 2000
"""Rows that are in memory at a time."""

LEDGER = "transactions"
Advance = Callable[[str, int, int], None]


@dataclass
class Finding:
    """What one check of one store found: how many rows are bad, and the first of them."""

    service: str
    check: str
    bad: list[BadRow]
    count: int


@dataclass
class Verification:
    """One run over the stores of a bank."""

    urls: dict[str, str]
    findings: list[Finding] = field(default_factory=list)
    checks: int = 0
    entries: int = 0

    def note(self, service: str, check: str, bad: list[BadRow], count: int | None = None) -> None:
        """Take in what a check gave."""
        self.checks += 1
        if bad:
            self.findings.append(Finding(service, check, bad, count or len(bad)))

    def run(self, advance: Advance) -> None:
        """Check all stores.

        :raises Refused: if a store cannot be read at all
        """
        with opened(self.urls) as stores:
            # Read first: what consumers applied was told before, so what is read of the publisher later must have it.
            held = {name: _cursors(store) for name, store in stores.items()}
            for name, store in stores.items():
                advance(name, 0, 1)
                self._check_store(store, held, advance)
                advance(name, 1, 1)

    def _check_store(self, store: Store, held: dict[str, list[dict[str, Any]]], advance: Advance) -> None:
        name = store.service
        self.note(name, "shape", _shape(store))
        anchor = anchor_of(store) if name == LEDGER else None
        point = anchor.read() if anchor else None  # before the snapshot, which has at least this
        with store.read() as session:
            if name == LEDGER:
                self._prove(session, point, advance)
            else:
                self._walk(name, session)
            for consumer, cursors in held.items():
                mine = [cursor for cursor in cursors if cursor["publisher"] == name]
                if mine:
                    bad = [row for cursor in mine for row in check_cursor(session, consumer, cursor)]
                    self.note(name, f"as-{consumer}-heard-it", bad)

    def _prove(self, session: Session, point: AnchorPoint | None, advance: Advance) -> None:
        total = size_of(session)
        proof = Proof(session)
        while proof.step(session, PIECE):
            advance(f"{LEDGER}: entries", proof.done, max(total, proof.done))
        proof.judge(session, point)
        self.entries = proof.done
        for name, tally in proof.results().items():
            self.note(LEDGER, name, tally.first, tally.count)

    def _walk(self, name: str, session: Session) -> None:
        store: Store = session.info["store"]
        audit, outbox = AuditWalk(store.plumbing), OutboxWalk(store.plumbing)
        bad: list[BadRow] = []
        while (piece := audit.step(session, PIECE)).rows:
            bad += piece.bad
        self.note(name, "audit-chained", bad)
        bad = []
        while (piece := outbox.step(session, PIECE)).rows:
            bad += piece.bad
        self.note(name, "outbox-chained", bad + outbox.check_head(session))


@contextmanager
def opened(urls: dict[str, str]) -> Iterator[dict[str, Store]]:
    """Open the stores at these addresses; none is made where none is.

    :raises Refused: if one is missing, or of another version than this code
    """
    stores: dict[str, Store] = {}
    try:
        for service, url in urls.items():
            stores[service] = _open(service, url)
        yield stores
    except FaultAtStart as fault:
        raise Refused(str(fault)) from None
    finally:
        for store in stores.values():
            store.close()


def _open(service: str, url: str) -> Store:
    path = Path(make_url(url).database or "")
    if make_url(url).get_backend_name() == "sqlite":
        if service == LEDGER:
            refuse_lost_store(path)
        if not path.is_file():
            raise Refused(f"There is no store of {service} at {path}: is this a bank's data folder?")
    store = open_store(service, url)
    try:
        with store.reader.connect() as connection:
            found, wanted = store_version(connection, service), newest_version(service)
    except (DatabaseError, OSError) as wrong:
        store.close()
        raise Refused(f"The store of {service} cannot be read: {type(wrong).__name__}.") from None
    if found != wanted:
        store.close()
        raise Refused(f"The store of {service} is at version {found}, this code reads {wanted}.")
    return store


def _shape(store: Store) -> list[BadRow]:
    """Give what a store lost of its triggers, and of its STRICT tables or collations."""
    try:
        with store.reader.connect() as connection:
            check_shape(connection, store.service)
    except FaultAtStart as fault:
        return [BadRow("sqlite_master" if store.is_sqlite else "pg_trigger", store.service, str(fault))]
    return []


def _cursors(store: Store) -> list[dict[str, Any]]:
    with store.read() as session:
        return [dict(row._mapping) for row in session.execute(select(store.plumbing.cursors))]


def store_urls(folder: DataFolder, given: list[str]) -> dict[str, str]:
    """Give each service's store: as given (`service=url`), as <SERVICE>_DATABASE_URL says, or in the data folder.

    :raises Refused: if what is given names no service
    """
    urls = {
        service: os.environ.get(f"{service.upper()}_DATABASE_URL")
        or f"sqlite:///{folder.path / service / f'{service}.db'}"
        for service in SERVICES
    }
    for one in given:
        service, _, url = one.partition("=")
        if service not in urls or not url:
            raise Refused(f"--url takes <service>=<url>, with one of {', '.join(SERVICES)}.")
        urls[service] = url
    return urls


def verify(urls: dict[str, str], steps: Steps) -> bool:
    """Check the stores and print what was found; False if a row is bad.

    :raises Refused: if a store cannot be read at all
    """
    verification = Verification(urls)
    with steps.progress(f"{len(urls)} stores") as advance:
        verification.run(advance)
    console = steps.console
    console.print(f"  {verification.checks} checks over {verification.entries} entries and all trails and facts.")
    if not verification.findings:
        console.print("  [green]Nothing is wrong.[/]")
        return True
    first = verification.findings[0]
    for finding in verification.findings:
        where = f"{finding.service} {finding.check}"
        console.print(f"  ✗ {where}: {finding.count} bad, first: {finding.bad[0]}", soft_wrap=True, markup=False)
    console.print(f"FIRST BAD ROW: {first.service}.{first.bad[0]}", soft_wrap=True, markup=False)
    return False
