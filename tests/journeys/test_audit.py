"""Who did what, who tried what, and who looked at whom: across all services of the running bank."""

from typing import Any

import httpx

from cli.audit import verify_trails
from cli.verify import store_urls
from shared.ids import new_id
from tests.builders.bank import Bank


def whole_trail(auditor: httpx.Client, **wanted: str) -> list[dict[str, Any]]:
    """Give every record that fits, the newest first, page by page."""
    items: list[dict[str, Any]] = []
    after: str | None = None
    while True:
        page = auditor.get("/audit", params={**wanted, "limit": 50, **({"after": after} if after else {})}).json()
        items += page["items"]
        after = page["next"]
        if after is None:
            return items


class TestAuditTrail:
    def test_tells_who_did_what_in_every_service(self, bank: Bank) -> None:
        payer, payee = bank.new_customer(deposit_minor=500), bank.new_customer()
        auditor = bank.client(bank.login_demo("amir"))
        user_id = payer.http.get("/auth/me").json()["user_id"]
        booked = payer.pay(payee, 7)
        refused = payer.pay(payee, 900_000)
        assert (booked.status_code, refused.status_code) == (201, 409)
        ticket = {"type": "general", "subject": "A question", "description": "What is a posting?"}
        assert payer.http.post("/tickets", json=ticket, headers={"idempotency-key": new_id()}).status_code == 201
        found = whole_trail(auditor, actor=user_id)
        assert {one["service"] for one in found} >= {"identity", "accounts", "transactions", "support"}
        [transfer] = [one for one in found if one["subject"]["id"] == booked.json()["id"]]
        assert (transfer["after"]["amount_minor"], transfer["request_id"]) == (7, booked.headers["x-request-id"])
        [tried] = [one for one in found if one["request_id"] == refused.headers["x-request-id"]]
        assert (tried["command"], tried["after"]) == (
            "POST /api/v1/transfers",
            {"status": 409, "code": "transactions.insufficient-funds"},
        )
        behind = whole_trail(auditor, service="transactions", subject=f"ledger-account:{payer.account_id}")
        assert "accounts" in {one["actor"]["service"] for one in behind}, behind

    def test_is_whole_in_every_store(self, bank: Bank) -> None:
        lines, good = verify_trails(store_urls(bank.folder, []))
        assert good, lines
        assert len(lines) == 5


class TestLooksOfStaff:
    def test_are_shown_to_the_customer_whatever_service_was_asked(self, bank: Bank) -> None:
        ada = bank.new_customer(deposit_minor=500)
        user_id = ada.http.get("/auth/me").json()["user_id"]
        ticket = {"type": "general", "subject": "A question", "description": "What is a posting?"}
        made = ada.http.post("/tickets", json=ticket, headers={"idempotency-key": new_id()}).json()["id"]
        entry = ada.http.get("/transactions", params={"account_id": ada.account_id}).json()["items"][0]["id"]
        looks = {
            "tess": [
                f"/customers/{ada.customer_id}",
                f"/accounts/{ada.account_id}",
                f"/balances/{ada.account_id}",
                f"/balances?account_ids={ada.account_id}",
                f"/balances/{ada.account_id}/history",
                f"/transactions?account_id={ada.account_id}",
                f"/transactions/{entry}",
                f"/holds?account_id={ada.account_id}",
                f"/statements?account_id={ada.account_id}",
                f"/interest/{ada.account_id}",
                f"/auth/events?user_id={user_id}",
            ],
            "sue": [f"/tickets/{made}"],
        }
        for name, paths in looks.items():
            staff = bank.client(bank.login_demo(name))
            for path in paths:
                assert staff.get(path).status_code == 200, path
        ids = {ada.customer_id, ada.account_id, entry, made}
        seen = ada.http.get("/customers/me/views", params={"limit": 200}).json()["items"]
        shown = [one["what"].removeprefix("GET /api/v1").split("{")[0] for one in reversed(seen)]
        for path in (one for paths in looks.values() for one in paths):
            start = path.partition("?")[0]
            for one in ids:
                start = start.partition(one)[0]
            assert start in shown, (path, shown)
        assert {one["service"] for one in seen} == {"accounts", "transactions", "identity", "support"}
        assert {one["user_id"] for one in seen} == {None}
        assert len(seen) == sum(map(len, looks.values()))
