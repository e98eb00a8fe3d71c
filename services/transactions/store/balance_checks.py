"""Set checks over what accounts and holds say now: each gives the rows that break its invariant. Plain SQL."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlmodel import Session

from services.transactions.store.day_store import END_OF_DAY, last_sequence
from services.transactions.store.hold_store import HOLDS
from services.transactions.store.journal_checks import signed_amount
from services.transactions.store.ledger_store import ACCOUNTS, BUSINESS_DATE, ENTRIES, OWNERS, POSTINGS
from shared.store.chains import BadRow

SHOWN = 1000
"""How many rows one check gives at most; where more are bad, they count as these."""

StateCheck = Callable[[Session], list[BadRow]]


def booked_is_newest_balance(session: Session) -> list[BadRow]:
    """Give accounts whose booked balance is not that of their newest posting."""
    newest = (
        select(POSTINGS.c.balance_after_minor)
        .where(POSTINGS.c.account_id == ACCOUNTS.c.id)
        .order_by(POSTINGS.c.entry_sequence.desc(), POSTINGS.c.leg.desc())
        .limit(1)
        .scalar_subquery()
    )
    return _differing(session, "booked_minor", "is not the balance after the newest posting", newest)


def booked_is_sum_of_postings(session: Session) -> list[BadRow]:
    """Give accounts whose booked balance is not the sum of their postings: reads all postings."""
    sums = (
        select(POSTINGS.c.account_id, func.sum(signed_amount()).label("booked"))
        .join(ACCOUNTS, ACCOUNTS.c.id == POSTINGS.c.account_id)
        .group_by(POSTINGS.c.account_id)
        .subquery()
    )
    wanted = func.coalesce(sums.c.booked, 0)
    wrong = (
        select(ACCOUNTS.c.id, ACCOUNTS.c.booked_minor, wanted)
        .outerjoin(sums, sums.c.account_id == ACCOUNTS.c.id)
        .where(ACCOUNTS.c.booked_minor != wanted)
    )
    return _accounts(session, wrong, "booked_minor is not the sum of its postings")


def _differing(session: Session, column: str, problem: str, wanted: Any) -> list[BadRow]:
    expected = func.coalesce(wanted, 0).label("expected")
    each = select(ACCOUNTS.c.id, ACCOUNTS.c[column], expected).subquery()
    return _accounts(session, select(each).where(each.c[column] != each.c.expected), f"{column} {problem}")


def _accounts(session: Session, wrong: Any, problem: str) -> list[BadRow]:
    rows = sorted(session.execute(wrong.limit(SHOWN)).all())
    return [BadRow("ledger_accounts", f"id={i}", problem, str(int(wanted)), str(found)) for i, found, wanted in rows]


def books_balance(session: Session) -> list[BadRow]:
    """Give currencies in which the debit balances of the bank differ from its credit balances."""
    sides = [
        func.sum(case((ACCOUNTS.c.normal == side, ACCOUNTS.c.booked_minor), else_=0)) for side in ("debit", "credit")
    ]
    uneven = select(ACCOUNTS.c.currency, *sides).group_by(ACCOUNTS.c.currency).having(sides[0] != sides[1])
    return [
        BadRow(
            "ledger_accounts", f"currency={c}", "debit and credit balances differ", str(int(debit)), str(int(credit))
        )
        for c, debit, credit in session.execute(uneven.order_by(ACCOUNTS.c.currency))
    ]


def internal_without_contract(session: Session) -> list[BadRow]:
    """Give the bank's own accounts that have an owner or a contract, and customers' accounts that lack either."""
    owned = ACCOUNTS.c.id.in_(select(OWNERS.c.account_id))  # read once: owners have no index by account
    internal = and_(ACCOUNTS.c.kind != "customer", or_(owned, ACCOUNTS.c.contract_version > 0))
    customer = and_(ACCOUNTS.c.kind == "customer", or_(~owned, ACCOUNTS.c.contract_version < 1))
    wrong = select(ACCOUNTS.c.id, ACCOUNTS.c.kind).where(or_(internal, customer)).order_by(ACCOUNTS.c.id).limit(SHOWN)
    return [
        BadRow(
            "ledger_accounts",
            f"id={account}",
            f"a {kind} account",
            "an owner and a contract" if kind == "customer" else "no owner and no contract",
            "otherwise",
        )
        for account, kind in session.execute(wrong)
    ]


def held_is_open_holds(session: Session) -> list[BadRow]:
    """Give accounts whose held amount is not what is open of their holds."""
    still = HOLDS.c.amount_minor - HOLDS.c.captured_minor - HOLDS.c.released_minor
    open_holds = (
        select(HOLDS.c.account_id, func.sum(still).label("held"))
        .where(HOLDS.c.status == "held")
        .group_by(HOLDS.c.account_id)
        .subquery()
    )
    wanted = func.coalesce(open_holds.c.held, 0)
    wrong = (
        select(ACCOUNTS.c.id, ACCOUNTS.c.held_minor, wanted)
        .outerjoin(open_holds, open_holds.c.account_id == ACCOUNTS.c.id)
        .where(ACCOUNTS.c.held_minor != wanted)
    )
    return _accounts(session, wrong, "held_minor is not what is open of its holds")


def hold_parts_add_up(session: Session) -> list[BadRow]:
    """Give holds of which too much, or for their state too little, was captured and released."""
    done = HOLDS.c.captured_minor + HOLDS.c.released_minor
    still_held = and_(HOLDS.c.status == "held", done >= HOLDS.c.amount_minor)
    ended = and_(HOLDS.c.status != "held", done != HOLDS.c.amount_minor)
    empty = and_(HOLDS.c.status == "captured", HOLDS.c.captured_minor == 0)
    wrong = select(HOLDS.c.id, HOLDS.c.status, HOLDS.c.amount_minor, done).where(or_(still_held, ended, empty))
    return [
        BadRow(
            "holds",
            f"id={i}",
            f"captured and released of a hold that is {status}",
            f"less than {amount}" if status == "held" else str(amount),
            str(found),
        )
        for i, status, amount, found in session.execute(wrong.order_by(HOLDS.c.id).limit(SHOWN))
    ]


def captures_are_entries(session: Session) -> list[BadRow]:
    """Give accounts of whose holds another amount was captured than their capture entries booked."""
    taken = (
        select(HOLDS.c.account_id, func.sum(HOLDS.c.captured_minor).label("amount"))
        .group_by(HOLDS.c.account_id)
        .subquery()
    )
    booked = (
        select(ENTRIES.c.payer_account_id, func.sum(ENTRIES.c.amount_minor).label("amount"))
        .where(ENTRIES.c.type == "capture")
        .group_by(ENTRIES.c.payer_account_id)
        .subquery()
    )
    found, wanted = func.coalesce(taken.c.amount, 0), func.coalesce(booked.c.amount, 0)
    wrong = (
        select(ACCOUNTS.c.id, found, wanted)
        .outerjoin(taken, taken.c.account_id == ACCOUNTS.c.id)
        .outerjoin(booked, booked.c.payer_account_id == ACCOUNTS.c.id)
        .where(found != wanted)
    )
    return _accounts(session, wrong, "what was captured of its holds is not what was booked")


def business_date_is_reached(session: Session) -> list[BadRow]:
    """Give the business date if it is before that of the newest entry."""
    newest = select(ENTRIES.c.business_date).order_by(ENTRIES.c.sequence.desc()).limit(1)
    booked_on = session.execute(newest).scalar()
    today = session.execute(select(BUSINESS_DATE.c.business_date)).scalar()
    if booked_on is None or (today is not None and today >= booked_on):
        return []
    return [BadRow("business_date", "id=1", "is before the newest entry's", f"{booked_on} or later", str(today))]


def no_posting_beyond(session: Session) -> list[BadRow]:
    """Give postings of entries after the newest one: no window of the journal holds them."""
    newest = session.execute(select(func.max(ENTRIES.c.sequence))).scalar() or 0
    beyond = select(POSTINGS.c.entry_sequence, POSTINGS.c.leg).where(POSTINGS.c.entry_sequence > newest)
    return [
        BadRow("postings", f"entry_sequence={sequence} leg={leg}", "its entry is missing")
        for sequence, leg in session.execute(beyond.order_by(POSTINGS.c.entry_sequence).limit(SHOWN))
    ]


def days_ended_right(session: Session) -> list[BadRow]:
    """Give kept end-of-day balances that are not those after the account's last posting up to that business date."""
    bad: list[BadRow] = []
    for day in session.execute(select(END_OF_DAY.c.business_date).distinct().order_by("business_date")).scalars().all():
        newest = (
            select(POSTINGS.c.balance_after_minor)
            .where(POSTINGS.c.account_id == END_OF_DAY.c.account_id)
            .where(POSTINGS.c.entry_sequence <= last_sequence(session, day))
            .order_by(POSTINGS.c.entry_sequence.desc(), POSTINGS.c.leg.desc())
            .limit(1)
            .scalar_subquery()
        )
        expected = func.coalesce(newest, 0).label("expected")
        kept = select(END_OF_DAY.c.account_id, END_OF_DAY.c.booked_minor, expected)
        each = kept.where(END_OF_DAY.c.business_date == day).subquery()
        wrong = select(each).where(each.c.booked_minor != each.c.expected).order_by(each.c.account_id).limit(SHOWN)
        bad += [
            BadRow("end_of_day_balances", f"account_id={i} business_date={day}", "is wrong", str(wanted), str(found))
            for i, found, wanted in session.execute(wrong)
        ]
    return bad


STATE_CHECKS: tuple[tuple[str, StateCheck], ...] = (
    ("booked-is-sum-of-postings", booked_is_newest_balance),
    ("books-balance", books_balance),
    ("internal-without-contract", internal_without_contract),
    ("held-is-open-holds", held_is_open_holds),
    ("business-days-in-order", business_date_is_reached),
    ("postings-belong", no_posting_beyond),
)
"""Cheap enough to be asked again and again: they read accounts and open holds."""

FULL_CHECKS: tuple[tuple[str, StateCheck], ...] = (
    ("booked-is-sum-of-postings", booked_is_sum_of_postings),
    ("days-ended-right", days_ended_right),
    ("hold-parts-add-up", hold_parts_add_up),
    ("captures-are-entries", captures_are_entries),
)
"""Read all postings or all holds: asked at the end of a pass over everything."""
