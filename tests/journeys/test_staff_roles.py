"""Nobody makes an admin alone: asked at identity, decided in the inbox of accounts, done at identity, once."""

from typing import Any

from shared.ids import new_id
from tests.builders.bank import Bank
from tests.builders.mailbox import RESET, newest_code


def invited(bank: Bank, email: str, password: str) -> dict[str, Any]:
    """Invite a teller, who chooses a password with the code of the mail; gives the login."""
    alma = bank.client(bank.login_demo("alma"))
    made: dict[str, Any] = alma.post("/users", json={"email": email, "roles": ["teller"]}).json()
    body = {"email": email, "code": newest_code(bank, email, subject=RESET), "new_password": password}
    assert bank.client().post("/auth/password/reset", json=body).status_code == 204
    return made


class TestRolesOfStaff:
    def test_change_when_another_person_approved(self, bank: Bank) -> None:
        email, password = f"test-{new_id()}@demo.bank", f"Vault-{new_id()}"
        user = invited(bank, email, password)
        alma, sam, amir = (bank.client(bank.login_demo(name)) for name in ("alma", "sam", "amir"))
        theirs = bank.client(bank.login(email, password))

        def roles() -> list[str]:
            with_role = [*pages(alma, "admin"), *pages(alma, "teller")]
            return next(one["roles"] for one in with_role if one["id"] == user["id"])

        def ask(wanted: list[str]) -> str:
            version = next(one["version"] for one in pages(alma, roles()[0]) if one["id"] == user["id"])
            asked = alma.patch(f"/users/{user['id']}", json={"roles": wanted, "version": version})
            assert asked.status_code == 202, asked.text
            approval: str = asked.json()["approval"]["id"]
            bank.wait_until(lambda: amir.get(f"/approvals/{approval}").status_code == 200, timeout_seconds=60)
            return approval

        approval = ask(["admin"])
        own = alma.post(f"/approvals/{approval}/approve", json={})
        assert (own.status_code, own.json()["code"]) == (403, "accounts.own-request")
        assert roles() == ["teller"]
        shown = amir.get(f"/approvals/{approval}").json()
        assert {"field": "roles", "before": ["teller"], "after": ["admin"]} in shown["changes"]
        assert email not in str(shown)
        assert sam.post(f"/approvals/{approval}/approve", json={}).status_code == 200

        def executed(one: str) -> bool:
            return bool(amir.get(f"/approvals/{one}").json()["status"] == "executed")

        bank.wait_until(lambda: executed(approval), timeout_seconds=60)
        assert roles() == ["admin"]
        bank.wait_until(lambda: theirs.get("/accounts").status_code == 401, timeout_seconds=60)
        back = ask(["teller"])
        seen = next(one["version"] for one in pages(alma, "admin") if one["id"] == user["id"])
        bank.kill("identity")  # approved while nobody is there to do it: done once, later
        assert sam.post(f"/approvals/{back}/approve", json={}).status_code == 200
        bank.wait_ready("identity")
        bank.wait_until(lambda: executed(back), timeout_seconds=60)
        after = next(one for one in pages(alma, "teller") if one["id"] == user["id"])
        assert (after["roles"], after["version"]) == (["teller"], seen + 1)


def pages(http: Any, role: str) -> list[dict[str, Any]]:
    """List the logins with a role."""
    items: list[dict[str, Any]] = []
    params: dict[str, Any] = {"limit": 200, "role": role}
    while True:
        page = http.get("/users", params=params).json()
        items += page["items"]
        if page["next"] is None:
            return items
        params["after"] = page["next"]
