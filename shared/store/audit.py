"""The audit trail: each command leaves one record in its own transaction, chained by hash to the one before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Table, func, select
from sqlmodel import Session

from shared.clock import format_time, now
from shared.contracts.caller import Caller
from shared.observability.context import current_request_id, note_audited
from shared.store.canonical import canonical_json, json_text
from shared.store.outbox import GENESIS, hold_head
from shared.store.plumbing import Plumbing
from shared.store.statements import Prepared, insert_into


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """Who did what to which thing, what changed and why. `before` and `after` are JSON values without secrets."""

    caller: Caller
    command: str
    subject_type: str
    subject_id: str
    before: Any = None
    after: Any = None
    reason: str | None = None
    request_id: str | None = None


@cache
def _newest(audit: Table) -> Prepared:
    newest = select(func.max(audit.c.sequence)).scalar_subquery()
    return Prepared(select(audit.c.sequence, audit.c.hash).where(audit.c.sequence == newest), [])


def last_audit(session: Session, plumbing: Plumbing) -> tuple[int, str]:
    """Give the sequence and hash that the next record continues; the caller holds the head (`hold_head`)."""
    found = _newest(plumbing.audit).read(session)
    return (found[0][0], found[0][1]) if found else (0, GENESIS)


AuditRow = tuple[Any, ...]
AUDIT_COLUMNS = (
    "sequence", "at", "user_id", "service", "session_id", "command", "subject_type", "subject_id",
    "before", "after", "reason", "request_id", "hash",
)  # fmt: skip


def chain_audit(last: tuple[int, str], records: Sequence[AuditRecord], *, at: datetime) -> list[AuditRow]:
    """Number and chain records after the last one; gives rows in the order of `AUDIT_COLUMNS`. Pure."""
    sequence, previous = last
    rows: list[AuditRow] = []
    time = format_time(at)
    for record in records:
        sequence += 1
        caller = record.caller
        row: dict[str, Any] = {
            "sequence": sequence,
            "user_id": caller.user_id,
            "service": caller.service,
            "session_id": caller.session_id,
            "command": record.command,
            "subject_type": record.subject_type,
            "subject_id": record.subject_id,
            "before": record.before,
            "after": record.after,
            "reason": record.reason,
            "request_id": record.request_id,
        }
        previous = audit_hash(previous, row, time)
        before = None if record.before is None else json_text(record.before)
        after = None if record.after is None else json_text(record.after)
        who = (caller.user_id, caller.service, caller.session_id)
        what = (record.command, record.subject_type, record.subject_id, before, after)
        rows.append((sequence, time, *who, *what, record.reason, record.request_id, previous))
    return rows


def audit_hash(previous: str, row: dict[str, Any], time: str) -> str:
    """Give SHA-256 over the previous hash and the canonical record."""
    return sha256(f"{previous}{time}".encode() + canonical_json(row)).hexdigest()


@cache
def _append(audit: Table) -> Prepared:
    return insert_into(audit, AUDIT_COLUMNS)


def write_audit(session: Session, records: Sequence[AuditRecord], *, at: datetime) -> None:
    """Append records to the trail in the current write transaction, chained to the last one."""
    if not records:
        return
    hold_head(session)
    plumbing = session.info["store"].plumbing
    _append(plumbing.audit).run(session, chain_audit(last_audit(session, plumbing), records, at=at))


def record_audit(
    session: Session,
    *,
    caller: Caller,
    command: str,
    subject_type: str,
    subject_id: str,
    before: Any = None,
    after: Any = None,
    reason: str | None = None,
) -> None:
    """Leave one record in the current write transaction."""
    record = AuditRecord(caller, command, subject_type, subject_id, before, after, reason, current_request_id())
    write_audit(session, [record], at=now())
    note_audited()
