"""The ledger as notifications hears it: a real outbox full of bookings, answered without a port."""

import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from shared.contracts.envelope import Envelope, Fact
from shared.contracts.transactions import DepositBooked, TransferBooked
from shared.ids import derived_id
from shared.store.engine import Store
from shared.store.outbox import append_facts
from shared.store.outbox_queries import events_after, head

CUSTOMERS = 200
_BOOKED = {"booked_at": "2026-11-23T11:30:00.000000Z", "business_date": "2026-11-23"}


class MisshapenDeposit(Fact):
    """A deposit as a publisher that breaks the contract would tell it: nobody knows whose it is."""

    type = DepositBooked.type
    entry_id: str


def bookings(count: int) -> Iterator[Fact]:
    """Make so many bookings: mostly transfers, some deposits; the same ones each time."""
    chance = random.Random(7)
    for number in range(count):
        payer, payee = chance.sample(range(CUSTOMERS), 2)
        entry = derived_id("entry", str(number))
        common = {"entry_id": entry, "amount_minor": 1 + number % 500, "currency": "EUR", **_BOOKED}
        if number % 4 == 0:
            yield DepositBooked(account_id=f"a{payer}", owners=[f"c{payer}"], **common)
        else:
            yield TransferBooked(
                payer_account_id=f"a{payer}",
                payee_account_id=f"a{payee}",
                payer_owners=[f"c{payer}"],
                payee_owners=[f"c{payee}"],
                **common,
            )


class Ledger:
    """A publisher: what it told is in its outbox, and it answers `GET /internal/events`."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def tell(self, *facts: Fact) -> None:
        """Append facts, some hundred in each commit."""
        for begin in range(0, len(facts), 500):
            with self.store.write() as session:
                append_facts(session, *facts[begin : begin + 500])

    def told(self) -> list[Envelope]:
        """Give everything that was told, in order."""
        found: list[Envelope] = []
        with self.store.read() as session:
            while page := events_after(session, len(found), 1000):
                found += [Envelope.model_validate(one) for one in page]
        return found

    def request(self, method: str, path: str) -> httpx.Response:
        """Answer as the service would."""
        query = parse_qs(urlsplit(path).query)
        with self.store.read() as session:
            at = head(session)
            body: dict[str, Any] = {
                "lane": at.lane,
                "epoch": at.epoch,
                "parent_sequence": at.parent_sequence,
                "head_sequence": at.sequence,
                "head_hash": at.hash,
                "events": events_after(session, int(query["after"][0]), int(query["limit"][0])),
            }
        return httpx.Response(200, json=body)
