"""Owners and what they sign together, over HTTP: who sees it, once for a key, done with the last signature."""

from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient

from services.accounts.api.owners import ADD_OWNER
from shared.clients.step_up import StepUpSubject
from tests.services.accounts.confirming import step_up
from tests.services.accounts.conftest import Tokens, bearer
from tests.services.accounts.joint import Joint

INBOX = "/api/v1/cosignatures"


@dataclass
class Desk:
    """Ada, ben and cleo at the real door."""

    http: TestClient
    joint: Joint

    @property
    def path(self) -> str:
        return f"/api/v1/accounts/{self.joint.account_id}"

    def invite(self, email: str = "ben@demo.bank", **headers: str) -> Any:
        subject = StepUpSubject(ADD_OWNER, payer=self.joint.account_id, payee=email)
        token = headers.pop("token", None) or step_up(self.joint.ada, subject)
        sent = bearer("ada", step_up=token, **headers)
        return self.http.post(f"{self.path}/owners", json={"email": email}, headers=sent)

    def sign(self, name: str, cosignature_id: str, **headers: str) -> Any:
        return self.http.post(f"{INBOX}/{cosignature_id}/sign", json={}, headers=bearer(name, **headers))

    def inbox(self, name: str, status: str | None = None) -> list[dict[str, Any]]:
        params = {} if status is None else {"status": status}
        return list(self.http.get(INBOX, params=params, headers=bearer(name)).json()["items"])


@pytest.fixture
def desk(client: TestClient, joint: Joint, tokens: Tokens) -> Desk:
    tokens.callers.update(ada=joint.ada, ben=joint.ben, cleo=joint.cleo)
    return Desk(client, joint)


class TestInviting:
    def test_answers_alike_whether_such_a_customer_exists(self, desk: Desk) -> None:
        known, unknown = desk.invite(), desk.invite("nobody@demo.bank")
        assert known.status_code == unknown.status_code == 202
        for one in (known, unknown):
            assert {**one.json()["cosignature"], "id": "", "expires_at": ""} == {
                "id": "",
                "status": "waiting",
                "expires_at": "",
            }
        mine = desk.inbox("ada")
        for one in mine:
            assert [signer.pop("signed_at") for signer in one["signers"]] == [one["made_at"]]
        left_out = {"id", "made_at", "expires_at", "invited_email"}
        first, second = ({k: v for k, v in one.items() if k not in left_out} for one in mine)
        assert first == second
        assert [one["invited_email"] for one in mine] == ["ben@demo.bank", "nobody@demo.bank"]
        assert [one["id"] for one in desk.inbox("ben")] == [known.json()["cosignature"]["id"]]
        assert desk.inbox("cleo") == []

    def test_needs_a_step_up_for_this_address_and_is_answered_once_for_a_key(self, desk: Desk) -> None:
        bare = desk.http.post(f"{desk.path}/owners", json={"email": "ben@demo.bank"}, headers=bearer("ada"))
        assert (bare.status_code, bare.json()["code"], bare.json()["action"]) == (
            403,
            "auth.step-up-required",
            "add-owner",
        )
        other = step_up(desk.joint.ada, StepUpSubject(ADD_OWNER, payer=desk.joint.account_id, payee="x@demo.bank"))
        assert desk.invite(token=other).status_code == 403
        first = desk.invite(idempotency_key="k")
        again = desk.invite(idempotency_key="k", token="too old")
        assert (again.status_code, again.content) == (202, first.content)
        assert again.headers["idempotency-replayed"] == "true"

    def test_says_what_is_wrong(self, desk: Desk) -> None:
        assert desk.invite("no address").status_code == 422
        assert desk.invite("ada@demo.bank").json()["code"] == "accounts.already-owner"
        stranger = desk.http.post(f"{desk.path}/owners", json={"email": "x@demo.bank"}, headers=bearer("ben"))
        assert (stranger.status_code, stranger.json()["code"]) == (404, "accounts.account-not-found")
        assert desk.http.post(f"{desk.path}/owners", json={}, headers=bearer("olu")).status_code == 403


