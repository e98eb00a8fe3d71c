"""The tables that every service has beside its own: outbox, cursors, dead letters, audit, idempotency, jobs, clock."""

from dataclasses import dataclass

from sqlalchemy import BigInteger, Boolean, Column, Index, MetaData, Table, Text, UniqueConstraint

from shared.store.types import JsonText, UtcDateTime


@dataclass(frozen=True, slots=True)
class Plumbing:
    """The plumbing tables of one service."""

    stream_head: Table
    outbox: Table
    relay_position: Table
    cursors: Table
    dead_letters: Table
    audit: Table
    idempotency: Table
    jobs: Table
    bank_clock: Table


def _required(name: str, kind: type = Text, *, primary_key: bool = False) -> Column[object]:
    return Column(name, kind, nullable=False, primary_key=primary_key, autoincrement=False)


def _publishing(metadata: MetaData) -> tuple[Table, Table, Table]:
    lane = ("lane", BigInteger)
    head = Table(
        "stream_head",
        metadata,
        _required(*lane, primary_key=True),
        _required("epoch", BigInteger),
        _required("parent_sequence", BigInteger),
        _required("sequence", BigInteger),
        _required("hash"),
    )
    outbox = Table(
        "outbox",
        metadata,
        _required(*lane, primary_key=True),
        _required("sequence", BigInteger, primary_key=True),
        _required("epoch", BigInteger),
        _required("type"),
        _required("envelope"),
        _required("created_at", UtcDateTime),
    )
    relay = Table(
        "relay_position",
        metadata,
        _required(*lane, primary_key=True),
        _required("epoch", BigInteger),
        _required("sequence", BigInteger),
    )
    return head, outbox, relay


def _consuming(metadata: MetaData) -> tuple[Table, Table]:
    lane = ("lane", BigInteger)
    cursors = Table(
        "cursors",
        metadata,
        _required("publisher", primary_key=True),
        _required(*lane, primary_key=True),
        _required("epoch", BigInteger),
        _required("sequence", BigInteger),
        _required("hash"),
        _required("held", Boolean),
        _required("updated_at", UtcDateTime),
    )
    dead = Table(
        "dead_letters",
        metadata,
        _required("id", primary_key=True),
        _required("publisher"),
        _required(*lane),
        _required("epoch", BigInteger),
        _required("sequence", BigInteger),
        _required("type"),
        _required("envelope"),
        _required("error"),
        _required("state"),
        _required("created_at", UtcDateTime),
        Column("replayed_at", UtcDateTime),
        UniqueConstraint("publisher", "lane", "epoch", "sequence"),
    )
    return cursors, dead


def _audit(metadata: MetaData) -> Table:
    return Table(
        "audit",
        metadata,
        _required("sequence", BigInteger, primary_key=True),
        _required("at", UtcDateTime),
        Column("user_id", Text),
        Column("service", Text),
        Column("session_id", Text),
        _required("command"),
        _required("subject_type"),
        _required("subject_id"),
        Column("before", JsonText),
        Column("after", JsonText),
        Column("reason", Text),
        Column("request_id", Text),
        _required("hash"),
        Index(None, "subject_type", "subject_id"),
        Index(None, "user_id"),
    )


def _idempotency(metadata: MetaData) -> Table:
    return Table(
        "idempotency",
        metadata,
        _required("principal", primary_key=True),
        _required("route", primary_key=True),
        _required("key", primary_key=True),
        _required("fingerprint"),
        _required("status", BigInteger),
        _required("body"),
        _required("created_at", UtcDateTime),
        Index(None, "created_at"),
    )


def _jobs(metadata: MetaData) -> Table:
    return Table(
        "jobs",
        metadata,
        _required("id", primary_key=True),
        _required("kind"),
        _required("unique_key"),
        _required("payload", JsonText),
        _required("state"),
        _required("attempts", BigInteger),
        _required("run_after", UtcDateTime),
        Column("lease_until", UtcDateTime),
        Column("last_error", Text),
        _required("created_at", UtcDateTime),
        _required("updated_at", UtcDateTime),
        UniqueConstraint("kind", "unique_key"),
        Index(None, "state", "run_after"),
    )


def _bank_clock(metadata: MetaData) -> Table:
    return Table(
        "bank_clock",
        metadata,
        _required("id", BigInteger, primary_key=True),
        _required("offset_seconds", BigInteger),
        _required("updated_at", UtcDateTime),
    )


def add_plumbing(metadata: MetaData) -> Plumbing:
    """Hang the plumbing tables on a service's metadata."""
    head, outbox, relay = _publishing(metadata)
    cursors, dead = _consuming(metadata)
    return Plumbing(
        stream_head=head,
        outbox=outbox,
        relay_position=relay,
        cursors=cursors,
        dead_letters=dead,
        audit=_audit(metadata),
        idempotency=_idempotency(metadata),
        jobs=_jobs(metadata),
        bank_clock=_bank_clock(metadata),
    )
