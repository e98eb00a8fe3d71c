"""A matter from the question to the rating, in the whole bank: desk, inbox, live push, mail and files."""

import contextlib
import json
import socket
import threading
import time
from typing import Any

import httpx
import pytest

from shared.ids import new_id
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer
from tests.services.support.domain.test_attachment import PDF

LETTER = PDF + b"\0" * 1_000_000


class Listening:
    """A stream of live push through the gateway, read by a thread until it is left."""

    def __init__(self, bank: Bank, customer: BankCustomer) -> None:
        self.events: list[dict[str, Any]] = []
        self._url = f"{bank.url}/api/v1/notifications/stream"
        self._headers = {"authorization": f"Bearer {customer.token}"}
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._opened = threading.Event()

    def __enter__(self) -> "Listening":
        self._thread.start()
        assert self._opened.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(10)

    def _read(self) -> None:
        with (
            contextlib.suppress(httpx.TransportError),  # the end of the stream is ours
            httpx.Client(timeout=60, trust_env=False) as client,
            client.stream("GET", self._url, headers=self._headers) as answer,
        ):
            assert answer.status_code == 200
            self._socket: socket.socket = answer.extensions["network_stream"].get_extra_info("socket")
            name = ""
            for line in answer.iter_lines():
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                    self._opened.set()
                elif line.startswith("data: "):
                    self.events.append({"event": name, **json.loads(line.removeprefix("data: "))})

    def kinds(self) -> list[str]:
        return [event["kind"] for event in self.events if event["event"] == "notification"]


def mails_to(bank: Bank, customer: BankCustomer) -> list[str]:
    found = httpx.get(f"{bank.url}/dev/mail", params={"format": "json", "to": customer.email}, timeout=30).json()
    return [mail["subject"] for mail in found["items"]]


@pytest.mark.timeout(300)  # its mails wait behind those of the journeys before it
class TestAMatter:
    def test_goes_from_the_question_to_the_rating(self, bank: Bank) -> None:
        toni, desk = bank.new_customer(deposit_minor=500), bank.client(bank.login_demo("sue"))
        with Listening(bank, toni) as listening:
            self._settle(bank, toni, desk, listening)

    def _settle(self, bank: Bank, toni: BankCustomer, desk: httpx.Client, listening: Listening) -> None:
        question = {"type": "dispute", "subject": "Not mine", "description": "<b>?</b>", "priority": "urgent"}
        ticket = toni.http.post("/tickets", json={**question, "account_id": toni.account_id}).json()
        path = f"/tickets/{ticket['id']}"
        file = {"ticket_id": ticket["id"], "name": "letter.pdf"}
        sent = toni.http.post("/attachments", params=file, content=LETTER, headers={"content-type": "application/pdf"})
        assert sent.status_code == 201, sent.text
        assert desk.get(f"/attachments/{sent.json()['id']}").content == LETTER
        assert ticket["number"] in [one["number"] for one in desk.get("/tickets?queue=unassigned").json()["items"]]
        assert desk.post(f"{path}/assign").status_code == 200
        assert desk.post(f"{path}/messages", json={"text": "A note.", "internal": True}).status_code == 201
        began = time.monotonic()
        assert desk.post(f"{path}/messages", json={"text": "We look."}).status_code == 201
        bank.wait_until(lambda: "ticket-answered" in listening.kinds())
        assert time.monotonic() - began < 5
        shown = desk.get(path).json()
        change = {"status": "waiting-on-customer", "version": shown["version"]}
        waiting = desk.patch(path, json=change).json()
        assert [one["state"] for one in waiting["promises"]] == ["met", "paused"]
        toni.http.post(f"{path}/messages", json={"text": "It was me."})
        assert desk.post(f"{path}/resolve").json()["resolution"]
        assert toni.http.post(f"{path}/rate", json={"score": 5}).status_code == 201
        assert toni.http.post(f"{path}/rate", json={"score": 1}).status_code == 409
        expected = {"ticket-raised", "ticket-answered", "ticket-waiting", "ticket-resolved"}
        bank.wait_until(lambda: expected <= set(listening.kinds()))
        subjects = {f"There is an answer to your request {ticket['number']}"}
        bank.wait_until(lambda: subjects <= set(mails_to(bank, toni)), timeout_seconds=120)
        seen = toni.http.get(path).text
        assert "A note." not in seen
        inbox = toni.http.get("/notifications", params={"event": "ticket"}).json()
        assert {item["kind"] for item in inbox["items"]} == expected

    def test_an_announcement_is_shown_at_once(self, bank: Bank) -> None:
        toni, desk = bank.new_customer(), bank.client(bank.login_demo("sue"))
        body = {"title": f"News {new_id()}", "message": "**Open** again.", "audience": "branch", "branch_id": "main"}
        with Listening(bank, toni) as listening:
            made = desk.post("/announcements", json=body)
            assert made.status_code == 201, made.text
            bank.wait_until(lambda: body["title"] in [one.get("title") for one in listening.events])
            assert desk.delete(f"/announcements/{made.json()['id']}").status_code == 204
            bank.wait_until(lambda: "announcement-gone" in [one["event"] for one in listening.events])

    def test_ten_debits_below_the_line_are_one_alert(self, bank: Bank) -> None:
        toni = bank.new_customer(deposit_minor=100)
        lines = [{"account_id": toni.account_id, "below_minor": 100, "currency": "EUR"}]
        chosen = toni.http.put("/notifications/preferences", json={"balance_below": lines})
        assert chosen.status_code == 200, chosen.text
        order = {"account_id": toni.account_id, "amount_minor": 1, "currency": "EUR"}
        for _ in range(10):
            paid = toni.http.post("/withdrawals", json=order, headers={"idempotency-key": new_id()})
            assert paid.status_code == 201, paid.text

        def kinds() -> list[str]:
            items = toni.http.get("/notifications", params={"limit": 100}).json()["items"]
            return [item["kind"] for item in items]

        bank.wait_until(lambda: kinds().count("withdrawal") == 10)
        assert kinds().count("balance-low") == 1
