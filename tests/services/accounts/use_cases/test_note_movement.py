"""Noting that money moved."""

import json

from services.accounts.clients.transactions import LedgerClient
from services.accounts.store.account_queries import account_row
from services.accounts.use_cases.begin_opening import AccountTerms
from services.accounts.use_cases.note_movement import note_movement
from services.accounts.use_cases.open_account import open_account
from shared.clock import format_time
from shared.store.engine import Store
from tests.services.accounts.conftest import Register, key_of

EARLY, LATE = "2026-01-01T00:00:00.000000Z", "2026-01-02T00:00:00.000000Z"


class TestNoteMovement:
    def test_goes_forward_and_never_back(self, store: Store, ledger: LedgerClient, register: Register) -> None:
        ada = register()
        terms = AccountTerms("current")
        settled = open_account(store, ledger, caller=ada, customer_id=None, terms=terms, request=key_of(ada))
        account_id = json.loads(settled.body)["id"]
        for booked_at, kept in ((EARLY, EARLY), (LATE, LATE), (EARLY, LATE)):
            with store.write() as session:
                note_movement(session, account_ids=[account_id, "unknown"], booked_at=booked_at)
            with store.read() as session:
                row = account_row(session, account_id)
            assert row.last_transaction_at is not None
            assert format_time(row.last_transaction_at) == kept
        assert row.version == 1
