"""Statements and what asks for them, as rows."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlmodel import Session

from services.transactions.domain.disclosure import mask_account_number
from services.transactions.domain.statement import StatementRow
from services.transactions.store.day_store import last_sequence_before
from services.transactions.store.ledger_store import ACCOUNTS, ENTRIES, POSTINGS
from services.transactions.store.tables import METADATA
from shared.clock import format_time
from shared.store.statements import insert_new

REQUESTS = METADATA.tables["statement_requests"]
STATEMENTS = METADATA.tables["statements"]
PRINTS = METADATA.tables["statement_prints"]


@dataclass(frozen=True, slots=True)
class StatementRequest:
    """A statement that is asked for; `to_day` is exclusive."""

    id: str
    account_id: str
    kind: str
    from_day: date
    to_day: date
    requested_by: str
    state: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as it was made. Amounts in minor units."""

    id: str
    account_id: str
    kind: str
    number: str
    from_day: date
    to_day: date
    currency: str
    opening_minor: int
    credits_minor: int
    debits_minor: int
    closing_minor: int
    row_count: int
    content: dict[str, Any]
    sha256: str
    created_at: datetime


_REQUEST = [REQUESTS.c[name] for name in StatementRequest.__dataclass_fields__]
_STATEMENT = [STATEMENTS.c[name] for name in Statement.__dataclass_fields__]
_ADD_PRINT = insert_new(PRINTS, ["statement_id", "content", "created_at"])
_ADD = insert_new(REQUESTS, list(StatementRequest.__dataclass_fields__))


def add_request(session: Session, request: StatementRequest) -> bool:
    """Keep a request; False if it is there already."""
    values = {**asdict(request), "from_day": request.from_day.isoformat(), "to_day": request.to_day.isoformat()}
    return _ADD.run(session, [tuple({**values, "created_at": format_time(request.created_at)}.values())]) == 1


def find_request(session: Session, statement_id: str) -> StatementRequest | None:
    """Give a request by its id."""
    found = session.execute(select(*_REQUEST).where(REQUESTS.c.id == statement_id)).first()
    return StatementRequest(*found) if found else None


def add_statement(session: Session, statement: Statement) -> None:
    """Keep a statement that was made; its request is done."""
    session.execute(insert(STATEMENTS), [asdict(statement)])
    session.execute(update(REQUESTS).where(REQUESTS.c.id == statement.id).values(state="ready"))


def find_statement(session: Session, statement_id: str) -> Statement | None:
    """Give a statement by its id."""
    found = session.execute(select(*_STATEMENT).where(STATEMENTS.c.id == statement_id)).first()
    return Statement(*found) if found else None


def add_print(session: Session, statement_id: str, content: bytes, *, at: datetime) -> bool:
    """Keep a statement's PDF; False if it has one already."""
    return _ADD_PRINT.run(session, [(statement_id, content, format_time(at))]) == 1


def find_print(session: Session, statement_id: str) -> bytes | None:
    """Give a statement's PDF, None until it is set."""
    found = session.execute(select(PRINTS.c.content).where(PRINTS.c.statement_id == statement_id)).scalar()
    return None if found is None else bytes(found)


def list_requests(session: Session, account_id: str, *, before: str | None, limit: int) -> list[StatementRequest]:
    """List what was asked for on an account, the newest first."""
    query = select(*_REQUEST).where(REQUESTS.c.account_id == account_id).order_by(REQUESTS.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(REQUESTS.c.id < before)
    return [StatementRequest(*row) for row in session.execute(query)]


def statements_of(session: Session, ids: list[str]) -> dict[str, Statement]:
    """Give statements by id; those that are not made yet are absent."""
    return {row.id: Statement(*row) for row in session.execute(select(*_STATEMENT).where(STATEMENTS.c.id.in_(ids)))}


def number_of(session: Session, request: StatementRequest) -> str:
    """Give a statement's number on its account: a period's is that of its month, in whatever order they are made;
    others count D1, D2, D3."""
    if request.kind == "periodic":
        return f"{request.from_day.year}/{request.from_day.month:02}"
    mine = select(func.count()).select_from(STATEMENTS).where(STATEMENTS.c.account_id == request.account_id)
    count = int(session.execute(mine.where(STATEMENTS.c.kind == request.kind)).scalar() or 0)
    return f"D{count + 1}"


def rows_between(session: Session, account_id: str, *, from_day: date, to_day: date) -> list[StatementRow]:
    """Give an account's postings of these business dates, `to_day` exclusive, in the order they were booked."""
    first, last = last_sequence_before(session, from_day), last_sequence_before(session, to_day)
    query = (
        select(ENTRIES, POSTINGS.c.direction, POSTINGS.c.balance_after_minor)
        .join(ENTRIES, ENTRIES.c.sequence == POSTINGS.c.entry_sequence)
        .where(POSTINGS.c.account_id == account_id)
        .where(POSTINGS.c.entry_sequence > first, POSTINGS.c.entry_sequence <= last)
        .order_by(POSTINGS.c.entry_sequence)
    )
    found = session.execute(query).all()
    others = {one.payee_account_id if one.payer_account_id == account_id else one.payer_account_id for one in found}
    names: dict[str, tuple[str, str]] = {}
    for start in range(0, len(others), 500):
        part = sorted(others)[start : start + 500]
        who = select(ACCOUNTS.c.id, ACCOUNTS.c.holder_name, ACCOUNTS.c.account_number)
        for row in session.execute(who.where(ACCOUNTS.c.id.in_(part), ACCOUNTS.c.kind == "customer")):
            names[row.id] = (row.holder_name, mask_account_number(row.account_number or ""))
    return [_row(one, account_id, names) for one in found]


def _row(one: Any, account_id: str, names: dict[str, tuple[str, str]]) -> StatementRow:
    other = one.payee_account_id if one.payer_account_id == account_id else one.payer_account_id
    name, number = names.get(other, (None, None))
    return StatementRow(
        transaction_id=one.id,
        type=one.type,
        booked_at=format_time(one.booked_at),
        business_date=one.business_date.isoformat(),
        value_date=one.value_date.isoformat(),
        description=one.description,
        counterparty_name=name,
        counterparty_number=number,
        amount_minor=one.amount_minor if one.direction == "credit" else -one.amount_minor,
        balance_after_minor=one.balance_after_minor,
    )
