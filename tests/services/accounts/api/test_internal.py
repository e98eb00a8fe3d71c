"""What other services ask of accounts."""

from collections.abc import Callable

from fastapi.testclient import TestClient

from services.accounts.use_cases.begin_opening import AccountTerms
from tests.services.accounts.conftest import ADA, bearer

SUPPORT = bearer("support")


class TestInternal:
    def test_gives_contact_and_owners_to_services_only(
        self, client: TestClient, log_in: Callable[..., dict[str, str]]
    ) -> None:
        ada = log_in(ADA, AccountTerms("current"))
        account = client.get("/api/v1/accounts", headers=ada).json()["items"][0]
        customer_id = account["owners"][0]
        contact = client.get(f"/internal/customers/{customer_id}/contact", headers=SUPPORT).json()
        assert contact == {
            "customer_id": customer_id,
            "user_id": f"user-of-{customer_id}",
            "email": "ada@demo.bank",
            "first_name": "Ada",
            "last_name": "Lovelace",
            "language": "en",
        }
        assert client.get(f"/internal/accounts/{account['id']}", headers=SUPPORT).json() == account
        assert client.get(f"/internal/accounts/{account['id']}", headers=ada).status_code == 403
        assert client.get("/internal/customers/none/contact", headers=SUPPORT).status_code == 404

    def test_gives_a_snapshot_without_personal_data(
        self, client: TestClient, log_in: Callable[..., dict[str, str]]
    ) -> None:
        log_in(ADA, AccountTerms("current"))
        answer = client.get("/internal/snapshot", headers=SUPPORT)
        state = answer.json()
        assert [len(state[of]) for of in ("customers", "accounts")] == [1, 1]
        assert "ada@demo.bank" not in answer.text
        assert answer.json()["head"]["sequence"] == 2
