"""Search, knowing customers, addresses, notes, staff and branches, over HTTP."""

from collections.abc import Callable
from typing import Any

from fastapi.testclient import TestClient

from services.accounts.use_cases.begin_opening import AccountTerms
from shared.contracts.caller import Caller
from tests.services.accounts.conftest import ADA, BEN, Tokens, bearer

LogIn = Callable[..., dict[str, str]]
SAM, ALMA, OLU, TESS = (bearer(name) for name in ("sam", "alma", "olu", "tess"))
MOVED = {"street": "Rue 1", "city": "Paris", "state": "Paris", "postal_code": "75001", "country": "FR"}


class TestTheListByKnowledge:
    def test_has_as_many_as_are_counted(self, client: TestClient, log_in: LogIn) -> None:
        ada = log_in(ADA)
        ben = client.get("/api/v1/customers/me", headers=log_in(BEN)).json()["id"]
        decided = {"kyc_state": "verifying", "reason": "A new passport"}
        assert client.post(f"/api/v1/customers/{ben}/kyc", json=decided, headers=OLU).status_code == 200
        counts = client.get("/api/v1/customers/kyc-counts", headers=SAM).json()
        for wanted in (["verifying"], ["verified"], ["applied", "verifying"], ["rejected"]):
            found = client.get("/api/v1/customers", params={"kyc_state": wanted}, headers=SAM).json()["items"]
            assert len(found) == sum(counts[one] for one in wanted), wanted
            assert {one["kyc_state"] for one in found} <= set(wanted)
        assert counts["verifying"] == 1
        assert client.get("/api/v1/customers?kyc_state=unheard-of", headers=SAM).status_code == 422
        assert client.get("/api/v1/customers/kyc-counts", headers=ada).status_code == 403

    def test_is_of_one_s_branch(self, client: TestClient, log_in: LogIn, tokens: Tokens) -> None:
        log_in(ADA)
        tokens.callers["ted"] = Caller("ted", frozenset({"teller"}), branch_id="elsewhere")
        there = bearer("ted")
        assert sum(client.get("/api/v1/customers/kyc-counts", headers=SAM).json().values()) == 1
        assert sum(client.get("/api/v1/customers/kyc-counts", headers=there).json().values()) == 0


class TestSearch:
    def test_finds_by_name_phone_email_and_account(self, client: TestClient, log_in: LogIn) -> None:
        ada = log_in(ADA, AccountTerms("current"))
        log_in(BEN)
        number = client.get("/api/v1/accounts", headers=ada).json()["items"][0]["account_number"]
        for sought in (
            {"name": "lovel ada"},
            {"phone": "+49 30 111111"},
            {"email": "ADA@demo.bank"},
            {"account_number": number},
            {"name": "ada", "account_number": number},
        ):
            found = client.post("/api/v1/customers/search", json=sought, headers=TESS)
            assert [one["first_name"] for one in found.json()["items"]] == ["Ada"], found.text
            assert ("ada@demo.bank" in found.text, "+4930111111" in found.text) == (False, False)
        for nobody in ({"name": "%"}, {"name": "ada", "phone": "+49 30 222222"}):
            assert client.post("/api/v1/customers/search", json=nobody, headers=TESS).json()["items"] == []

    def test_refuses_a_wrong_digit_an_empty_question_and_customers(self, client: TestClient, log_in: LogIn) -> None:
        wrong = client.post("/api/v1/customers/search", json={"account_number": "DE88370400440532013000"}, headers=TESS)
        assert (wrong.status_code, wrong.json()["code"]) == (422, "accounts.bad-account-number")
        assert client.post("/api/v1/customers/search", json={}, headers=TESS).status_code == 422
        assert client.post("/api/v1/customers/search", json={"name": "a"}, headers=log_in()).status_code == 403


class TestKnowing:
    def test_is_an_officers_and_leaves_a_history(self, client: TestClient, log_in: LogIn, tokens: Tokens) -> None:
        ada = log_in()
        path = f"/api/v1/customers/{tokens.callers['ada'].customer_id}/kyc"
        for who in (ada, TESS):
            assert client.post(path, json={"kyc_state": "verifying"}, headers=who).status_code == 403
        assert client.post(path, json={"kyc_state": "verifying"}, headers=OLU).json()["kyc_state"] == "verifying"
        wrong = client.post(path, json={"kyc_state": "rejected"}, headers=OLU)
        assert (wrong.status_code, wrong.json()["code"]) == (422, "accounts.kyc-incomplete")
        done = client.post(path, json={"kyc_state": "rejected", "reason": "forged"}, headers=OLU).json()
        assert [(one["field"], one["new"], one["note"]) for one in done["history"]] == [
            ("kyc_state", "verifying", None),
            ("kyc_state", "rejected", "forged"),
            ("kyc_level", 0, "forged"),
        ]
        assert client.get(path, headers=ada).json() == done
        again = client.post(path, json={"kyc_state": "verified", "kyc_level": 2}, headers=OLU)
        assert (again.status_code, again.json()["code"]) == (409, "accounts.kyc-step")
        opening = client.post("/api/v1/accounts", json={"product": "current"}, headers={**ada, "Idempotency-Key": "k"})
        assert opening.json()["code"] == "accounts.customer-not-verified"


