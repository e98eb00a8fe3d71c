"""Offers transfers at a fixed rate, whether the bank keeps up or not, and repeats each with its key until answered."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from shared.ids import new_id
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer

_CONNECTIONS = 128
_PATIENCE_SECONDS = 120.0


@dataclass
class Offered:
    """What became of a load: each key with its final status and body, and how it went."""

    answers: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    owners: dict[str, tuple[BankCustomer, dict[str, Any]]] = field(default_factory=dict)
    repeats: int = 0
    offered_seconds: float = 0.0
    answered_seconds: float = 0.0

    def summary(self) -> str:
        """Say what was offered and what was reached."""
        count = len(self.answers)
        return (
            f"offered {count / self.offered_seconds:.0f}/s for {self.offered_seconds:.1f} s, all {count} answered after"
            f" {self.answered_seconds:.1f} s ({count / self.answered_seconds:.0f}/s), {self.repeats} repeats"
        )


async def offer(
    bank: Bank,
    pairs: Sequence[tuple[BankCustomer, BankCustomer]],
    *,
    each_second: int,
    seconds: float,
    disturb: Callable[[], None],
    disturb_after_seconds: float,
) -> Offered:
    """Offer transfers of 1 from payers to payees in turn; `disturb` happens once in the middle."""
    offered = Offered()
    connector = aiohttp.TCPConnector(limit=_CONNECTIONS)
    began = time.monotonic()
    async with aiohttp.ClientSession(connector=connector) as http:
        waiting: list[Awaitable[None]] = []
        disturbed = False
        for number in range(int(each_second * seconds)):
            due = began + number / each_second
            if (early := due - time.monotonic()) > 0:
                await asyncio.sleep(early)
            if not disturbed and time.monotonic() - began >= disturb_after_seconds:
                disturb()
                disturbed = True
            payer, payee = pairs[number % len(pairs)]
            waiting.append(asyncio.create_task(_pay(http, bank, offered, payer, payee)))
        offered.offered_seconds = time.monotonic() - began
        await asyncio.gather(*waiting)
    offered.answered_seconds = time.monotonic() - began
    assert disturbed
    return offered


async def _pay(
    http: aiohttp.ClientSession, bank: Bank, offered: Offered, payer: BankCustomer, payee: BankCustomer
) -> None:
    key = new_id()
    body = {
        "from_account_id": payer.account_id,
        "to_account_id": payee.account_id,
        "amount_minor": 1,
        "currency": "EUR",
    }
    offered.owners[key] = (payer, body)
    headers = {"authorization": f"Bearer {payer.token}", "idempotency-key": key}
    ends = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            async with http.post(f"{bank.url}/api/v1/transfers", json=body, headers=headers) as answer:
                if answer.status < 500 and answer.status != 429:
                    offered.answers[key] = (answer.status, await answer.json(content_type=None))
                    return
        except (aiohttp.ClientError, TimeoutError):
            pass
        assert time.monotonic() < ends, "no final answer"
        offered.repeats += 1
        await asyncio.sleep(0.1)
