"""Reference (b): our transfer as it is plainly written: a FastAPI route, one ORM session and one commit per request.

It does what the ledger does (idempotency, owner, balance check, entry with two postings, outbox, audit), durably
(SQLite, WAL, synchronous=FULL) and correctly, and leaves out what would slow it further: no gateway before it, no token
to verify, no hash chains, nobody who reads its outbox. A lock lets one request write at a time, so that none of them
waits in SQLite's busy loop. `python -m tests.benchmark.plain_transfer <folder> <port>` serves it.
"""

import json
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import uvicorn
from fastapi import FastAPI, Header, Response
from pydantic import BaseModel, ConfigDict
from pydantic import Field as Limit
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import registry
from sqlmodel import Field, Session, SQLModel

from cli.child import die_with_parent
from shared.clock import format_time, now
from shared.ids import new_id

REGISTRY = registry()
DATABASE = "plain.db"
PEOPLE = "people.json"


class PlainTable(SQLModel, registry=REGISTRY):
    """The base of the tables."""


class AccountRow(PlainTable, table=True):
    """An account with its balance in minor units."""

    __tablename__ = "account"
    id: str = Field(primary_key=True)
    owner: str
    currency: str
    booked_minor: int


class EntryRow(PlainTable, table=True):
    """A journal entry."""

    __tablename__ = "entry"
    id: str = Field(primary_key=True)
    payer_account_id: str = Field(foreign_key="account.id")
    payee_account_id: str = Field(foreign_key="account.id")
    amount_minor: int
    currency: str
    booked_at: str


class PostingRow(PlainTable, table=True):
    """One leg of an entry."""

    __tablename__ = "posting"
    entry_id: str = Field(primary_key=True, foreign_key="entry.id")
    leg: int = Field(primary_key=True)
    account_id: str = Field(foreign_key="account.id", index=True)
    direction: str
    amount_minor: int
    balance_after_minor: int


class AnswerRow(PlainTable, table=True):
    """The first answer to a key."""

    __tablename__ = "answer"
    user: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    fingerprint: str
    status: int
    body: str


class OutboxRow(PlainTable, table=True):
    """A fact to be told."""

    __tablename__ = "outbox"
    sequence: int | None = Field(default=None, primary_key=True)
    type: str
    envelope: str


class AuditRow(PlainTable, table=True):
    """Who did what."""

    __tablename__ = "audit"
    sequence: int | None = Field(default=None, primary_key=True)
    user: str
    command: str
    subject: str
    at: str


class TransferRequest(BaseModel):
    """A transfer as the bank's API takes it."""

    model_config = ConfigDict(extra="forbid", strict=True)
    from_account_id: str
    to_account_id: str
    amount_minor: Annotated[int, Limit(ge=1, le=10**12)]
    currency: Annotated[str, Limit(pattern="^[A-Z]{3}$")]
    description: str = ""


class PlainLedger:
    """A store and the transfers in it."""

    def __init__(self, path: Path) -> None:
        """Open the store."""
        self.engine = _engine(path)
        self._turn = threading.Lock()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open one session and commit it at the end."""
        with self._turn, Session(self.engine) as session:
            yield session
            session.commit()

    def transfer(self, order: TransferRequest, *, user: str, key: str) -> tuple[int, str]:
        """Book a transfer once and give status and body."""
        fingerprint = sha256(order.model_dump_json().encode()).hexdigest()
        with self.write() as session:
            kept = session.get(AnswerRow, (user, key))
            if kept is not None:
                return (kept.status, kept.body) if kept.fingerprint == fingerprint else (422, '{"status":422}')
            status, body = _decide(session, order, user)
            session.add(AnswerRow(user=user, key=key, fingerprint=fingerprint, status=status, body=body))
            return status, body


def _decide(session: Session, order: TransferRequest, user: str) -> tuple[int, str]:
    payer, payee = session.get(AccountRow, order.from_account_id), session.get(AccountRow, order.to_account_id)
    if payer is None or payee is None or payer.owner != user or payer.id == payee.id:
        return 404, '{"status":404}'
    if order.amount_minor > payer.booked_minor or {payer.currency, payee.currency} != {order.currency}:
        return 409, '{"status":409}'
    payer.booked_minor -= order.amount_minor
    payee.booked_minor += order.amount_minor
    entry = EntryRow(
        id=new_id(),
        payer_account_id=payer.id,
        payee_account_id=payee.id,
        amount_minor=order.amount_minor,
        currency=order.currency,
        booked_at=format_time(now()),
    )
    postings = [
        PostingRow(
            entry_id=entry.id,
            leg=leg,
            account_id=account.id,
            direction=direction,
            amount_minor=order.amount_minor,
            balance_after_minor=account.booked_minor,
        )
        for leg, (account, direction) in enumerate(((payer, "debit"), (payee, "credit")))
    ]
    answer: dict[str, Any] = {
        "id": entry.id,
        "type": "transfer",
        "status": "booked",
        **entry.model_dump(exclude={"id"}),
    }
    answer["postings"] = [posting.model_dump() for posting in postings]
    session.add(entry)
    session.flush()  # the postings' foreign key needs it
    session.add_all(postings)
    session.add(OutboxRow(type="transfer-booked", envelope=entry.model_dump_json()))
    session.add(AuditRow(user=user, command="transfer", subject=entry.id, at=entry.booked_at))
    return 201, json.dumps(answer)


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", module=sqlite, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("busy_timeout=5000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def prepare(folder: Path, *, people: int, accounts: int) -> list[dict[str, Any]]:
    """Make the store with its accounts; give the people as traffic needs them."""
    folder.mkdir(parents=True)
    ledger = PlainLedger(folder / DATABASE)
    REGISTRY.metadata.create_all(ledger.engine)
    owned: list[dict[str, Any]] = [{"token": new_id(), "accounts": []} for _ in range(people)]
    with ledger.write() as session:
        for number in range(accounts):
            person = owned[number % people]
            person["accounts"].append(new_id())
            session.add(
                AccountRow(id=person["accounts"][-1], owner=person["token"], currency="EUR", booked_minor=100_000)
            )
    ledger.engine.dispose()
    return owned


def create_app(folder: Path) -> FastAPI:
    """Give the app: one route."""
    app, ledger = FastAPI(), PlainLedger(folder / DATABASE)

    @app.post("/api/v1/transfers")
    def create_transfer(
        body: TransferRequest, authorization: Annotated[str, Header()], idempotency_key: Annotated[str, Header()]
    ) -> Response:
        status, answer = ledger.transfer(body, user=authorization.removeprefix("Bearer "), key=idempotency_key)
        return Response(answer, status_code=status, media_type="application/json")

    return app


if __name__ == "__main__":
    die_with_parent(signal.SIGTERM)
    uvicorn.run(create_app(Path(sys.argv[1])), host="127.0.0.1", port=int(sys.argv[2]), log_level="warning")
