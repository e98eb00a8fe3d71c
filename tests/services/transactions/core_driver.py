"""Drives the ledger's pure core batch by batch, with dictionaries where the store would be.

A batch's effects are kept only as far as its view says what it changed, as the writer does.
"""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from services.transactions.domain.chart_of_accounts import cash_account, clearing_account, internal_account
from services.transactions.domain.hold import Hold, expire_hold
from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.use_cases.deciding import BookedEntry, Command, Context, Decision
from services.transactions.writing.view import BatchView
from shared.contracts.caller import Caller
from shared.errors import Refusal
from tests.services.transactions.naive_bank import FLOORS, LIMITS, NAMES
from tests.services.transactions.people import SAM

CASH_ID = cash_account(branch_id="main", currency="EUR").id
FEES_ID = internal_account("fee-income", currency="EUR").id
CLEARING_ID = clearing_account(currency="EUR").id
_START = datetime(2026, 1, 1, tzinfo=UTC)
_SERVICE = Caller.for_service("accounts")
_LOADED_ENTRIES = 40


def contract(name: str, **changed: Any) -> dict[str, Any]:
    """Give the contract of one of the four accounts."""
    floor = FLOORS[name]
    return {
        "version": 1,
        "account_number": f"DE00{name.upper()}",
        "owners": [f"c-{name}"],
        "product": "everyday",
        "currency": "EUR",
        "branch_id": "main",
        "min_balance_minor": max(0, floor),
        "overdraft_limit_minor": max(0, -floor),
        "limits": LIMITS.get(name, {}),
        **changed,
    }


class CoreDriver:
    """The real decisions on the real overlay."""

    def __init__(self) -> None:
        """Open four accounts."""
        self.accounts: dict[str, LedgerAccount] = {}
        self.holds: dict[str, Hold] = {}
        self.entries: dict[str, BookedEntry] = {}
        self.minute = 0
        self.steps = 0
        self._ids = itertools.count()
        for name in NAMES:
            floor = FLOORS[name]
            self.accounts[name] = LedgerAccount(
                id=name,
                kind="customer",
                currency="EUR",
                account_number=f"DE00{name.upper()}",
                min_balance_minor=max(0, floor),
                overdraft_limit_minor=max(0, -floor),
                limits=dict(LIMITS.get(name, {})),
                contract_version=1,
            )
        self.load()

    @property
    def now(self) -> datetime:
        """Give the bank's time."""
        return _START + timedelta(minutes=self.minute)

    def load(self) -> None:
        """Begin a batch: a new view of what is kept."""
        entries = list(self.entries.values())[-_LOADED_ENTRIES:]
        self.view = BatchView([replace(one) for one in self.accounts.values()], list(self.holds.values()), entries)

    def commit(self) -> None:
        """End a batch: keep what its view says that it changed."""
        for account in (*self.view.moved.values(), *self.view.written.values()):
            self.accounts[account.id] = replace(self.view.account(account.id) or account)
        self.holds.update(self.view.written_holds)

    def reversible(self) -> list[str]:
        """List the entries that this batch has loaded."""
        return list(self.entries)[-_LOADED_ENTRIES:]

    def context(self, command: Command, path_ids: dict[str, str]) -> Context:
        """Give what a command comes with; each has ids of its own."""
        caller = _SERVICE if command.name == "put-ledger-account" else SAM
        return Context(caller, self.now, self.now.date(), f"id{next(self._ids)}", path_ids)

    def decide(self, command: Command, order: dict[str, Any], **path_ids: str) -> Decision | None:
        """Decide twice, as a dry run and for good, with the same outcome; take the effect. None: refused."""
        self.steps += 1
        body, context = command.order.model_validate(order), self.context(command, path_ids)
        outcomes: list[Decision | str] = []
        for _ in range(2):
            try:
                outcomes.append(command.decide(body, context, self.view))
            except Refusal as no:
                outcomes.append(no.code)
        dry, real = outcomes
        if isinstance(real, str) or isinstance(dry, str):
            assert dry == real
            return None
        if command.name != "book-batch":  # whose parts get new ids each time
            assert (dry.answer, dry.entry, dry.hold) == (real.answer, real.entry, real.hold)
        self._take_effect(real)
        return real

    def _take_effect(self, decision: Decision) -> None:
        booked = (decision.entry,) if decision.entry is not None else decision.entries
        for entry in booked:
            sides = {
                side: sum(p.amount_minor for p in entry.postings if p.direction == side) for side in ("debit", "credit")
            }
            assert sides["debit"] == sides["credit"] == entry.amount.amount_minor
            self.view.apply_entry(entry)
            for posting in entry.postings:
                account = self.view.account(posting.account_id)
                assert account is not None
                assert account.booked_minor == posting.balance_after_minor
            if entry.reverses is not None:
                self.entries[entry.reverses] = replace(self.entries[entry.reverses], reversed_by=entry.id)
            self.entries[entry.id] = BookedEntry(entry, None)
        if decision.hold is not None:
            self.view.apply_hold(decision.hold)
        if decision.contract is not None:
            self.view.apply_contract(decision.contract)

    def expire(self) -> None:
        """End holds whose time is over, as the writer does between two batches."""
        for hold in list(self.holds.values()):
            over = expire_hold(hold=hold, now=self.now)
            if over is not None:
                self.view.apply_hold(over)

    def booked(self, account_id: str) -> int:
        """Give a balance in minor units, counted in the account's normal direction."""
        account = self.view.account(account_id)
        return account.booked_minor if account else 0

    def held(self, account_id: str) -> int:
        """Give what is set aside, in minor units."""
        account = self.view.account(account_id)
        return account.held_minor if account else 0
