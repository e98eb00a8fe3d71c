"""What an end of day books by itself: written down first, then booked under a key of its own, then noted as booked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, func, select, update
from sqlmodel import Session

from services.transactions.domain.interest import Kind
from services.transactions.store.interest_store import POSITIONS
from services.transactions.store.tables import METADATA
from shared.store.statements import Prepared, insert_new

POSTINGS = METADATA.tables["own_postings"]


@dataclass(frozen=True, slots=True)
class OwnPosting:
    """Interest of a period or a fee, unique by account, period and kind. `opening`, `accrued` and `carry` in `UNIT`s:
    what was carried in, what the period came to with it, and what is carried on."""

    account_id: str
    period: str
    kind: str
    entry_type: str
    direction: str
    amount_minor: int
    currency: str
    description: str
    from_day: date
    booked_on: date
    value_date: date
    opening: int = 0
    accrued: int = 0
    carry: int = 0
    items: int = 1
    state: str = "intended"
    entry_id: str | None = None
    refusal: str | None = None

    @property
    def key(self) -> str:
        """Give the idempotency key under which it is booked: once for ever."""
        return f"{self.entry_type}:{self.account_id}:{self.period}:{self.kind}"


_NAMES = list(OwnPosting.__dataclass_fields__)
_ADD = insert_new(POSTINGS, _NAMES)
_NUMBERS = ("opening", "accrued", "carry")


def add_postings(session: Session, postings: Sequence[OwnPosting]) -> int:
    """Write down what is to be booked; what is there already stays as it was. Gives how many are new."""
    return _ADD.run(session, [tuple(_stored(one, name) for name in _NAMES) for one in postings])


def _stored(posting: OwnPosting, name: str) -> Any:
    value = getattr(posting, name)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if name in _NUMBERS else value


def _posting(row: Any) -> OwnPosting:
    values = {name: getattr(row, name) for name in _NAMES}
    return OwnPosting(**{**values, **{name: int(values[name]) for name in _NUMBERS}})


def intended(session: Session, booked_on: date, *, limit: int) -> list[OwnPosting]:
    """Give what an end of day wrote down and has not booked yet."""
    query = select(POSTINGS).where(POSTINGS.c.state == "intended", POSTINGS.c.booked_on == booked_on)
    order = (POSTINGS.c.entry_type.desc(), POSTINGS.c.account_id, POSTINGS.c.kind)
    return [_posting(row) for row in session.execute(query.order_by(*order).limit(limit))]


_NOTE = Prepared(
    update(POSTINGS)
    .where(
        POSTINGS.c.account_id == bindparam("account"),
        POSTINGS.c.period == bindparam("of_period"),
        POSTINGS.c.kind == bindparam("of_kind"),
        POSTINGS.c.state == bindparam("old_state"),
    )
    .values(state=bindparam("new_state"), entry_id=bindparam("entry"), refusal=bindparam("no")),
    ["new_state", "entry", "no", "account", "of_period", "of_kind", "old_state"],
)


def note_outcomes(session: Session, outcomes: Sequence[tuple[OwnPosting, str | None, str | None]]) -> int:
    """Note for each posting the entry it became, or the code of its refusal; gives how many were still open."""
    return _NOTE.run(
        session,
        [
            ("booked" if entry_id else "refused", entry_id, code, one.account_id, one.period, one.kind, "intended")
            for one, entry_id, code in outcomes
        ],
    )


def give_back(session: Session, posting: OwnPosting, units: int) -> None:
    """Put what could not be posted back to what has accrued, so that the next period tries again."""
    column = POSITIONS.c.credit_accrued if posting.kind == "credit" else POSITIONS.c.debit_accrued
    mine = POSITIONS.c.account_id == posting.account_id
    now = int(session.execute(select(column).where(mine)).scalar_one())
    session.execute(update(POSITIONS).where(mine).values({column.name: str(now + units)}))


def last_postings(session: Session, first_id: str, last_id: str) -> dict[tuple[str, str], OwnPosting]:
    """Give the newest interest of each kind that was booked on each of the accounts between two ids, inclusive."""
    mine = (
        POSTINGS.c.account_id.between(first_id, last_id),
        POSTINGS.c.entry_type == "interest",
        POSTINGS.c.state == "booked",
    )
    newest = (
        select(POSTINGS.c.account_id, POSTINGS.c.kind, func.max(POSTINGS.c.booked_on).label("booked_on"))
        .where(*mine)
        .group_by(POSTINGS.c.account_id, POSTINGS.c.kind)
        .subquery()
    )
    same = [POSTINGS.c[name] == newest.c[name] for name in ("account_id", "kind", "booked_on")]
    found = session.execute(select(POSTINGS).join(newest, and_(*same)).where(*mine))
    return {(row.account_id, row.kind): _posting(row) for row in found}


def last_posting(session: Session, account_id: str, kind: Kind | str) -> OwnPosting | None:
    """Give the newest posting of a kind that was booked on an account."""
    mine = (POSTINGS.c.account_id == account_id, POSTINGS.c.kind == kind, POSTINGS.c.state == "booked")
    query = select(POSTINGS).where(*mine)
    found = session.execute(query.order_by(POSTINGS.c.booked_on.desc()).limit(1)).first()
    return _posting(found) if found else None


def find_posting(session: Session, account_id: str, period: str, kind: str) -> OwnPosting | None:
    """Give one posting by what makes it unique."""
    mine = (POSTINGS.c.account_id == account_id, POSTINGS.c.period == period, POSTINGS.c.kind == kind)
    found = session.execute(select(POSTINGS).where(*mine)).first()
    return _posting(found) if found else None


def list_postings(
    session: Session, account_id: str, *, entry_type: str | None = None, limit: int = 200
) -> list[OwnPosting]:
    """Give what was booked on an account by the ends of days, the newest first."""
    query = select(POSTINGS).where(POSTINGS.c.account_id == account_id)
    if entry_type is not None:
        query = query.where(POSTINGS.c.entry_type == entry_type)
    newest = query.order_by(POSTINGS.c.booked_on.desc(), POSTINGS.c.period.desc(), POSTINGS.c.kind).limit(limit)
    return [_posting(row) for row in session.execute(newest)]


def interest_totals(session: Session, account_id: str) -> dict[str, int]:
    """Give what was credited and charged as interest in all, in minor units, by the direction of the posting."""
    query = (
        select(POSTINGS.c.direction, func.sum(POSTINGS.c.amount_minor))
        .where(POSTINGS.c.account_id == account_id, POSTINGS.c.entry_type == "interest", POSTINGS.c.state == "booked")
        .group_by(POSTINGS.c.direction)
    )
    return {direction: int(amount) for direction, amount in session.execute(query)}