class TestDetails:
    def test_have_addresses_of_kinds_with_their_days(self, client: TestClient, log_in: LogIn) -> None:
        ada = log_in()
        path = "/api/v1/customers/me/addresses"
        first = client.post(path, json={**MOVED, "valid_from": "2030-01-01"}, headers=ada)
        assert first.status_code == 201, first.text
        client.post(path, json={**MOVED, "type": "mailing", "valid_until": "2031-01-01"}, headers=ada)
        home, later, mail = client.get(path, headers=ada).json()["items"]
        assert (home["present"], home["valid_until"], later["present"]) == (True, "2030-01-01", False)
        assert (mail["type"], mail["present"], mail["valid_until"]) == ("mailing", True, "2031-01-01")
        wrong = client.post(path, json={**MOVED, "valid_until": "2020-01-01"}, headers=ada)
        assert (wrong.status_code, wrong.json()["code"]) == (422, "accounts.bad-validity")

    def test_keep_names_until_an_officer_has_seen_a_document(
        self, client: TestClient, log_in: LogIn, tokens: Tokens
    ) -> None:
        ada = log_in()
        path, body = f"/api/v1/customers/{tokens.callers['ada'].customer_id}", {"last_name": "King", "version": 1}
        for who in (ada, TESS):
            no = client.patch(path, json=body, headers=who)
            assert (no.status_code, no.json()["code"]) == (403, "accounts.proof-needed")
        assert client.patch(path, json={**body, "note": "passport"}, headers=OLU).json()["last_name"] == "King"

    def test_have_notes_that_customers_do_not_see(self, client: TestClient, log_in: LogIn, tokens: Tokens) -> None:
        ada = log_in()
        path = f"/api/v1/customers/{tokens.callers['ada'].customer_id}/notes"
        assert client.post(path, json={"text": "calls"}, headers=TESS).json()["by"] == "tess"
        assert [one["text"] for one in client.get(path, headers=SAM).json()["items"]] == ["calls"]
        assert client.get(path, headers=ada).status_code == 403


class TestBranches:
    def test_limit_what_tellers_and_officers_see(self, client: TestClient, log_in: LogIn, tokens: Tokens) -> None:
        ada = log_in(ADA, AccountTerms("current"))
        account = client.get("/api/v1/accounts", headers=ada).json()["items"][0]
        tokens.callers["ted"] = Caller("ted", frozenset({"teller"}), branch_id="elsewhere")
        ted, person = bearer("ted"), f"/api/v1/customers/{account['owners'][0]}"
        for path in (f"/api/v1/accounts/{account['id']}", person, f"{person}/history", f"{person}/kyc"):
            assert (client.get(path, headers=ted).status_code, client.get(path, headers=TESS).status_code) == (404, 200)
        for path in ("/api/v1/accounts", "/api/v1/customers"):
            assert client.get(path, headers=ted).json()["items"] == []
            assert len(client.get(path, headers=SAM).json()["items"]) == 1
        assert client.post("/api/v1/customers/search", json={"name": "ada"}, headers=ted).json()["items"] == []

    def test_are_not_closed_with_accounts_and_accounts_move(self, client: TestClient, log_in: LogIn) -> None:
        ada = log_in(ADA, AccountTerms("current"))
        account = client.get("/api/v1/accounts", headers=ada).json()["items"][0]
        no = client.patch("/api/v1/branches/main", json={"state": "closed", "version": 1}, headers=SAM)
        assert (no.status_code, no.json()["code"], no.json()["accounts"]) == (409, "accounts.branch-has-accounts", 1)
        east = client.post("/api/v1/branches", json={"name": "East", "location": "Dresden"}, headers=SAM).json()["id"]
        path, body = f"/api/v1/accounts/{account['id']}/move", {"branch_id": east, "reason": "moved house"}
        assert client.post(path, json=body, headers=OLU).json()["branch_id"] == east
        again = client.post(path, json=body, headers=OLU)
        assert (again.status_code, again.json()["code"]) == (409, "accounts.same-branch")
        closed = client.patch("/api/v1/branches/main", json={"state": "closed", "version": 1}, headers=SAM)
        assert (closed.status_code, closed.json()["state"]) == (200, "closed")
        opening = client.post("/api/v1/accounts", json={"product": "current"}, headers={**ada, "Idempotency-Key": "k"})
        assert opening.json()["code"] == "accounts.unknown-branch"


class TestStaff:
    def test_are_kept_by_admins_and_shown_without_salaries(self, client: TestClient) -> None:
        body: dict[str, Any] = {
            "name": "Tess Teller",
            "email": "tess@demo.bank",
            "position": "Teller",
            "branch_id": "main",
            "hire_date": "2020-02-01",
            "salary_minor": 4_000_000,
            "salary_currency": "EUR",
        }
        assert client.post("/api/v1/staff", json=body, headers=SAM).status_code == 403
        made = client.post("/api/v1/staff", json=body, headers=ALMA)
        assert (made.status_code, made.json()["salary_minor"]) == (201, 4_000_000)
        again = client.post("/api/v1/staff", json=body, headers=ALMA)
        assert (again.status_code, again.json()["code"]) == (409, "accounts.staff-exists")
        path = f"/api/v1/staff/{made.json()['id']}"
        shown = client.get(path, headers=SAM).json()
        assert (shown["position"], shown["hire_date"], shown["salary_minor"]) == ("Teller", "2020-02-01", None)
        self_made = client.patch(path, json={"supervisor_id": made.json()["id"], "version": 1}, headers=ALMA)
        assert (self_made.status_code, self_made.json()["code"]) == (422, "accounts.bad-supervisor")
        lead = client.patch(path, json={"position": "Lead teller", "version": 1}, headers=ALMA)
        assert (lead.json()["position"], lead.headers["etag"]) == ("Lead teller", '"2"')
        assert len(client.get("/api/v1/staff?branch_id=main", headers=SAM).json()["items"]) == 1
        assert client.get("/api/v1/staff/none", headers=SAM).json()["code"] == "accounts.staff-not-found"
