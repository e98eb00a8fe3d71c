"""Personal data that staff see masked, and all of them for a reason."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from services.accounts.settings import AccountsSettings
from services.accounts.use_cases.unmask_customer import UNMASK
from tests.services.accounts.conftest import bearer

LogIn = Callable[..., dict[str, str]]
SECRETS = ("ada@demo.bank", "+4930111111", "+4930999999", "1990-12-10", "Chausseestr", "10115")
TESS = bearer("tess")


def own_id(client: TestClient, ada: dict[str, str]) -> str:
    """Change Ada's number, so that her history holds one, and give her id."""
    change = {"phone": "+4930999999", "version": 1}
    return str(client.patch("/api/v1/customers/me", json=change, headers=ada).json()["id"])


def hidden(text: str) -> bool:
    """Tell whether nothing in an answer says how to reach Ada, where she lives or when she was born."""
    return not any(secret in text for secret in SECRETS)


class TestMasked:
    def test_is_what_staff_wish_wherever_a_customer_is_shown(self, client: TestClient, log_in: LogIn) -> None:
        ada = log_in()
        own = own_id(client, ada)
        for path in ("", f"/{own}", f"/{own}/addresses", f"/{own}/history"):
            whole, masked = (client.get(f"/api/v1/customers{path}?masked={one}", headers=TESS) for one in (0, 1))
            assert (whole.status_code, masked.status_code) == (200, 200)
            assert (hidden(whole.text), hidden(masked.text)) == (False, True), path
        change = {"occupation": "engineer", "version": 2}
        assert hidden(client.patch(f"/api/v1/customers/{own}?masked=1", json=change, headers=TESS).text)
        found = client.post("/api/v1/customers/search?masked=1", json={"name": "Ada"}, headers=TESS)
        assert (hidden(found.text), len(found.json()["items"])) == (True, 1)

    def test_names_what_it_hides(self, client: TestClient, log_in: LogIn) -> None:
        own = own_id(client, log_in())
        whole, masked = (client.get(f"/api/v1/customers/{own}?masked={one}", headers=TESS).json() for one in (0, 1))
        assert (whole["masked"], whole["email"]) == ([], "ada@demo.bank")
        assert {name for name in whole if whole[name] != masked[name]} - {"masked"} <= set(masked["masked"])

    def test_is_nothing_for_the_customer(self, client: TestClient, log_in: LogIn) -> None:
        ada = log_in()
        own = own_id(client, ada)
        assert client.get(f"/api/v1/customers/{own}?masked=1", headers=ada).json()["email"] == "ada@demo.bank"


class TestWhereTheBankMasks:
    """As in production: staff have no way to all of it but with a reason."""

    @pytest.fixture
    def settings(self) -> AccountsSettings:
        return AccountsSettings(environment="sandbox", listener="off", masking="on")

    def test_it_is_masked_whatever_staff_wish(self, client: TestClient, log_in: LogIn) -> None:
        ada = log_in()
        own = own_id(client, ada)
        for path in ("", f"/{own}", f"/{own}/addresses", f"/{own}/history"):
            assert hidden(client.get(f"/api/v1/customers{path}?masked=0", headers=TESS).text), path
        change: dict[str, Any] = {"occupation": "engineer", "version": 2}
        assert hidden(client.patch(f"/api/v1/customers/{own}", json=change, headers=TESS).text)
        home = {"type": "mailing", "street": "Chausseestr. 2", "city": "Berlin", "state": "BE"}
        body = {**home, "postal_code": "10115", "country": "DE"}
        assert hidden(client.post(f"/api/v1/customers/{own}/addresses", json=body, headers=TESS).text)
        assert not hidden(client.get(f"/api/v1/customers/{own}", headers=ada).text)

    def test_production_always_does(self) -> None:
        assert AccountsSettings(environment="production").masks_personal_data
        assert not AccountsSettings(environment="sandbox").masks_personal_data
        with pytest.raises(ValidationError, match="masks personal data"):
            AccountsSettings(environment="production", masking="off")


class TestUnmask:
    def test_shows_all_and_the_customer_why(self, client: TestClient, log_in: LogIn) -> None:
        ada = log_in()
        own = own_id(client, ada)
        wish = {"reason": "calls about a card"}
        answer = client.post(f"/api/v1/customers/{own}/unmask", json=wish, headers=TESS)
        shown = answer.json()
        assert (answer.status_code, shown["email"], shown["masked"]) == (200, "ada@demo.bank", [])
        assert [one["street"] for one in shown["addresses"]] == ["Chausseestr. 1"]
        seen = client.get("/api/v1/customers/me/views", headers=ada).json()["items"]
        assert [(one["what"], one["reason"], one["user_id"]) for one in seen] == [(UNMASK, "calls about a card", None)]

    def test_is_a_look_of_its_own_each_time(self, client: TestClient, log_in: LogIn) -> None:
        ada = log_in()
        own = own_id(client, ada)
        for _ in range(2):
            headers = bearer("tess", idempotency_key="k")
            answer = client.post(f"/api/v1/customers/{own}/unmask", json={"reason": "a call"}, headers=headers)
            assert (answer.status_code, "idempotency-replayed" in answer.headers) == (200, False)
        assert len(client.get("/api/v1/customers/me/views", headers=ada).json()["items"]) == 2

    def test_needs_a_reason_and_a_member_of_staff(self, client: TestClient, log_in: LogIn) -> None:
        ada = log_in()
        path = f"/api/v1/customers/{own_id(client, ada)}/unmask"
        for wrong in ({}, {"reason": "  "}, {"reason": "a call", "more": 1}):
            assert client.post(path, json=wrong, headers=TESS).status_code == 422
        assert client.post(path, json={"reason": "a call"}, headers=ada).status_code == 403
        missing = client.post("/api/v1/customers/none/unmask", json={"reason": "a call"}, headers=TESS)
        assert (missing.status_code, missing.json()["code"]) == (404, "accounts.customer-not-found")
        assert client.get("/api/v1/customers/me/views", headers=ada).json()["items"] == []
