"""One transfer is one trace: gateway, ledger's writer, relay, consumers, the mail's job and whom it asks."""

import json
import secrets
from collections.abc import Iterator

import pytest

from shared.ids import new_id
from tests.builders.bank import Bank
from tests.builders.otlp import Receiver, SeenSpan, otlp_receiver

SERVER, PRODUCER, CONSUMER = 2, 4, 5


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with otlp_receiver() as listening:
        yield listening


@pytest.fixture(scope="module")
def traced(receiver: Receiver) -> Iterator[Bank]:
    """Give a bank that records every trace."""
    running = Bank(seeded=False, environment={"OTEL_EXPORTER_OTLP_ENDPOINT": receiver.endpoint})
    try:
        yield running.start()
    finally:
        running.stop()
        running.remove()


class TestOneTransfer:
    def test_is_one_trace_from_the_gateway_to_the_mail(self, traced: Bank, receiver: Receiver) -> None:
        ann, bob = (traced.new_customer(deposit_minor=1000) for _ in range(2))
        trace, client = secrets.token_hex(16), secrets.token_hex(8)
        body = {"from_account_id": ann.account_id, "to_account_id": bob.account_id, "amount_minor": 100}
        headers = {"idempotency-key": new_id(), "traceparent": f"00-{trace}-{client}-00"}
        assert ann.http.post("/transfers", json={**body, "currency": "EUR"}, headers=headers).status_code == 201

        def named(service: str, name: str) -> list[SeenSpan]:
            return [one for one in receiver.of_trace(trace) if (one.service, one.name) == (service, name)]

        # Two mails, and each of their jobs asks accounts for a contact: then all the others are there, too.
        contact = "GET /internal/customers/{customer_id}/contact"
        traced.wait_until(lambda: len(named("accounts", contact)) == 2, timeout_seconds=30)
        traced.wait_until(lambda: len(named("notifications-worker", "job send_mail")) == 2)
        traced.wait_until(lambda: named("transactions", "relay bank.transactions"))
        [gateway] = named("gateway", "POST /api/v1/transfers")
        [writer] = named("transactions-writer", "ledger book-transfer")
        [relay] = named("transactions", "relay bank.transactions")
        consumed = [
            one for one in receiver.of_trace(trace) if one.name.startswith("consume bank.transactions.transfer")
        ]
        notifications = next(one for one in consumed if one.service == "notifications")
        jobs, asked = named("notifications-worker", "job send_mail"), named("accounts", contact)
        assert (gateway.parent, gateway.kind) == (client, SERVER)
        assert (writer.parent, writer.kind) == (gateway.span, SERVER)
        assert (relay.parent, relay.kind) == (writer.span, PRODUCER)
        assert {(one.parent, one.kind) for one in consumed} == {(writer.span, CONSUMER)}
        assert {one.service for one in consumed} == {"accounts", "notifications"}
        assert {one.parent for one in jobs} == {notifications.span}
        assert {one.parent for one in asked} == {one.span for one in jobs}
        spans = receiver.of_trace(trace)
        assert len({one.span for one in spans}) == len(spans)
        assert {one.status for one in spans} == {0}
        assert 0 < writer.nanoseconds <= gateway.nanoseconds

    def test_is_found_in_the_log_of_each_process_by_its_trace(self, traced: Bank) -> None:
        ann, bob = (traced.new_customer(deposit_minor=1000) for _ in range(2))
        trace = secrets.token_hex(16)
        ann.http.headers["traceparent"] = f"00-{trace}-{secrets.token_hex(8)}-01"
        assert ann.pay(bob, 100).status_code == 201

        def lines(name: str) -> list[dict[str, str]]:
            text = (traced.folder.logs / f"{name}.log").read_text().splitlines()
            return [json.loads(line) for line in text if trace in line]

        def told(name: str, event: str) -> bool:
            return any(line["event"] == event and line["trace_id"] == trace for line in lines(name))

        traced.wait_until(lambda: told("notifications-worker", "job-done"), timeout_seconds=30)
        traced.wait_until(lambda: told("gateway", "request"))
        traced.wait_until(lambda: told("accounts", "request"))


class TestWhatIsRecorded:
    def test_is_decided_by_the_bank_and_not_by_its_clients(self, traced: Bank, receiver: Receiver) -> None:
        trace = secrets.token_hex(16)
        sent = {"traceparent": f"00-{trace}-{secrets.token_hex(8)}-00"}
        assert traced.client().get("/auth/me", headers=sent).status_code in (401, 404)
        traced.wait_until(lambda: receiver.of_trace(trace))

    def test_never_is_a_health_check(self, receiver: Receiver) -> None:
        assert not [one for one in receiver.spans if "readyz" in one.name or "metrics" in one.name]
