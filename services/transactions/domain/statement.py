"""A statement: what an account held, what came and went, and what it held then. Made once, never changed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from shared.errors import Conflict, Invalid, NotFound


class StatementNotFound(NotFound):
    """There is no such statement, or it is of another person's account: both answer alike."""

    code = "transactions.statement-not-found"
    title = "There is no such statement"
    next_step = "Choose one of the statements that GET /api/v1/statements lists."


class StatementNotReady(Conflict):
    """The statement is asked for and not made yet."""

    code = "transactions.statement-not-ready"
    title = "The statement is being made"
    next_step = "Ask again in some seconds; a notice tells when it is ready."


class BadStatementDays(Invalid):
    """The days are no range, lie in the future, or span more than the bank puts on one statement."""

    code = "transactions.bad-statement-days"
    title = "The statement's days cannot be"
    next_step = "Let from lie before to, to not after tomorrow's business date, and at most 400 days between them."


class StatementDoesNotAddUp(Exception):
    """Opening + credits − debits is not closing: a fault of ours; no statement is made of it."""


MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One posting on the account; `amount_minor` is negative when money left."""

    transaction_id: str
    type: str
    booked_at: str
    business_date: str
    value_date: str
    description: str
    counterparty_name: str | None
    counterparty_number: str | None
    amount_minor: int
    balance_after_minor: int


@dataclass(frozen=True, slots=True)
class StatementSums:
    """What the rows add up to, in minor units."""

    opening_minor: int
    credits_minor: int
    debits_minor: int
    closing_minor: int


def require_range(*, from_day: date, to_day: date, today: date) -> None:
    """Check the days of a statement: `to_day` is exclusive and may be tomorrow at most.

    :raises BadStatementDays: if they are no range that can be
    """
    days = (to_day - from_day).days
    if not 0 < days <= MOST_DAYS or (to_day - today).days > 1:
        raise BadStatementDays(
            f"Today is {today.isoformat()}.", **{"from": from_day.isoformat(), "to": to_day.isoformat()}
        )


def sum_up(rows: Sequence[StatementRow], *, opening_minor: int, closing_minor: int) -> StatementSums:
    """Add the rows up and compare with what the account held at the end.

    :raises StatementDoesNotAddUp: if they do not lead from opening to closing, row by row
    """
    balance = opening_minor
    for row in rows:
        balance += row.amount_minor
        if balance != row.balance_after_minor:
            raise StatementDoesNotAddUp(row.transaction_id)
    if balance != closing_minor:
        raise StatementDoesNotAddUp("closing")
    paid_in = sum(row.amount_minor for row in rows if row.amount_minor > 0)
    paid_out = -sum(row.amount_minor for row in rows if row.amount_minor < 0)
    return StatementSums(opening_minor, paid_in, paid_out, closing_minor)


def itemised(rows: Sequence[StatementRow], entry_type: str) -> list[dict[str, Any]]:
    """Give the rows of a type, as fees or interest, apart."""
    return [asdict(row) for row in rows if row.type == entry_type]
