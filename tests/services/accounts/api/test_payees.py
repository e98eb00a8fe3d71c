"""Payees over HTTP."""

from collections.abc import Callable

from fastapi.testclient import TestClient

from services.accounts.use_cases.begin_opening import AccountTerms
from tests.services.accounts.conftest import ADA, BEN, bearer

LogIn = Callable[..., dict[str, str]]
PATH = "/api/v1/payees"


class TestPayees:
    def number_of(self, client: TestClient, who: dict[str, str]) -> str:
        return str(client.get("/api/v1/accounts", headers=who).json()["items"][0]["account_number"])

    def test_are_added_listed_renamed_removed_and_put_back(self, client: TestClient, log_in: LogIn) -> None:
        ada, number = log_in(ADA), self.number_of(client, log_in(BEN, AccountTerms("current")))
        spaced = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
        body = {"account_number": spaced, "name": "Ben Franklyn"}
        added = client.post(PATH, json=body, headers={**ada, "Idempotency-Key": "k"})
        assert added.status_code == 201, added.text
        payee = added.json()
        assert (payee["account_number"], payee["name_check"], payee["suggestion"]) == (number, "close", "Ben Franklin")
        assert (payee["status"], payee["cooling_until"], payee["account_id"]) == ("active", None, None)
        again = client.post(PATH, json=body, headers={**ada, "Idempotency-Key": "k"})
        assert (again.json(), again.headers["idempotency-replayed"]) == (payee, "true")
        twice = client.post(PATH, json=body, headers=ada)
        assert (twice.status_code, twice.json()["code"]) == (409, "accounts.payee-exists")
        one = f"{PATH}/{payee['id']}"
        renamed = client.patch(one, json={"nickname": "Landlord", "version": 1}, headers=ada)
        assert (renamed.json()["nickname"], renamed.headers["etag"]) == ("Landlord", '"2"')
        assert client.patch(one, json={"nickname": "X"}, headers=ada).status_code == 428
        gone = client.delete(one, headers=ada).json()
        assert (gone["status"], gone["undo_until"] is None) == ("removed", False)
        assert client.get(PATH, headers=ada).json()["items"] == []
        back = client.post(f"{one}/restore", headers=ada).json()
        assert client.get(PATH, headers=ada).json()["items"] == [back]

    def test_of_others_answer_like_missing_ones(self, client: TestClient, log_in: LogIn) -> None:
        ada, ben = log_in(ADA), log_in(BEN, AccountTerms("current"))
        body = {"account_number": self.number_of(client, ben), "name": "Ben Franklin"}
        payee = client.post(PATH, json=body, headers=ada).json()
        assert (payee["name_check"], payee["account_id"] is not None) == ("match", True)
        for path in (f"{PATH}/{payee['id']}", f"{PATH}/missing"):
            asked = [
                client.get(path, headers=ben),
                client.patch(path, json={"nickname": "X", "version": 1}, headers=ben),
                client.delete(path, headers=ben),
                client.post(f"{path}/restore", headers=ben),
            ]
            assert [(one.status_code, one.json()["code"]) for one in asked] == [(404, "accounts.payee-not-found")] * 4
        assert client.get(PATH, headers=bearer("tess")).status_code == 403

    def test_need_a_right_number_and_a_name(self, client: TestClient, log_in: LogIn) -> None:
        ada = log_in(ADA)
        wrong = client.post(PATH, json={"account_number": "DE88370400440532013000", "name": "B"}, headers=ada)
        assert (wrong.status_code, wrong.json()["code"]) == (422, "accounts.bad-account-number")
        other = client.post(PATH, json={"account_number": "DE89370400440532013000", "name": "B"}, headers=ada)
        assert other.json()["name_check"] == "unavailable"
        for body in ({"name": "B"}, {"account_number": "x", "name": ""}, {"account_number": "x", "name": "B", "z": 1}):
            assert client.post(PATH, json=body, headers=ada).status_code == 422
