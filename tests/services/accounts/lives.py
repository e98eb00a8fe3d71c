"""Accounts of the tests of an account's life: opened through the real saga, looked at as the store has them."""

import json
from dataclasses import dataclass
from typing import Any

from services.accounts.clients.transactions import LedgerClient
from services.accounts.settings import AccountsSettings
from services.accounts.store.account_queries import account_history, account_row
from services.accounts.store.answer_store import RequestKey, Settled
from services.accounts.store.tables import AccountRow
from services.accounts.use_cases.begin_opening import AccountTerms
from services.accounts.use_cases.open_account import open_account
from services.accounts.use_cases.push_contract import push_contract
from shared.contracts.caller import Caller
from shared.ids import new_id
from shared.store.engine import Store
from shared.store.outbox_queries import events_after
from tests.services.accounts.neighbours import Neighbours, clients_of


@dataclass
class Lives:
    """A store of accounts, the ledger it speaks to, and what both hold."""

    store: Store
    ledger: LedgerClient
    neighbours: Neighbours

    def open(self, owner: Caller, product: str = "current", *, balance: int = 0) -> str:
        """Open an account of a customer that holds so much."""
        request = RequestKey(owner.principal, "POST /api/v1/accounts", new_id(), "f")
        terms = AccountTerms(product)
        opened = open_account(self.store, self.ledger, caller=owner, customer_id=None, terms=terms, request=request)
        account_id = str(json.loads(opened.body)["id"])
        self.neighbours.balances[account_id] = balance
        return account_id

    def row(self, account_id: str) -> AccountRow:
        """Give an account as the store has it."""
        with self.store.read() as session:
            return account_row(session, account_id)

    def statuses(self, account_id: str) -> list[tuple[object, object]]:
        """Give the changes of status that the history tells."""
        with self.store.read() as session:
            edits = account_history(session, account_id, after=None, limit=100)
        return [(edit.old, edit.new) for edit in edits if edit.field == "status"]

    def facts(self) -> list[str]:
        """Give the kinds of the facts told so far, in order."""
        with self.store.read() as session:
            told = events_after(session, 0, 200)
        return [str(event["type"]).split(".")[2] for event in told]

    def work(self, account_id: str) -> None:
        """Do what the worker's job does: with a client of its own, so an open breaker of the request is not its."""
        own = clients_of(self.neighbours, AccountsSettings(environment="sandbox"))[1]
        push_contract(self.store, own, account_id=account_id)


def shown(settled: Settled) -> dict[str, Any]:
    """Give the body of an answer with its status code under `http`."""
    return {**json.loads(settled.body), "http": settled.status}
