"""Mails and dead letters over HTTP."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from services.notifications.domain.delivery import State
from services.notifications.store.tables import PLUMBING
from services.notifications.use_cases.settle_delivery import settle_delivery
from shared.contracts.envelope import Envelope
from shared.store.engine import Store
from shared.streams.dead_letters import bury_fact
from tests.services.notifications.conftest import as_person
from tests.services.notifications.told import DEPOSIT, NOON, envelope, given_mail, items

MAILS = "/api/v1/deliveries"
DEAD = "/api/v1/dead-letters"


def settled(store: Store, state: State, sequence: int) -> str:
    delivery_id = given_mail(store, sequence=sequence)
    with store.write() as session:
        settle_delivery(session, delivery_id=delivery_id, state=state, now=NOON, error="refused with 554")
    return delivery_id


def buried(store: Store, letter: Envelope) -> str:
    with store.write() as session:
        bury_fact(session, "transactions", letter, "does not fit its contract")
        return str(session.execute(PLUMBING.dead_letters.select()).mappings().all()[-1]["id"])


def call(http: TestClient, method: str, path: str, who: str = "sue", **params: str) -> Any:
    return http.request(method, path, params=params, headers=as_person(who))


class TestDeliveries:
    def test_list_those_that_were_maybe_sent_with_a_way_to_resend(self, http: TestClient, store: Store) -> None:
        maybe, sent = settled(store, "maybe-sent", 1), settled(store, "sent", 2)
        found = call(http, "GET", MAILS, state="maybe-sent").json()["items"]
        assert [(one["id"], one["state"]) for one in found] == [(maybe, "maybe-sent")]
        assert "@" not in str(found)
        assert [one["id"] for one in call(http, "GET", MAILS).json()["items"]] == [sent, maybe]
        assert call(http, "POST", f"{MAILS}/{maybe}/resend").json()["state"] == "queued"
        again = call(http, "POST", f"{MAILS}/{maybe}/resend")
        assert (again.status_code, again.json()["code"]) == (409, "notifications.not-to-be-resent")
        missing = call(http, "POST", f"{MAILS}/x/resend")
        assert (missing.status_code, missing.json()["code"]) == (404, "notifications.delivery-not-found")

    @pytest.mark.parametrize("who", ["ada", "tess"])
    def test_are_for_the_desk(self, http: TestClient, who: str) -> None:
        for method, path in (("GET", MAILS), ("GET", DEAD), ("POST", f"{DEAD}/x/replay")):
            assert call(http, method, path, who).status_code == 403


class TestDeadLetters:
    def test_are_facts_and_mails_in_pages(self, http: TestClient, store: Store) -> None:
        mail, fact = settled(store, "failed", 1), buried(store, envelope(DEPOSIT, 7))
        first = call(http, "GET", DEAD, limit="1").json()
        rest = call(http, "GET", DEAD, limit="1", after=first["next"]).json()
        assert [(one["id"], one["kind"]) for one in first["items"] + rest["items"]] == [(fact, "fact"), (mail, "mail")]
        assert rest["next"] is None

    def test_of_a_fact_is_applied_once(self, http: TestClient, store: Store) -> None:
        letter = buried(store, envelope(DEPOSIT, 7))
        answers = [call(http, "POST", f"{DEAD}/{letter}/replay").json()["replayed"] for _ in range(2)]
        assert answers == [True, False]
        with store.read() as session:
            assert [kind for _, kind, _ in items(session)] == ["deposit"]
        assert call(http, "GET", DEAD).json()["items"] == []

    def test_of_a_fact_that_is_poison_stays_until_it_is_mended(self, http: TestClient, store: Store) -> None:
        sound = envelope(DEPOSIT, 7)
        letter = buried(store, sound.model_copy(update={"data": {"entry_id": "e"}}))
        refused = call(http, "POST", f"{DEAD}/{letter}/replay")
        assert (refused.status_code, refused.json()["code"]) == (409, "notifications.fact-still-unreadable")
        assert len(call(http, "GET", DEAD).json()["items"]) == 1
        with store.write() as session:
            table = PLUMBING.dead_letters
            session.execute(update(table).where(table.c.id == letter).values(envelope=sound.model_dump_json()))
        assert call(http, "POST", f"{DEAD}/{letter}/replay").json()["replayed"] is True

    def test_of_a_mail_is_sent_again(self, http: TestClient, store: Store) -> None:
        mail = settled(store, "failed", 1)
        assert call(http, "POST", f"{DEAD}/{mail}/replay").json() == {"id": mail, "kind": "mail", "replayed": True}
        assert call(http, "GET", MAILS, state="queued").json()["items"][0]["id"] == mail

    def test_that_is_none_is_not_found(self, http: TestClient) -> None:
        missing = call(http, "POST", f"{DEAD}/x/replay")
        assert (missing.status_code, missing.json()["code"]) == (404, "notifications.dead-letter-not-found")
