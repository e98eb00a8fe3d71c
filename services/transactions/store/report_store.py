"""Reports for staff: what they are made of, in set queries, and the reports that were made."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from services.transactions.domain.staff_report import Report, report_csv
from services.transactions.domain.statement_files import decimal_text
from services.transactions.store.day_store import last_sequence, last_sequence_before
from services.transactions.store.interest_store import POSITIONS
from services.transactions.store.ledger_store import ACCOUNTS, ENTRIES
from services.transactions.store.own_posting_store import POSTINGS as OWN_POSTINGS
from services.transactions.store.tables import METADATA
from shared.clock import format_time
from shared.store.statements import insert_new

REPORTS = METADATA.tables["staff_reports"]


@dataclass(frozen=True, slots=True)
class StaffReport:
    """A report as it was made; `rows` counts them, `content` is CSV."""

    kind: str
    business_date: date
    rows: int
    content: str
    created_at: datetime


_COLUMNS = [REPORTS.c[name] for name in StaffReport.__dataclass_fields__]
_ADD = insert_new(REPORTS, list(StaffReport.__dataclass_fields__))


def add_report(session: Session, report: Report, *, business_date: date, at: datetime) -> bool:
    """Keep a report; False if that of this kind and date was made before."""
    row = (report.kind, business_date.isoformat(), len(report.rows), report_csv(report), format_time(at))
    return _ADD.run(session, [row]) == 1


def find_report(session: Session, kind: str, business_date: date) -> StaffReport | None:
    """Give one report."""
    mine = (REPORTS.c.kind == kind, REPORTS.c.business_date == business_date)
    found = session.execute(select(*_COLUMNS).where(*mine)).first()
    return StaffReport(*found) if found else None


def list_reports(
    session: Session, kinds: Collection[str], *, before: tuple[date, str] | None, limit: int
) -> list[StaffReport]:
    """List the reports of some kinds, the newest date first; without their content."""
    columns = [REPORTS.c[name] for name in ("kind", "business_date", "rows", "created_at")]
    query = select(*columns).where(REPORTS.c.kind.in_(kinds))
    if before is not None:
        day, kind = before
        older = REPORTS.c.business_date < day
        query = query.where(older | ((REPORTS.c.business_date == day) & (REPORTS.c.kind > kind)))
    found = session.execute(query.order_by(REPORTS.c.business_date.desc(), REPORTS.c.kind).limit(limit))
    return [StaffReport(row.kind, row.business_date, row.rows, "", row.created_at) for row in found]


def day_totals(session: Session, business_date: date) -> Report:
    """Add up what was booked on a business date, by type and currency."""
    first, last = last_sequence_before(session, business_date), last_sequence(session, business_date)
    query = (
        select(ENTRIES.c.type, ENTRIES.c.currency, func.count(), func.sum(ENTRIES.c.amount_minor))
        .where(ENTRIES.c.sequence > first, ENTRIES.c.sequence <= last)
        .group_by(ENTRIES.c.type, ENTRIES.c.currency)
        .order_by(ENTRIES.c.type, ENTRIES.c.currency)
    )
    return Report(
        "day-totals",
        [
            {"type": kind, "currency": currency, "entries": int(count), **_amount(amount, currency)}
            for kind, currency, count, amount in session.execute(query)
        ],
    )


def dormant_accounts(session: Session, business_date: date) -> Report:
    """List the accounts that had turned dormant by the end of a business date and sleep still."""
    names = ("product", "branch_id", "currency", "booked_minor")
    query = (
        select(POSITIONS.c.account_id, POSITIONS.c.active_on, POSITIONS.c.dormant_on, *(ACCOUNTS.c[n] for n in names))
        .join(ACCOUNTS, ACCOUNTS.c.id == POSITIONS.c.account_id)
        .where(POSITIONS.c.dormant_on <= business_date, ACCOUNTS.c.status != "closed")
        .order_by(POSITIONS.c.dormant_on, POSITIONS.c.account_id)
    )
    return Report("dormant-accounts", [dict(row._mapping) for row in session.execute(query)])


def interest_of(session: Session, business_date: date) -> Report:
    """Add up the interest that was posted with the end of a business date, by product, period and kind."""
    by = (OWN_POSTINGS.c.period, ACCOUNTS.c.product, OWN_POSTINGS.c.currency, OWN_POSTINGS.c.kind)
    groups = (*by, OWN_POSTINGS.c.direction)
    query = (
        select(*groups, func.count(), func.sum(OWN_POSTINGS.c.amount_minor))
        .join(ACCOUNTS, ACCOUNTS.c.id == OWN_POSTINGS.c.account_id)
        .where(OWN_POSTINGS.c.entry_type == "interest", OWN_POSTINGS.c.state == "booked")
        .where(OWN_POSTINGS.c.booked_on == business_date)
        .group_by(*groups)
        .order_by(*groups)
    )
    return Report("interest", [_interest_row(row) for row in session.execute(query)])


def _interest_row(row: Any) -> dict[str, Any]:
    period, product, currency, kind, direction, count, amount = row
    return {"period": period, "product": product, "currency": currency, "kind": kind, "direction": direction,
            "accounts": int(count), **_amount(amount, currency)}  # fmt: skip


def _amount(amount: Any, currency: str) -> dict[str, Any]:
    return {"amount_minor": int(amount), "amount": decimal_text(int(amount), currency)}
