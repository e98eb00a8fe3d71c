"""Set checks over a window of the journal: each gives the rows that break its invariant. SQL of any database."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, not_, or_, select
from sqlmodel import Session

from services.transactions.store.floor_check import floors_kept
from services.transactions.store.ledger_queries import FoundEntry, find_entries
from services.transactions.store.ledger_store import ACCOUNTS, ENTRIES, POSTINGS
from shared.store.chains import BadRow


@dataclass(frozen=True, slots=True)
class Window:
    """Entries after a sequence, up to and with another."""

    after: int
    to: int

    def holds(self, sequence: ColumnElement[int]) -> ColumnElement[bool]:
        """Give the condition that a sequence is inside."""
        return and_(sequence > self.after, sequence <= self.to)


JournalCheck = Callable[[Session, Window], list[BadRow]]


def entries_balance(session: Session, window: Window) -> list[BadRow]:
    """Give entries whose debits differ from their credits in a currency."""
    debits = func.sum(case((POSTINGS.c.direction == "debit", POSTINGS.c.amount_minor), else_=0))
    credits_ = func.sum(case((POSTINGS.c.direction == "credit", POSTINGS.c.amount_minor), else_=0))
    uneven = (
        select(POSTINGS.c.entry_sequence, ACCOUNTS.c.currency, debits, credits_)
        .join(ACCOUNTS, ACCOUNTS.c.id == POSTINGS.c.account_id)
        .where(window.holds(POSTINGS.c.entry_sequence))
        .group_by(POSTINGS.c.entry_sequence, ACCOUNTS.c.currency)
        .having(debits != credits_)
        .order_by(POSTINGS.c.entry_sequence)
    )
    return [
        BadRow(
            "postings", f"entry_sequence={sequence}", f"debits and credits differ in {currency}",
            f"credits of {int(debit)}", f"{int(credit)}",
        )
        for sequence, currency, debit, credit in session.execute(uneven)
    ]  # fmt: skip


def entries_have_two_sides(session: Session, window: Window) -> list[BadRow]:
    """Give entries without a debit or a credit, and accounts that stand on both sides of one."""
    sides = func.count(POSTINGS.c.direction.distinct())
    one_sided = (
        select(ENTRIES.c.sequence, sides)
        .outerjoin(POSTINGS, POSTINGS.c.entry_sequence == ENTRIES.c.sequence)
        .where(window.holds(ENTRIES.c.sequence))
        .group_by(ENTRIES.c.sequence)
        .having(sides < 2)
        .order_by(ENTRIES.c.sequence)
    )
    twice = (
        select(POSTINGS.c.entry_sequence, POSTINGS.c.account_id)
        .where(window.holds(POSTINGS.c.entry_sequence))
        .group_by(POSTINGS.c.entry_sequence, POSTINGS.c.account_id)
        .having(sides > 1)
        .order_by(POSTINGS.c.entry_sequence)
    )
    bad = [
        BadRow("journal_entries", f"sequence={sequence}", "the entry lacks a side", "a debit and a credit", f"{count}")
        for sequence, count in session.execute(one_sided)
    ]
    bad += [
        BadRow("postings", f"entry_sequence={sequence}", f"account {account} is debited and credited")
        for sequence, account in session.execute(twice)
    ]
    return bad


def postings_belong(session: Session, window: Window) -> list[BadRow]:
    """Give postings without their entry or their account."""
    lost = (
        select(POSTINGS.c.entry_sequence, POSTINGS.c.leg, ENTRIES.c.id, POSTINGS.c.account_id)
        .outerjoin(ENTRIES, ENTRIES.c.sequence == POSTINGS.c.entry_sequence)
        .outerjoin(ACCOUNTS, ACCOUNTS.c.id == POSTINGS.c.account_id)
        .where(window.holds(POSTINGS.c.entry_sequence), or_(ENTRIES.c.id.is_(None), ACCOUNTS.c.id.is_(None)))
        .order_by(POSTINGS.c.entry_sequence, POSTINGS.c.leg)
    )
    return [
        BadRow("postings", _leg(sequence, leg), "its entry is missing" if entry is None else f"no account {account}")
        for sequence, leg, entry, account in session.execute(lost)
    ]


def balances_run(session: Session, window: Window) -> list[BadRow]:
    """Give postings whose balance is not that of the account's posting before, plus or minus their amount."""
    earlier = POSTINGS.alias("earlier")
    # The range on the sequence is what the index serves: from there it is one step back.
    same_or_later_leg = and_(earlier.c.entry_sequence == POSTINGS.c.entry_sequence, earlier.c.leg >= POSTINGS.c.leg)
    before = (
        select(earlier.c.balance_after_minor)
        .where(earlier.c.account_id == POSTINGS.c.account_id, earlier.c.entry_sequence <= POSTINGS.c.entry_sequence)
        .where(not_(same_or_later_leg))
        .order_by(earlier.c.entry_sequence.desc(), earlier.c.leg.desc())
        .limit(1)
        .scalar_subquery()
    )
    expected = (func.coalesce(before, 0) + signed_amount()).label("expected")
    each = (
        select(POSTINGS.c.entry_sequence, POSTINGS.c.leg, POSTINGS.c.balance_after_minor, expected)
        .join(ACCOUNTS, ACCOUNTS.c.id == POSTINGS.c.account_id)
        .where(window.holds(POSTINGS.c.entry_sequence))
        .subquery()
    )
    wrong = select(each).where(each.c.balance_after_minor != each.c.expected)
    return [
        BadRow("postings", _leg(sequence, leg), "balance_after_minor does not follow", str(wanted), str(found))
        for sequence, leg, found, wanted in session.execute(wrong.order_by(each.c.entry_sequence, each.c.leg))
    ]


