"""Large cash at a desk waits for a second person on the real bank: booked once, whoever is killed or approves."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from shared.ids import new_id
from tests.builders.bank import Bank

LARGE = 5_000_000


def deposit(desk: httpx.Client, account_id: str, key: str) -> httpx.Response:
    body = {"account_id": account_id, "amount_minor": LARGE, "currency": "EUR"}
    return desk.post("/deposits", json=body, headers={"idempotency-key": key})


def told(client: httpx.Client, approval: str) -> dict[str, Any]:
    """Give the request as the inbox has it; `{}` until the fact has come."""
    answer = client.get(approval)
    return dict(answer.json()) if answer.status_code == 200 else {}


class TestLargeCash:
    def test_is_booked_once_when_another_approves(self, bank: Bank) -> None:
        tess, sam, olu = (bank.client(bank.login_demo(name)) for name in ("tess", "sam", "olu"))
        ada, key = bank.new_customer(deposit_minor=100), new_id()
        asked = deposit(tess, ada.account_id, key)
        assert asked.status_code == 202, asked.text
        assert deposit(tess, ada.account_id, key).json() == asked.json()
        approval = f"/approvals/{asked.json()['approval']['id']}"
        bank.wait_until(lambda: told(sam, approval).get("status") == "pending", timeout_seconds=30)
        shown = told(sam, approval)
        assert shown["changes"] == [{"field": "booked_minor", "before": 100, "after": 100 + LARGE}]
        assert (shown["service"], shown["command"], shown["amount_minor"]) == ("transactions", "deposit", LARGE)
        assert tess.post(f"{approval}/approve", json={}).status_code == 403
        assert ada.booked_minor() == 100
        bank.kill("transactions-worker")  # it is away, or comes back, while two approve at once
        with ThreadPoolExecutor(2) as pool:
            both = list(pool.map(lambda who: who.post(f"{approval}/approve", json={}).status_code, (sam, olu)))
        assert sorted(both) == [200, 409]
        bank.wait_until(lambda: told(sam, approval)["status"] == "executed", timeout_seconds=60)
        assert ada.booked_minor() == 100 + LARGE
        entry = told(sam, approval)["outcome"]["id"]
        assert [one["id"] for one in ada.http.get("/transactions").json()["items"]].count(entry) == 1

    def test_is_booked_never_when_it_is_rejected_or_the_account_changed(self, bank: Bank) -> None:
        tess, sam, olu = (bank.client(bank.login_demo(name)) for name in ("tess", "sam", "olu"))
        ada = bank.new_customer()
        rejected, void = (
            f"/approvals/{deposit(tess, ada.account_id, new_id()).json()['approval']['id']}" for _ in range(2)
        )
        for one in (rejected, void):
            bank.wait_until(lambda one=one: told(sam, one).get("status") == "pending", timeout_seconds=30)
        assert sam.post(f"{rejected}/reject", json={"note": "No slip"}).status_code == 200
        frozen = olu.post(f"/accounts/{ada.account_id}/freeze", json={"reason": "A question"})
        assert frozen.status_code in (200, 202), frozen.text
        bank.wait_until(lambda: told(sam, void)["status"] == "void", timeout_seconds=30)
        assert sam.post(f"{void}/approve", json={}).status_code == 409
        assert told(sam, rejected)["status"] == "rejected"
        assert ada.booked_minor() == 0
