"""The audit trail: each command leaves one record in its own transaction, chained by hash to the one before."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import Session

from shared.clock import format_time, now
from shared.contracts.caller import Caller
from shared.observability.context import current_request_id
from shared.store.engine import Store
from shared.store.outbox import GENESIS
from shared.store.plumbing import Plumbing


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


def last_audit(session: Session, plumbing: Plumbing) -> tuple[int, str]:
    """Give the sequence and hash that the next record continues."""
    table = plumbing.audit
    found = session.execute(select(table.c.sequence, table.c.hash).order_by(table.c.sequence.desc()).limit(1)).first()
    return (found[0], found[1]) if found else (0, GENESIS)


def chain_audit(last: tuple[int, str], records: Sequence[AuditRecord], *, at: datetime) -> list[dict[str, Any]]:
    """Number and chain records after the last one. Pure."""
    sequence, previous = last
    rows: list[dict[str, Any]] = []
    time = format_time(at)
    for record in records:
        sequence += 1
        row: dict[str, Any] = {
            "sequence": sequence,
            "user_id": record.caller.user_id,
            "service": record.caller.service,
            "session_id": record.caller.session_id,
            "command": record.command,
            "subject_type": record.subject_type,
            "subject_id": record.subject_id,
            "before": record.before,
            "after": record.after,
            "reason": record.reason,
            "request_id": record.request_id,
        }
        previous = audit_hash(previous, row, time)
        rows.append({**row, "at": at, "hash": previous})
    return rows


def audit_hash(previous: str, row: dict[str, Any], time: str) -> str:
    """Give SHA-256 over the previous hash and the canonical record."""
    return sha256((previous + time + json.dumps(row, separators=(",", ":"), sort_keys=True)).encode()).hexdigest()


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
    store: Store = session.info["store"]
    record = AuditRecord(caller, command, subject_type, subject_id, before, after, reason, current_request_id())
    rows = chain_audit(last_audit(session, store.plumbing), [record], at=now())
    session.execute(insert(store.plumbing.audit), rows)
