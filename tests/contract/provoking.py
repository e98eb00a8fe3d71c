"""How a test provokes a refusal of the ledger and notes it under its code."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.services.transactions.conftest import LedgerBench
from tests.services.transactions.people import door

Problem = dict[str, Any]
Provoke = Callable[[LedgerBench, Path], Problem]
PROVOKED: dict[str, tuple[Provoke, dict[str, Any]]] = {}


def provokes(code: str, **numbers: Any) -> Callable[[Provoke], Provoke]:
    """Note how a code is provoked, and the numbers that its problem must carry."""

    def note(provoke: Provoke) -> Provoke:
        PROVOKED[f"transactions.{code}"] = (provoke, numbers)
        return provoke

    return note


def cash(amount: int, account: str = "a-ada", currency: str = "EUR", **more: Any) -> dict[str, Any]:
    return {"account_id": account, "amount_minor": amount, "currency": currency, **more}


def told(bench: LedgerBench, *parts: Any, **ids: str) -> Problem:
    """Give the body of a command's answer with the status that it came with."""
    status, body = bench.one(*parts, **ids)
    return {**body, "came_with": status}


def asked(bench: LedgerBench, folder: Path, method: str, path: str, who: str = "olu", **more: Any) -> Problem:
    """Ask at the HTTP door."""
    with door(bench, folder, who) as http:
        answer = http.request(method, f"/api/v1{path}", **more)
    return {**answer.json(), "came_with": answer.status_code}
