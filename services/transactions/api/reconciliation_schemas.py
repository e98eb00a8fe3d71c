"""What the reconciliation routes take and answer; amounts are integer minor units."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from services.transactions.domain.reconciliation import MatchRule, OpenPosting
from services.transactions.use_cases.orders import Id
from shared.clock import format_time
from shared.web.schemas import StrictModel

Reason = Annotated[str, StringConstraints(min_length=3, max_length=140, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$")]


class MatchRequest(StrictModel):
    """A match by hand: which transaction the line is, and why."""

    transaction_id: Id
    reason: Reason


class UploadIdentity(BaseModel):
    """What makes two uploads the same request."""

    sha256: str
    currency: str
    window_days: int
    file_name: str


class LineMatchAnswer(BaseModel):
    """Which transaction a line is, found by which rule, by whom; `reason` only for matches by hand."""

    transaction_id: str
    rule: MatchRule
    matched_by: str
    matched_at: str
    reason: str | None


class LineAnswer(BaseModel):
    """A line of the bank's statement: `credit` means that money came in there."""

    line: int
    direction: Literal["debit", "credit"]
    amount_minor: int
    currency: str
    booking_date: str
    value_date: str
    reference: str
    description: str
    match: LineMatchAnswer | None


class OpenPostingAnswer(BaseModel):
    """A posting of the reconciled account that no line is matched to; a debit means that money came in."""

    transaction_id: str
    direction: Literal["debit", "credit"]
    amount_minor: int
    currency: str
    business_date: str
    value_date: str
    description: str


class LineList(BaseModel):
    """One page of lines in the order of the file."""

    items: list[LineAnswer]
    next: str | None


class OpenPostingList(BaseModel):
    """One page of unmatched postings, oldest first."""

    items: list[OpenPostingAnswer]
    next: str | None


class ReconciliationSummary(BaseModel):
    """A statement compared with an internal account. Balances are the bank's own, where its file names them;
    `ledger_closing_minor` is what the account held at the end of the statement's last day."""

    id: str
    account_id: str
    account: Literal["clearing"] = "clearing"
    currency: str
    format: str
    file_name: str
    file_sha256: str
    from_date: str
    to_date: str
    window_days: int
    line_count: int
    skipped_count: int
    opening_minor: int | None
    closing_minor: int | None
    ledger_closing_minor: int
    created_by: str
    created_at: str


class ReconciliationAnswer(ReconciliationSummary):
    """The whole result; each list has its first 200 items, the rest is at `/lines` and `/unmatched-postings`."""

    matched_count: int
    unmatched_line_count: int
    unmatched_posting_count: int
    matched: Annotated[list[LineAnswer], Field(max_length=200)]
    unmatched_lines: Annotated[list[LineAnswer], Field(max_length=200)]
    unmatched_postings: Annotated[list[OpenPostingAnswer], Field(max_length=200)]


class ReconciliationList(BaseModel):
    """One page, newest first."""

    items: list[ReconciliationSummary]
    next: str | None


def summary_of(row: Any) -> dict[str, Any]:
    """Give a reconciliation's row as the members of its summary."""
    return {
        "id": row.id,
        "account_id": row.account_id,
        "currency": row.currency,
        "format": row.file_format,
        "file_name": row.file_name,
        "file_sha256": row.file_sha256,
        "from_date": row.from_day.isoformat(),
        "to_date": row.to_day.isoformat(),
        "window_days": row.window_days,
        "line_count": row.line_count,
        "skipped_count": row.skipped,
        "opening_minor": row.opening_minor,
        "closing_minor": row.closing_minor,
        "ledger_closing_minor": row.ledger_closing_minor,
        "created_by": row.created_by,
        "created_at": format_time(row.created_at),
    }


def lines_of(rows: Sequence[Any], currency: str) -> list[LineAnswer]:
    """Give rows of lines with their matches as answers."""
    return [
        LineAnswer(
            line=row.line,
            direction=row.direction,
            amount_minor=row.amount_minor,
            currency=currency,
            booking_date=row.booking_date.isoformat(),
            value_date=row.value_date.isoformat(),
            reference=row.reference,
            description=row.description,
            match=_match(row),
        )
        for row in rows
    ]


def _match(row: Any) -> LineMatchAnswer | None:
    if row.entry_id is None:
        return None
    return LineMatchAnswer(
        transaction_id=row.entry_id,
        rule=row.rule,
        matched_by=row.matched_by,
        matched_at=format_time(row.matched_at),
        reason=row.reason or None,
    )


def postings_of(postings: Sequence[OpenPosting], currency: str) -> list[OpenPostingAnswer]:
    """Give unmatched postings as answers."""
    return [
        OpenPostingAnswer(
            transaction_id=one.entry_id,
            direction=one.direction,
            amount_minor=one.amount_minor,
            currency=currency,
            business_date=one.business_date.isoformat(),
            value_date=one.value_date.isoformat(),
            description=one.description,
        )
        for one in postings
    ]