def signed_amount() -> ColumnElement[int]:
    """Give a posting's amount in its account's normal direction; the query joins accounts."""
    toward = POSTINGS.c.direction == ACCOUNTS.c.normal
    return case((toward, POSTINGS.c.amount_minor), else_=-POSTINGS.c.amount_minor)


def reversals_mirror(session: Session, window: Window) -> list[BadRow]:
    """Give reversals that do not mirror one earlier entry, and entries that were reversed twice."""
    named = select(ENTRIES.c.id).where(
        window.holds(ENTRIES.c.sequence), or_(ENTRIES.c.reverses.is_not(None), ENTRIES.c.type == "reversal")
    )
    reversals = find_entries(session, list(session.execute(named).scalars()))
    originals = {one.entry.id: one for one in find_entries(session, [r.entry.reverses or "" for r in reversals])}
    bad: list[BadRow] = []
    for one in sorted(reversals, key=lambda each: each.sequence):
        problem = _not_mirrored(one, originals.get(one.entry.reverses or ""))
        if problem is not None:
            bad.append(BadRow("journal_entries", f"sequence={one.sequence}", *problem))
    again = (
        select(ENTRIES.c.reverses, func.max(ENTRIES.c.sequence), func.count())
        .where(ENTRIES.c.reverses.in_(list(originals)))
        .group_by(ENTRIES.c.reverses)
        .having(func.count() > 1)
    )
    for original, sequence, count in session.execute(again):
        bad.append(BadRow("journal_entries", f"sequence={sequence}", f"{original} is reversed again", "1", str(count)))
    return bad


def _not_mirrored(reversal: FoundEntry, original: FoundEntry | None) -> tuple[str, str, str] | None:
    entry = reversal.entry
    if entry.type != "reversal":
        return "only a reversal reverses", "type reversal", f"type {entry.type}"
    if original is None:
        return "the entry that it reverses does not exist", "an entry", str(entry.reverses)
    if original.sequence >= reversal.sequence or original.entry.type == "reversal":
        return "what it reverses is later, or a reversal itself", "an earlier booking", f"sequence={original.sequence}"
    mirror = {"debit": "credit", "credit": "debit"}
    wanted = sorted((p.account_id, mirror[p.direction], p.amount_minor) for p in original.entry.postings)
    found: list[Any] = sorted((p.account_id, p.direction, p.amount_minor) for p in entry.postings)
    return None if found == wanted else ("it does not mirror what it reverses", str(wanted), str(found))


def _leg(sequence: int, leg: int) -> str:
    return f"entry_sequence={sequence} leg={leg}"


JOURNAL_CHECKS: dict[str, JournalCheck] = {
    "entries-balance": entries_balance,
    "entries-have-two-sides": entries_have_two_sides,
    "postings-belong": postings_belong,
    "balances-run": balances_run,
    "reversals-mirror": reversals_mirror,
    "floors-kept": lambda session, window: floors_kept(session, window.after, window.to),
}
"""Each invariant that a window of the journal shows."""
