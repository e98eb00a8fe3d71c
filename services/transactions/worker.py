"""The Celery door of the ledger: ends business dates and does what comes with them.

One machine: `celery -A services.transactions.worker:app worker --pool=threads -c 2 --beat-inside -Q transactions`.
It books nothing itself: what moves money goes to the writer as commands.
"""

from functools import partial

from celery import Celery

from services.transactions.clients.accounts import AccountsClient
from services.transactions.clients.ledger_lane import WriterLane
from services.transactions.clients.support import SupportClient
from services.transactions.settings import TransactionsSettings
from services.transactions.store.start_checks import open_ledger
from services.transactions.tasks.advance_clock import run_advance_clock
from services.transactions.tasks.end_of_day import EndOfDay
from services.transactions.tasks.execute_approved import run_execute_approved
from services.transactions.tasks.make_statements import MONTH_STATEMENTS, run_make_statement, run_month_statements
from services.transactions.tasks.print_statement import run_print_statement
from services.transactions.tasks.refresh_terms import refresh_terms
from services.transactions.tasks.roll_orders import run_roll_orders
from services.transactions.tasks.summarise_interest import INTEREST_SUMMARIES, run_interest_summaries
from services.transactions.tasks.watch_business_date import END_OF_DAY, run_end_of_day, watch_business_date
from services.transactions.tasks.write_reports import (
    STAFF_REPORTS,
    TICKET_REPORT,
    run_staff_reports,
    run_ticket_report,
)
from services.transactions.use_cases.keep_holiday import ROLL_ORDERS
from services.transactions.use_cases.request_advance import ADVANCE_CLOCK
from services.transactions.use_cases.request_print import PRINT_STATEMENT
from services.transactions.use_cases.request_statement import MAKE_STATEMENT
from services.transactions.use_cases.take_decision import EXECUTE_APPROVED
from shared.clients.http import ServiceClient
from shared.clients.tokens import ServiceTokenSource
from shared.settings import load
from shared.store.engine import Store
from shared.store.jobs import Job
from shared.worker.app import Every, create_worker

LEASE_SECONDS = 5
WATCH_SECONDS = 5.0
TERMS_SECONDS = 60.0
MAX_TRIES = 100_000
"""An end of day is never given up: it goes on when what it waits for is back."""


def create_app(settings: TransactionsSettings) -> Celery:
    """Make the worker; its store is opened when the first job comes."""
    tokens = ServiceTokenSource(settings)
    lane = WriterLane(settings.socket_path, tokens, ServiceClient(settings, "transactions", tokens))
    accounts = AccountsClient(ServiceClient(settings, "accounts", tokens))
    support = SupportClient(ServiceClient(settings, "support", tokens))

    def end_of_day(store: Store) -> EndOfDay:
        return EndOfDay(store, lane, settings.calendar, dormant_after_days=settings.dormant_after_days)

    def end_date(store: Store, job: Job) -> None:
        refresh(store)  # rates that were there before we first listened came as no fact
        run_end_of_day(store, job, end_of_day=end_of_day(store))

    def advance(store: Store, job: Job) -> None:
        refresh(store)
        run_advance_clock(store, job, end_of_day=end_of_day(store))

    def watch(store: Store) -> None:
        watch_business_date(store, calendar=settings.calendar)

    def refresh(store: Store) -> None:
        refresh_terms(store, accounts=accounts)

    return create_worker(
        settings,
        store_factory=lambda: open_ledger(settings.store_url),
        handlers={
            END_OF_DAY: end_date,
            ADVANCE_CLOCK: advance,
            EXECUTE_APPROVED: partial(run_execute_approved, lane=lane),
            ROLL_ORDERS: partial(run_roll_orders, calendar=settings.calendar),
            MAKE_STATEMENT: partial(run_make_statement, accounts=accounts),
            PRINT_STATEMENT: run_print_statement,
            MONTH_STATEMENTS: run_month_statements,
            INTEREST_SUMMARIES: run_interest_summaries,
            STAFF_REPORTS: run_staff_reports,
            TICKET_REPORT: partial(run_ticket_report, support=support),
        },
        schedule={
            "watch-business-date": Every(WATCH_SECONDS, watch),
            "refresh-terms": Every(TERMS_SECONDS, refresh),
        },
        lease_seconds=LEASE_SECONDS,
        max_tries=MAX_TRIES,
        purges_answers=False,  # the ledger's keys are written by the writer alone, which purges them itself
    )


app = create_app(load(TransactionsSettings))