class TestOwners:
    def test_are_listed_to_owners_and_staff(self, desk: Desk) -> None:
        desk.joint.shared()
        for name in ("ada", "ben", "tess"):
            answer = desk.http.get(f"{desk.path}/owners", headers=bearer(name)).json()
            assert (answer["mandate"], sorted(one["name"] for one in answer["items"])) == (
                "both",
                ["Ada Lovelace", "Ben Franklin"],
            )
        assert desk.http.get(f"{desk.path}/owners", headers=bearer("cleo")).status_code == 404

    def test_change_by_all_of_them(self, desk: Desk) -> None:
        waits = desk.invite().json()["cosignature"]["id"]
        signed = desk.sign("ben", waits).json()
        assert (signed["status"], [one["name"] for one in signed["signers"]]) == (
            "executed",
            ["Ada Lovelace", "Ben Franklin"],
        )
        asked = desk.http.put(f"{desk.path}/mandate", json={"mandate": "both"}, headers=bearer("ben"))
        assert asked.status_code == 202
        assert desk.sign("ada", asked.json()["cosignature"]["id"]).json()["status"] == "executed"
        assert desk.joint.lives.neighbours.contracts[desk.joint.account_id]["mandate"] == "both"
        leaving = f"{desk.path}/owners/{desk.joint.ben.customer_id}"
        gone = desk.http.delete(leaving, headers=bearer("ben"))
        assert gone.status_code == 202
        assert desk.sign("ada", gone.json()["cosignature"]["id"]).json()["customer_id"] == desk.joint.ben.customer_id
        assert desk.http.delete(leaving, headers=bearer("ada")).json()["code"] == "accounts.owner-not-found"
        assert desk.joint.owners() == [desk.joint.ada.customer_id]


class TestTheInbox:
    def test_has_a_payment_that_the_last_signature_books(self, desk: Desk) -> None:
        desk.joint.shared()
        waits = desk.joint.pays()
        [one] = desk.inbox("ben", "waiting")
        assert (one["id"], one["amount_minor"], one["currency"], one["description"]) == (waits, 100, "EUR", "rent")
        assert one["payee"]["account_number"] == one["account_number"]
        assert not one["step_up"]
        first = desk.sign("ben", waits, idempotency_key="k")
        again = desk.sign("ben", waits, idempotency_key="k")
        assert (first.json()["status"], again.content) == ("signed", first.content)
        for name in ("ada", "ben"):
            seen = desk.http.get(f"{INBOX}/{waits}", headers=bearer(name)).json()
            assert (seen["status"], seen["outcome"]) == ("executed", {"transaction_id": waits})
        assert list(desk.joint.lives.neighbours.cosigned) == [waits]
        assert desk.inbox("ben", "waiting") == []

    def test_leaves_a_payment_to_the_worker_while_the_ledger_is_away(self, desk: Desk) -> None:
        desk.joint.shared()
        waits = desk.joint.pays()
        desk.joint.lives.neighbours.down.add("transactions")
        assert desk.sign("ben", waits).status_code == 200
        assert desk.joint.status(waits) == "signed"

    def test_asks_for_a_step_up_where_the_maker_gave_one(self, desk: Desk) -> None:
        desk.joint.shared()
        waits = desk.joint.pays(confirmed=True)
        refused = desk.sign("ben", waits).json()
        assert (refused["code"], refused["action"]) == ("auth.step-up-required", "sign-cosignature")
        subject = StepUpSubject(refused["action"], **refused["details"])
        assert desk.sign("ben", waits, step_up=step_up(desk.joint.ben, subject)).json()["status"] == "signed"

    def test_shows_nobody_elses(self, desk: Desk) -> None:
        desk.joint.shared()
        waits = desk.joint.pays()
        for path in (f"{INBOX}/{waits}", f"{INBOX}/none"):
            answer = desk.http.get(path, headers=bearer("cleo"))
            assert (answer.status_code, answer.json()["code"]) == (404, "accounts.cosignature-not-found")
        for verb in ("sign", "refuse"):
            assert desk.http.post(f"{INBOX}/{waits}/{verb}", json={}, headers=bearer("cleo")).status_code == 404
        assert desk.http.get(INBOX, headers=bearer("olu")).status_code == 403

    def test_takes_a_refusal_with_a_note(self, desk: Desk) -> None:
        waits = desk.invite().json()["cosignature"]["id"]
        said = {"note": "not now"}
        refused = desk.http.post(f"{INBOX}/{waits}/refuse", json=said, headers=bearer("ben")).json()
        assert (refused["status"], refused["note"]) == ("refused", "not now")
        assert desk.inbox("ada")[0]["status"] == "refused"


class TestClosing:
    def test_waits_for_the_others_and_answers_a_repeat_alike(self, desk: Desk) -> None:
        desk.joint.shared()
        sent = bearer("ada", idempotency_key="k")
        asked = desk.http.post(f"{desk.path}/close", json={}, headers=sent)
        assert asked.status_code == 202
        waits = asked.json()["cosignature"]["id"]
        assert desk.sign("ben", waits).json()["kind"] == "close-account"
        assert desk.http.get(desk.path, headers=bearer("ada")).json()["status"] == "closed"
        again = desk.http.post(f"{desk.path}/close", json={}, headers=sent)
        assert (again.status_code, again.content) == (202, asked.content)
