"""What both houses are furnished with before their screens are looked at: something stands on every one of them."""

import httpx

from shared.ids import new_id
from tests.builders.bank import Bank


def furnish(bank: Bank) -> None:
    """Give ada a payee, an order, a statement, ben's invitation, a resolved ticket; the staff something to do."""
    ada = bank.client(bank.login_demo("ada"))
    ben = bank.client(bank.login_demo("ben"))
    account = ada.get("/accounts").json()["items"][0]
    number = ben.get("/accounts").json()["items"][0]["account_number"]
    today = ada.get("/business-date").json()
    order = {
        "from_account_id": account["id"],
        "to_account_number": number,
        "amount_minor": 64_000,
        "currency": "EUR",
        "description": "Rent",
        "rhythm": "monthly",
        "start_on": today["next_business_date"],
    }
    _done(ada.post("/standing-orders", json=order, headers={"idempotency-key": new_id()}).status_code, 201)
    wish = {"account_id": account["id"], "from": today["business_date"], "to": today["next_business_date"]}
    _done(ada.post("/statements", json=wish).status_code, 202)
    payee = {"account_number": number, "name": "Ben Okafor", "nickname": "Ben from upstairs"}
    _done(ada.post("/payees", json=payee).status_code, 201)
    _invite(ben)
    ticket = {"type": "general", "subject": "A letter that did not arrive", "description": "I wait for it since May."}
    raised = ada.post("/tickets", json=ticket)
    _done(raised.status_code, 201)
    desk, ticket_id = bank.client(bank.login_demo("sue")), raised.json()["id"]
    _done(desk.post(f"/tickets/{ticket_id}/messages", json={"text": "We sent it again."}).status_code, 201)
    _done(desk.post(f"/tickets/{ticket_id}/resolve", json={"resolution": "Sent again."}).status_code, 200)
    _give_work(bank, ben)


def _invite(ben: httpx.Client) -> None:
    account_id = ben.get("/accounts").json()["items"][0]["id"]
    wish = {"email": "ada@demo.bank", "mandate": "both"}
    refused = ben.post(f"/accounts/{account_id}/owners", json=wish)
    _done(refused.status_code, 403)
    proof = {"action": "add-owner", "password": "demo-password-ben", **refused.json()["details"]}
    token = ben.post("/auth/step-up", json=proof).json()["step_up_token"]
    asked = ben.post(f"/accounts/{account_id}/owners", json=wish, headers={"step-up": token})
    _done(asked.status_code, 202)


def _give_work(bank: Bank, ben: httpx.Client) -> None:
    question = {"type": "account-change", "subject": "How do I change my address?", "description": "I move in May."}
    _done(ben.post("/tickets", json=question).status_code, 201)
    large = {"amount_minor": 6_000_000, "currency": "EUR", "description": "A house sold"}
    asked = {**large, "account_id": ben.get("/accounts").json()["items"][0]["id"]}
    teller = bank.client(bank.login_demo("tess"))
    _done(teller.post("/deposits", json=asked, headers={"idempotency-key": new_id()}).status_code, 202)


def _done(status: int, wanted: int) -> None:
    assert status == wanted, (status, wanted)
