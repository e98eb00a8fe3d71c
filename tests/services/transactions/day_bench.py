"""A ledger whose days are ended as its worker ends them, with the writer's own batch in place of its socket."""

import json
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from services.transactions.clients.ledger_lane import AT_ONCE, Outcome, OwnCommand
from services.transactions.domain.bank_calendar import BankCalendar
from services.transactions.domain.terms import Rate
from services.transactions.store.day_store import move_business_date
from services.transactions.store.end_of_day_store import Run
from services.transactions.store.ledger_store import read_business_date
from services.transactions.store.terms_store import put_rate, put_terms
from services.transactions.tasks.end_of_day import EndOfDay
from services.transactions.use_cases.deciding import Command
from services.transactions.writing.batch import commit_batch
from services.transactions.writing.intake import COMMANDS
from services.transactions.writing.submission import Submission
from shared.contracts.caller import Caller
from shared.store.engine import Store
from shared.store.idempotency import fingerprint
from tests.services.transactions.conftest import LedgerBench

LEDGER = Caller.for_service("transactions")


class BatchLane:
    """Books the ledger's own commands through the writer's batch, without its socket."""

    def __init__(self, store: Store) -> None:
        """Book on this store."""
        self.store = store
        self.batch = AT_ONCE

    def book(self, commands: Sequence[OwnCommand]) -> list[Outcome]:
        """Give the outcome of each command."""
        found: list[Outcome] = []
        for start in range(0, len(commands), self.batch):
            part = [submission_of(one) for one in commands[start : start + self.batch]]
            answers = commit_batch(self.store, part)
            assert all(answer.status not in (500, 503) for answer in answers), answers
            found.extend(Outcome(answer.status, json.loads(answer.body)) for answer in answers)
        return found


def submission_of(one: OwnCommand) -> Submission:
    """Make the submission that the intake would."""
    command: Command = COMMANDS[one.route]
    order = command.order.model_validate(dict(one.body))
    return Submission(
        command=command,
        order=order,
        caller=LEDGER,
        route=one.route,
        key=one.key,
        fingerprint=fingerprint(order.model_dump(mode="json")),
        path_ids=dict(one.path_ids),
        request_id="request-eod",
        traceparent=None,
        deadline=None,
        answer=lambda _answer: None,
    )


class DayBench(LedgerBench):
    """A ledger bench with an end of day."""

    def __init__(self, store: Store, *, calendar: BankCalendar | None = None, dormant_after_days: int = 730) -> None:
        """Begin on an empty ledger."""
        super().__init__(store)
        self.lane = BatchLane(store)
        self.end = EndOfDay(store, self.lane, calendar or BankCalendar(), dormant_after_days=dormant_after_days)

    @property
    def today(self) -> date:
        """Give the business date that is open."""
        with self.store.read() as session:
            day = read_business_date(session)
        assert day is not None
        return day

    def open_books(self, day: date) -> None:
        """Open the books on a day, before anything is booked."""
        with self.store.write() as session:
            move_business_date(session, day)

    def terms(self, product: str = "everyday", since: date = date(2000, 1, 1), version: int = 1, **terms: Any) -> None:
        """Put a version of a product's terms."""
        with self.store.write() as session:
            put_terms(session, product=product, version=version, effective_from=since, terms=terms)

    def rate(
        self,
        basis_points: int,
        *,
        product: str = "everyday",
        side: str = "credit",
        tier: int = 0,
        since: date = date(2000, 1, 1),
    ) -> None:
        """Put an interest rate."""
        assert side in ("credit", "debit")
        name = f"{product}-{side}-{tier}-{since}"
        with self.store.write() as session:
            put_rate(session, Rate(name, product, side, tier, basis_points, since))  # type: ignore[arg-type]

    def end_day(self) -> Run:
        """End the business date that is open."""
        return self.end.run(self.today, job_id="job-1")

    def end_days(self, until: date) -> None:
        """End business dates until one is open."""
        while self.today < until:
            self.end_day()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Give the rows of a query."""
        with self.store.read() as session:
            found = session.connection().exec_driver_sql(query).all()
        return [tuple(value.isoformat() if isinstance(value, date) else value for value in row) for row in found]

    def state_hash(self) -> str:
        """Give a hash over all that must be the same however a day was ended: ids and times of the machine left out."""
        return sha256(json.dumps([self.rows(query) for query in _STATE], default=str).encode()).hexdigest()


_STATE = (
    "SELECT id, booked_minor, held_minor FROM ledger_accounts ORDER BY id",
    "SELECT business_date FROM business_date",
    "SELECT account_id, business_date, booked_minor FROM end_of_day_balances ORDER BY 1, 2",
    "SELECT account_id, accrued_until, credit_accrued, debit_accrued, active_on FROM day_positions ORDER BY 1",
    "SELECT account_id, kind, booked_on, day, balance_minor, accrued, carry FROM interest_accruals ORDER BY 1, 2, 3, 4",
    "SELECT account_id, period, kind, direction, amount_minor, carry, state FROM own_postings ORDER BY 1, 2, 3",
    "SELECT business_date, description, payer_account_id, amount_minor FROM journal_entries ORDER BY 1, 2, 3, 4",
    "SELECT business_date, next_date, state FROM end_of_days ORDER BY 1",
    "SELECT type, count(*) FROM outbox GROUP BY 1 ORDER BY 1",
)
