"""Mails over HTTP."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from services.notifications.domain.delivery import State
from services.notifications.use_cases.settle_delivery import settle_delivery
from shared.store.engine import Store
from tests.services.notifications.conftest import as_person
from tests.services.notifications.told import NOON, given_mail

MAILS = "/api/v1/deliveries"
DEAD = "/api/v1/dead-letters"


def settled(store: Store, state: State, sequence: int) -> str:
    delivery_id = given_mail(store, sequence=sequence)
    with store.write() as session:
        settle_delivery(session, delivery_id=delivery_id, state=state, now=NOON, error="refused with 554")
    return delivery_id


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
