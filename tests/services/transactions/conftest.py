"""A ledger on a temporary store, booked through the real batch without sockets."""

import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from services.transactions.domain.bank_rules import NO_RULES
from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.store.tables import PLUMBING
from services.transactions.use_cases.deciding import Command
from services.transactions.writing.batch import commit_batch
from services.transactions.writing.intake import COMMANDS
from services.transactions.writing.submission import Answer, Submission
from shared.clients.step_up import StepUp
from shared.contracts.caller import Caller
from shared.store.engine import Store
from shared.store.idempotency import fingerprint

ADA = Caller(user_id="u-ada", customer_id="c-ada", roles=frozenset({"customer"}), session_id="s1")
BEN = Caller(user_id="u-ben", customer_id="c-ben", roles=frozenset({"customer"}), session_id="s2")
TESS = Caller(user_id="u-tess", roles=frozenset({"teller"}), branch_id="main", session_id="s3")
OLU = Caller(user_id="u-olu", roles=frozenset({"officer"}), branch_id="main", session_id="s4")
SAM = Caller(user_id="u-sam", roles=frozenset({"supervisor"}), branch_id="main", session_id="s5")
ACCOUNTS = Caller.for_service("accounts")


class LedgerBench:
    """Books commands the way the writer does, one batch at a time."""

    def __init__(self, store: Store) -> None:
        """Begin on an empty ledger."""
        self.store = store
        self.rules = NO_RULES
        self._keys = itertools.count()

    def submission(
        self,
        route: str,
        body: dict[str, Any],
        caller: Caller,
        *,
        key: str | None = None,
        step_up: StepUp | None = None,
        dry_run: bool = False,
        **path_ids: str,
    ) -> Submission:
        """Make a submission as the intake would."""
        command: Command = COMMANDS[route]
        order = command.order.model_validate(body)
        return Submission(
            command=command,
            order=order,
            caller=caller,
            route=route,
            key=key or f"key-{next(self._keys)}",
            fingerprint=fingerprint(order.model_dump(mode="json")),
            path_ids=path_ids,
            request_id="request-1",
            traceparent=None,
            deadline=None,
            answer=lambda _answer: None,
            rules=self.rules,
            step_up=step_up,
            dry_run=dry_run,
        )

    def book(self, *submissions: Submission) -> list[Answer]:
        """Book a batch."""
        return commit_batch(self.store, submissions)

    def one(self, *parts: Any, **more: Any) -> tuple[int, dict[str, Any]]:
        """Book one command; gives status and body."""
        answer = self.book(self.submission(*parts, **more))[0]
        return answer.status, json.loads(answer.body)

    def open(self, name: str, **contract: Any) -> str:
        """Open a customer's account `a-<name>` with a given contract."""
        body = {
            "version": 1,
            "account_number": f"DE00{name.upper()}",
            "owners": [f"c-{name}"],
            "holder_name": name.title(),
            "product": "everyday",
            "currency": "EUR",
            "branch_id": "main",
            "customer_may_deposit": True,
        }
        status, _ = self.one(PUT, {**body, **contract}, ACCOUNTS, account_id=f"a-{name}")
        assert status == 200
        return f"a-{name}"

    def deposit(self, account_id: str, amount_minor: int, currency: str = "EUR") -> None:
        """Pay in at the desk."""
        order = {"account_id": account_id, "amount_minor": amount_minor, "currency": currency}
        status, body = self.one(DEPOSIT, order, TESS)
        assert status == 201, body

    def count(self, table: str) -> int:
        """Count the rows of a table."""
        with self.store.read() as session:
            return int(session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() or 0)

    def reasons(self, command: str) -> list[str | None]:
        """Give the reasons that the audit trail keeps of a command, oldest first."""
        audit = PLUMBING.audit
        with self.store.read() as session:
            found = select(audit.c.reason).where(audit.c.command == command).order_by(audit.c.sequence)
            return list(session.execute(found).scalars())

    def account(self, account_id: str) -> LedgerAccount:
        """Give an account as the store has it."""
        from services.transactions.store.ledger_queries import find_account

        with self.store.read() as session:
            account = find_account(session, account_id)
            assert account is not None
            return account

    def booked(self, account_id: str) -> int:
        """Give an account's booked balance in minor units."""
        return self.account(account_id).booked_minor


TRANSFER = "POST /api/v1/transfers"
DEPOSIT = "POST /api/v1/deposits"
WITHDRAWAL = "POST /api/v1/withdrawals"
FEE = "POST /api/v1/ledger/fees"
INTEREST = "POST /api/v1/ledger/interest"
ADJUSTMENT = "POST /api/v1/ledger/adjustments"
PUT = "PUT /internal/ledger-accounts/{account_id}"


def transfer(payer: str, payee: str, amount_minor: int) -> dict[str, Any]:
    """Make a transfer's body."""
    return {"from_account_id": payer, "to_account_id": payee, "amount_minor": amount_minor, "currency": "EUR"}


@pytest.fixture
def bench(make_store: Callable[[str], Store]) -> LedgerBench:
    """Give an empty ledger."""
    return LedgerBench(make_store("transactions"))
