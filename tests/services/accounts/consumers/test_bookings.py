"""What accounts does when the ledger booked something."""

import json

import pytest

from services.accounts.clients.transactions import LedgerClient
from services.accounts.consumers import (
    adjustment_booked,
    capture_booked,
    deposit_booked,
    fee_booked,
    interest_booked,
    reversal_booked,
    transfer_booked,
    withdrawal_booked,
)
from services.accounts.listener import SUBSCRIPTIONS, rebuild_movements
from services.accounts.store.account_queries import account_row
from services.accounts.use_cases.begin_opening import AccountTerms
from services.accounts.use_cases.open_account import open_account
from shared.clock import format_time
from shared.contracts.envelope import Envelope
from shared.store.engine import Store
from tests.services.accounts.conftest import Register, key_of

BOOKED_AT = "2026-01-02T00:00:00.000000Z"
AMOUNT = {"amount_minor": 5, "currency": "EUR", "booked_at": BOOKED_AT, "business_date": "2026-01-02"}


class TestBookings:
    @pytest.fixture
    def account_ids(self, store: Store, ledger: LedgerClient, register: Register) -> list[str]:
        ada = register()
        terms = AccountTerms("current")
        return [
            json.loads(
                open_account(store, ledger, caller=ada, customer_id=None, terms=terms, request=key_of(ada, key)).body
            )["id"]
            for key in "ab"
        ]

    def consume(self, store: Store, kind: str, data: dict[str, object]) -> None:
        handler = SUBSCRIPTIONS[0].handlers[kind]
        envelope = Envelope(
            id="t/1",
            source="bank.transactions",
            type=kind,
            subject="e",
            time=BOOKED_AT,
            data={"entry_id": "e", **AMOUNT, **data},
            lane=0,
            epoch=1,
            sequence=1,
            previoushash="",
            hash="",
        )
        assert handler.consume is not None
        with store.write() as session:
            handler.consume(session, handler.read(envelope), envelope)

    def last(self, store: Store, account_ids: list[str]) -> list[str | None]:
        with store.read() as session:
            times = [account_row(session, one).last_transaction_at for one in account_ids]
        return [time and format_time(time) for time in times]

    def test_of_a_transfer_are_noted_on_both_accounts(self, store: Store, account_ids: list[str]) -> None:
        payer, payee = account_ids
        data = {"payer_account_id": payer, "payee_account_id": payee, "payer_owners": [], "payee_owners": []}
        self.consume(store, transfer_booked.FACT.type, data)
        assert self.last(store, account_ids) == [BOOKED_AT, BOOKED_AT]

    @pytest.mark.parametrize("fact", [deposit_booked.FACT, withdrawal_booked.FACT])
    def test_at_the_desk_are_noted_on_their_account(
        self, store: Store, account_ids: list[str], fact: type[deposit_booked.DepositBooked]
    ) -> None:
        self.consume(store, fact.type, {"account_id": account_ids[0], "owners": []})
        assert self.last(store, account_ids) == [BOOKED_AT, None]

    def test_of_a_capture_and_a_reversal_are_noted_too(self, store: Store, account_ids: list[str]) -> None:
        payer, payee = account_ids
        data = {"payer_account_id": payer, "payee_account_id": payee, "payer_owners": [], "payee_owners": []}
        self.consume(store, capture_booked.FACT.type, {**data, "hold_id": "h"})
        assert self.last(store, account_ids) == [BOOKED_AT, BOOKED_AT]
        later = "2026-01-03T00:00:00.000000Z"
        self.consume(store, reversal_booked.FACT.type, {**data, "reverses": "e", "booked_at": later})
        assert self.last(store, account_ids) == [later, later]

    @pytest.mark.parametrize("fact", [fee_booked.FACT, interest_booked.FACT, adjustment_booked.FACT])
    def test_of_the_bank_itself_are_noted_too(
        self, store: Store, account_ids: list[str], fact: type[fee_booked.FeeBooked]
    ) -> None:
        data = {"account_id": account_ids[0], "owners": [], "value_date": "2026-01-01"}
        self.consume(store, fact.type, {**data, "direction": "debit", "against": "suspense"})
        assert self.last(store, account_ids) == [BOOKED_AT, None]

    def test_are_rebuilt_from_the_ledgers_snapshot(self, store: Store, account_ids: list[str]) -> None:
        with store.write() as session:
            snapshot = {"accounts": [{"account_id": account_ids[0], "last_transaction_at": BOOKED_AT}]}
            rebuild_movements(session, snapshot)
        assert self.last(store, account_ids) == [BOOKED_AT, None]
