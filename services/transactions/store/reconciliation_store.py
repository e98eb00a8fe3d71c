"""Writing reconciliations: the API process does it, in short transactions of its own."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert
from sqlmodel import Session

from services.transactions.domain.bank_line import BankLine
from services.transactions.domain.reconciliation import LineMatch
from services.transactions.store.tables import METADATA

RECONCILIATIONS = METADATA.tables["reconciliations"]
LINES = METADATA.tables["reconciliation_lines"]
MATCHES = METADATA.tables["reconciliation_matches"]


def insert_reconciliation(session: Session, row: dict[str, Any], lines: Sequence[BankLine]) -> None:
    """Write a statement with its lines; one file is written once for each account (a constraint refuses more)."""
    session.execute(insert(RECONCILIATIONS), [row])
    session.execute(
        insert(LINES),
        [
            {
                "reconciliation_id": row["id"],
                "line": line.line,
                "direction": line.direction,
                "amount_minor": line.amount_minor,
                "booking_date": line.booking_date,
                "value_date": line.value_date,
                "reference": line.reference,
                "description": line.description,
            }
            for line in lines
        ],
    )


def insert_matches(
    session: Session,
    reconciliation_id: str,
    matches: Sequence[LineMatch],
    *,
    by: str,
    at: datetime,
    reason: str = "",
) -> None:
    """Write matches; a line or a posting that has one already makes the database refuse all of them."""
    rows = [
        {
            "reconciliation_id": reconciliation_id,
            "line": match.line,
            "entry_sequence": match.posting[0],
            "leg": match.posting[1],
            "rule": match.rule,
            "reason": reason,
            "matched_by": by,
            "matched_at": at,
        }
        for match in matches
    ]
    if rows:
        session.execute(insert(MATCHES), rows)


def delete_match(session: Session, reconciliation_id: str, line: int) -> None:
    """Take a match back; what it was stays in the audit trail."""
    session.execute(delete(MATCHES).where(MATCHES.c.reconciliation_id == reconciliation_id, MATCHES.c.line == line))
