"""Compare a bank's statement with an internal account, and keep what was found.

Who: officer or supervisor. Rule: `domain/reconciliation.py`. The account's postings stay as they are.
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from services.transactions.domain.bank_line import BankFileTooLong, BankStatement
from services.transactions.domain.chart_of_accounts import clearing_account
from services.transactions.domain.reconciliation import LineMatch, StatementAlreadyReconciled, match_lines
from services.transactions.store.ledger_queries import booked_as_of
from services.transactions.store.reconciliation_queries import find_by_file, moved, open_postings, sequences_of
from services.transactions.store.reconciliation_store import insert_matches, insert_reconciliation
from shared.clock import now
from shared.contracts.caller import Caller
from shared.ids import new_id
from shared.store.audit import record_audit

MAX_POSTINGS = 20_000
"""The most postings of the account in the statement's period (and the window around it) that are compared."""

BACK_VALUED_DAYS = 90
"""How much later a posting may be booked than it counts and still be compared with a line of that day."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """What the caller sent, and what it is to be compared with."""

    statement: BankStatement
    sha256: str
    name: str
    window_days: int

    @property
    def account_id(self) -> str:
        """Give the internal account that mirrors the bank account: clearing of the statement's currency."""
        return clearing_account(currency=self.statement.currency).id

    @property
    def days(self) -> tuple[date, date]:
        """Give the first and the last booking day of the statement."""
        booked = [line.booking_date for line in self.statement.lines]
        return min(booked), max(booked)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found by reading alone; `sequences` are those of the statement's period, the end excluded."""

    sent: SentFile
    matches: tuple[LineMatch, ...]
    sequences: tuple[int, int]
    ledger_closing_minor: int


def compare(session: Session, sent: SentFile) -> Comparison:
    """Match the statement's lines with the account's postings that have none yet. Reads only, for as long as it takes.

    :raises StatementAlreadyReconciled: if this very file was reconciled before
    :raises BankFileTooLong: if the account has more than 20,000 such postings in the period
    """
    _require_new(session, sent)
    first_day, last_day = sent.days
    earliest, until = moved(first_day, -sent.window_days), moved(last_day, sent.window_days)
    # A posting may be booked later and count from a day of the statement: it stands further along the ledger.
    around = sequences_of(session, earliest, moved(until, BACK_VALUED_DAYS))
    postings = open_postings(session, sent.account_id, around, until=until, limit=MAX_POSTINGS + 1)
    if len(postings) > MAX_POSTINGS:
        raise BankFileTooLong(
            f"The account has more than {MAX_POSTINGS} postings in the statement's period.", limit=MAX_POSTINGS
        )
    matches = match_lines(lines=sent.statement.lines, postings=postings, window_days=sent.window_days)
    period = sequences_of(session, first_day, last_day)
    closing = booked_as_of(session, sent.account_id, last_day)
    return Comparison(sent=sent, matches=matches, sequences=period, ledger_closing_minor=closing)


def record(session: Session, comparison: Comparison, *, caller: Caller) -> str:
    """Keep a comparison and give its id.

    :raises StatementAlreadyReconciled: if this very file was reconciled meanwhile
    :raises IntegrityError: if a posting was matched meanwhile: compare again
    """
    sent = comparison.sent
    _require_new(session, sent)
    statement, moment, made = sent.statement, now(), new_id()
    first_day, last_day = sent.days
    row = {
        "id": made,
        "account_id": sent.account_id,
        "currency": statement.currency,
        "file_format": statement.format,
        "file_sha256": sent.sha256,
        "file_name": sent.name,
        "from_day": first_day,
        "to_day": last_day,
        "first_sequence": comparison.sequences[0],
        "end_sequence": comparison.sequences[1],
        "window_days": sent.window_days,
        "line_count": len(statement.lines),
        "skipped": statement.skipped,
        "opening_minor": statement.opening_minor,
        "closing_minor": statement.closing_minor,
        "ledger_closing_minor": comparison.ledger_closing_minor,
        "created_by": caller.user_id or "",
        "created_at": moment,
    }
    insert_reconciliation(session, row, statement.lines)
    insert_matches(session, made, comparison.matches, by=caller.user_id or "", at=moment)
    record_audit(
        session,
        caller=caller,
        command="reconcile-statement",
        subject_type="reconciliation",
        subject_id=made,
        after={
            "account_id": sent.account_id,
            "file_sha256": sent.sha256,
            "lines": len(statement.lines),
            "matched": len(comparison.matches),
        },
    )
    return made


def _require_new(session: Session, sent: SentFile) -> None:
    found = find_by_file(session, sent.account_id, sent.sha256)
    if found is not None:
        raise StatementAlreadyReconciled("This very file is known.", reconciliation_id=found)
