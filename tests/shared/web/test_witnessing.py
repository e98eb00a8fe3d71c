"""What the door leaves in the audit trail: refused commands, commands without a record, and who looked at whom."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from shared.errors import Unavailable
from shared.store.audit_queries import AuditFilter, list_audit
from shared.store.chains import AuditWalk
from shared.store.witness import Witness
from tests.shared.web.house import House


def trail(house: House) -> list[dict[str, Any]]:
    """Give the records, the oldest first, and check their chain."""
    with house.store.read() as session:
        assert AuditWalk(house.store.plumbing).step(session, 1000).bad == []
        return list(reversed(list_audit(session, AuditFilter(), below=None, limit=200)))


def order(house: House, amount: object, *, key: str = "k1", **headers: str) -> Any:
    sent = {**house.bearer("customer"), "idempotency-key": key, **headers}
    return house.http.post("/api/v1/orders", json={"amount_minor": amount}, headers=sent)


class TestRefusedCommand:
    @pytest.mark.parametrize(
        ("amount", "status", "code"), [(5000, 409, "accounts.too-much"), ("x", 422, "request.invalid")]
    )
    def test_is_recorded_with_who_tried_what_and_the_code(
        self, house: House, amount: object, status: int, code: str
    ) -> None:
        assert order(house, amount, **{"x-request-id": "r-1"}).status_code == status
        [record] = trail(house)
        assert (record["user_id"], record["command"]) == ("user-1", "POST /api/v1/orders")
        assert (record["subject_type"], record["after"]) == ("refused", {"status": status, "code": code})
        assert record["request_id"] == "r-1"

    def test_of_the_wrong_role_names_the_object(self, house: House) -> None:
        answer = house.http.patch("/api/v1/orders/o-7", json={"note": "n"}, headers=house.bearer("customer"))
        assert answer.status_code == 403
        [record] = trail(house)
        assert (record["subject_id"], record["after"]["code"]) == ("o-7", "auth.role-not-allowed")

    def test_repeats_nothing_that_is_no_id(self, house: House) -> None:
        house.http.patch("/api/v1/orders/ada@demo.bank", json={"note": "n"}, headers=house.bearer("customer"))
        assert trail(house)[0]["subject_id"] == "-"

    def test_of_nobody_is_not_recorded(self, house: House) -> None:
        assert house.http.post("/api/v1/orders", json={}).status_code == 401
        assert trail(house) == []

    def test_is_answered_even_if_it_cannot_be_recorded(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Witness, "record", _broken)
        assert order(house, 5000).status_code == 409


class TestCommandWithoutRecord:
    def test_gets_one_and_its_replay_none(self, house: House) -> None:
        assert [order(house, 5).status_code, order(house, 5).status_code] == [201, 201]
        [record] = trail(house)
        assert (record["command"], record["subject_type"], record["after"]) == (
            "POST /api/v1/orders",
            "route",
            {"status": 201},
        )


class TestLook:
    def test_of_staff_at_a_customer_is_recorded_before_it_is_shown(self, house: House) -> None:
        answer = house.http.get("/api/v1/orders/o-7", headers=house.bearer("teller", branch_id="main"))
        assert answer.status_code == 200
        [record] = trail(house)
        assert (record["command"], record["subject_id"]) == ("look-at-customer", "customer-of-the-order")
        assert record["after"] == {"what": "GET /api/v1/orders/{order_id}", "roles": ["teller"], "branch_id": "main"}

    def test_is_not_had_without_its_record(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Witness, "record", _broken)
        answer = house.http.get("/api/v1/orders/o-7", headers=house.bearer("teller"))
        assert (answer.status_code, "o-7" in answer.text) == (503, False)


class TestWitness:
    def test_writes_what_gathers_in_one_unbroken_chain(self, house: House) -> None:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda one: order(house, 5000, key=f"k{one}"), range(40)))
        assert len(trail(house)) == 40


def _broken(*_: object) -> None:
    raise Unavailable("The store is away.")
