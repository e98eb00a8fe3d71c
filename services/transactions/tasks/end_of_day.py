"""The end of a business date: its steps in order, each in pieces, taken up again wherever it was left.

The row in `end_of_days` is the record. Two workers at the same one do no harm: a piece is written only by who finds
the row as it was read, and money is booked under keys.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import structlog

from services.transactions.clients.ledger_lane import AT_ONCE, LedgerLane, OwnCommand
from services.transactions.domain.bank_calendar import BankCalendar
from services.transactions.domain.banking_day import STEPS, step_after
from services.transactions.domain.interest import month_within
from services.transactions.domain.terms import TermsBook
from services.transactions.store.end_of_day_store import (
    ALL_DONE,
    Overtaken,
    Run,
    begin_run,
    find_run,
    move_cursor,
    next_step,
    set_cut,
)
from services.transactions.store.hold_store import due_holds
from services.transactions.store.holiday_store import whole_calendar
from services.transactions.store.ledger_store import last_entry, read_business_date
from services.transactions.store.terms_store import load_terms_book
from services.transactions.tasks.following_jobs import enqueue_followers
from services.transactions.use_cases.accrue_interest import DaysMoves, accrue_interest, read_moves
from services.transactions.use_cases.book_own_postings import book_own_postings
from services.transactions.use_cases.charge_fees import charge_fees
from services.transactions.use_cases.mark_dormancy import mark_dormancy
from services.transactions.use_cases.open_due_orders import open_due_orders
from services.transactions.use_cases.run_due_orders import run_due_orders
from services.transactions.use_cases.settle_interest import settle_interest
from shared.clock import bank_now
from shared.errors import Unavailable
from shared.store.engine import Store

_log = structlog.get_logger("bank.end_of_day")

PIECE = 60
"""Accounts of one transaction: it holds the store's write lock for some milliseconds, and transfers wait no longer."""

BOOKED_AT_ONCE = AT_ONCE
REST_SECONDS = 0.003
"""After a piece the worker lets others have the store: who waits for its lock looks every millisecond."""

MONTHLY = ("post-interest", "charge-fees")
"""Steps that have something to do only when a month ends, and book what they wrote down."""

HOLDS_SECONDS = 10.0


@dataclass(slots=True)
class EndOfDay:
    """What an end of day works with. `at` hears of each piece that is done: tests end the process there."""

    store: Store
    lane: LedgerLane
    calendar: BankCalendar
    dormant_after_days: int = 730
    at: Callable[[str], None] = lambda _step: None
    _book: TermsBook | None = None
    _moves: tuple[date, DaysMoves] | None = None

    def run(self, business_date: date, *, job_id: str) -> Run:
        """Bring the end of a business date to its end, from wherever it is.

        :raises Unavailable: if the writer or the store does not answer; call again
        """
        self._book = None
        with self.store.read() as session:
            run = find_run(session, business_date)
        if run is None:
            run = self._begin(business_date, job_id)
        while run.state != "done":
            try:
                run = self._step(run)
            except Overtaken:
                run = self._read(business_date)
            self.at(run.step)
            if run.cursor not in ("", ALL_DONE):
                time.sleep(REST_SECONDS)
        return run

    def _read(self, business_date: date) -> Run:
        with self.store.read() as session:
            run = find_run(session, business_date)
        if run is None:
            raise Unavailable("The end of day is not there any more.")
        return run

    def _begin(self, business_date: date, job_id: str) -> Run:
        with self.store.write() as session:
            following = whole_calendar(session, self.calendar).next_business_date(business_date)
            return begin_run(
                session,
                business_date=business_date,
                next_date=following,
                job_id=job_id,
                step=STEPS[0],
                at=bank_now(),
            )

    def _step(self, run: Run) -> Run:
        """Do the next piece of the step that the run is at, and give the run as it is then."""
        if run.cursor == ALL_DONE or (run.step in MONTHLY and month_within(run.business_date, run.last_day) is None):
            return self._after(run)
        if run.step == "accrue-interest" and run.cut_sequence is None:
            with self.store.write() as session:
                return set_cut(session, run, last_entry(session)[0])
        piece: dict[str, Callable[[Run], Run]] = {
            "expire-holds": self._expire_holds,
            "run-orders": self._run_orders,
            "accrue-interest": lambda run: accrue_interest(
                self.store, run, book=self._terms(), moves=self._moved(run), limit=PIECE
            ),
            "post-interest": lambda run: settle_interest(self.store, run, book=self._terms(), limit=PIECE),
            "charge-fees": lambda run: charge_fees(self.store, run, book=self._terms(), limit=PIECE),
            "mark-dormancy": lambda run: mark_dormancy(
                self.store, run, after_days=self.dormant_after_days, limit=4 * PIECE
            ),
            "close-date": self._close_date,
        }
        return piece[run.step](run)

    def _after(self, run: Run) -> Run:
        """End a step; what it wrote down to be booked is booked before."""
        if run.step in MONTHLY:
            while book_own_postings(self.store, self.lane, run, limit=BOOKED_AT_ONCE, at=lambda: self._breathe(run)):
                pass
        with self.store.write() as session:
            moved = next_step(session, run, step=step_after(run.step), at=bank_now())
            if moved.state == "done":
                enqueue_followers(session, run)
        if moved.state == "done":
            _log.info("end-of-day.done", business_date=run.business_date.isoformat())
        return moved

    def _breathe(self, run: Run) -> None:
        self.at(run.step)
        time.sleep(REST_SECONDS)

    def _terms(self) -> TermsBook:
        if self._book is None:
            with self.store.read() as session:
                self._book = load_terms_book(session)
        return self._book

    def _moved(self, run: Run) -> DaysMoves:
        if self._moves is None or self._moves[0] != run.business_date:
            with self.store.read() as session:
                self._moves = (run.business_date, read_moves(session, run))
        return self._moves[1]

    def _all_done(self, run: Run, done: int = 0) -> Run:
        with self.store.write() as session:
            return move_cursor(session, run, cursor=ALL_DONE, done=done)

    def _expire_holds(self, run: Run) -> Run:
        """Wait until the writer has ended the holds whose time is over: it does so by itself, every second."""
        deadline = time.monotonic() + HOLDS_SECONDS
        while self._holds_due(bank_now()):
            if time.monotonic() > deadline:
                raise Unavailable("Holds whose time is over are not ended yet.", retry_after_seconds=1)
            time.sleep(0.05)
        return self._after(run)

    def _holds_due(self, moment: datetime) -> bool:
        with self.store.read() as session:
            return bool(due_holds(session, moment, limit=1))

    def _run_orders(self, run: Run) -> Run:
        while open_due_orders(self.store, run, calendar=self.calendar, limit=PIECE):
            self.at(run.step)
        while run_due_orders(self.store, self.lane, run, limit=PIECE):
            self.at(run.step)
        return self._after(run)

    def _close_date(self, run: Run) -> Run:
        """Let the writer open the next business date; one that is open already is left."""
        closing, opening = run.business_date.isoformat(), run.next_date.isoformat()
        with self.store.read() as session:
            day = read_business_date(session)
        if day is None or day <= run.business_date:
            command = OwnCommand(
                "POST /internal/business-date/close", {"closing": closing, "opening": opening}, f"close:{closing}"
            )
            [outcome] = self.lane.book([command])
            if outcome.code is not None:
                raise Unavailable(f"The writer did not close {closing}: {outcome.code}.", retry_after_seconds=1)
        return self._all_done(run, done=1)
