"""Reading and writing what the ledger knows of payees, a batch at a time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import bindparam, insert, select
from sqlmodel import Session

from services.transactions.domain.cooling_off import PayeeStanding
from services.transactions.store.tables import METADATA
from shared.clock import format_time
from shared.store.statements import OneOf, Prepared, as_list

LISTED = METADATA.tables["listed_payees"]
USAGE = METADATA.tables["new_payee_usage"]

Pair = tuple[str, str]
"""Customer and payee account."""

_LISTED_OF = Prepared(
    select(LISTED.c.customer_id, LISTED.c.account_id, LISTED.c.cooling_until).where(
        OneOf(LISTED.c.customer_id, "customers"), LISTED.c.removed.is_(False)
    ),
    ["customers"],
)
_USAGE_OF = Prepared(
    select(USAGE.c.customer_id, USAGE.c.account_id, USAGE.c.business_date, USAGE.c.used_minor).where(
        OneOf(USAGE.c.customer_id, "customers")
    ),
    ["customers"],
)
_LIST_COLUMNS = ["customer_id", "account_id", "cooling_until", "removed"]
_LIST = Prepared(
    insert(LISTED).values({name: bindparam(name) for name in _LIST_COLUMNS}),
    _LIST_COLUMNS,
    tail=" ON CONFLICT (customer_id, account_id) DO UPDATE"
    " SET cooling_until = excluded.cooling_until, removed = excluded.removed",
)
_USE_COLUMNS = ["customer_id", "account_id", "business_date", "used_minor"]
_USE = Prepared(
    insert(USAGE).values({name: bindparam(name) for name in _USE_COLUMNS}),
    _USE_COLUMNS,
    tail=" ON CONFLICT (customer_id, account_id) DO UPDATE"
    " SET business_date = excluded.business_date, used_minor = excluded.used_minor",
)


@dataclass(frozen=True, slots=True)
class PayeeLists:
    """The lists of some customers, and what new payees got on which business date."""

    listed: Mapping[Pair, datetime | None] = field(default_factory=dict)
    used: Mapping[Pair, tuple[date, int]] = field(default_factory=dict)

    def standing(self, pair: Pair, business_date: date) -> PayeeStanding:
        """Give how a customer knows a payee; what was used on another day counts no more."""
        day, used = self.used.get(pair, (business_date, 0))
        return PayeeStanding(pair in self.listed, self.listed.get(pair), used if day == business_date else 0)


NO_LISTS = PayeeLists()


def load_payee_lists(session: Session, customers: Collection[str]) -> PayeeLists:
    """Give the payees of these customers, and what new ones got."""
    if not customers:
        return NO_LISTS
    asked = as_list(customers)
    return PayeeLists(
        {(row[0], row[1]): row[2] for row in _LISTED_OF.read(session, asked)},
        {(row[0], row[1]): (row[2], row[3]) for row in _USAGE_OF.read(session, asked)},
    )


def write_new_payee_usage(session: Session, used: Mapping[Pair, tuple[date, int]]) -> None:
    """Keep what new payees got."""
    _USE.run(session, [(*pair, day.isoformat(), minor) for pair, (day, minor) in used.items()])


def unlist_all(session: Session) -> None:
    """Mark every listed payee as removed."""
    session.execute(LISTED.update().values(removed=True))


def put_listed_payee(
    session: Session, *, customer_id: str, account_id: str, cooling_until: datetime | None, removed: bool
) -> None:
    """Keep what `accounts` told of a payee; the newest word counts."""
    until = None if cooling_until is None else format_time(cooling_until)
    _LIST.run(session, [(customer_id, account_id, until, removed)])
