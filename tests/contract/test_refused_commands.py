"""Each command route of each service: who is refused there is in the audit trail of that service."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import pytest
from fastapi.testclient import TestClient

from shared.contracts.caller import Caller
from shared.contracts.policy.row import ANYONE, SERVICE, PolicyRow
from shared.ids import new_id
from shared.settings import ServiceSettings
from shared.store.audit_queries import AuditFilter, list_audit
from shared.store.chains import AuditWalk
from shared.store.engine import Store
from shared.web.app import create_service_app

SERVICES = ("identity", "accounts", "transactions", "support", "notifications")
STRANGERS: Mapping[str, Caller] = {
    "person": Caller(user_id="u-1", roles=frozenset({"stranger"}), session_id="s-1"),
    "service": Caller.for_service("stranger", acting_user="u-1"),
}
"""Callers whose role no row admits: one person, and one service that a person stands behind."""


class Strangers:
    """Whose token is it: the token says it. The real verifier has tests of its own."""

    def cached(self, raw: str) -> Caller | None:
        """Know everybody beforehand."""
        return STRANGERS[raw]

    def verify(self, raw: str) -> Caller:
        """Give the caller."""
        return STRANGERS[raw]


def commands_of(service: str) -> list[PolicyRow]:
    """List the rows of a service that change something and need a token."""
    rows: tuple[PolicyRow, ...] = import_module(f"shared.contracts.policy.{service}").POLICY
    return [row for row in rows if row.method != "GET" and not row.reads and ANYONE not in row.roles]


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest) -> str:
    return str(request.param)


class TestRefusedCommand:
    def test_leaves_a_record_on_every_route(self, service: str, make_store: Callable[[str], Store]) -> None:
        store = make_store(service)
        settings = type("Settings", (ServiceSettings,), {"service": service, "__module__": __name__})()
        policy = import_module(f"shared.contracts.policy.{service}").POLICY
        app = create_service_app(
            settings=settings, store=store, routers=[], policy=policy, verifier=Strangers(), title="Refusing"
        )
        tried: list[tuple[Any, ...]] = []
        with TestClient(app) as http:
            for row in commands_of(service):
                stranger = "person" if row.roles == {SERVICE} or not row.services else "service"
                path, subject = row.path, "-"
                for part in [one[1:-1] for one in row.path.split("/") if one.startswith("{")]:
                    given = new_id()
                    path, subject = path.replace(f"{{{part}}}", given), given if subject == "-" else subject
                answer = http.request(row.method, path, headers={"authorization": f"Bearer {stranger}"})
                assert answer.status_code == 403, (row.method, row.path)
                by = STRANGERS[stranger].service
                tried.append((f"{row.method} {row.path}", subject, "u-1", by, answer.headers["x-request-id"]))
        with store.read() as session:
            assert AuditWalk(store.plumbing).step(session, 1000).bad == []
            kept: list[dict[str, Any]] = []
            while found := list_audit(session, AuditFilter(), below=kept[-1]["sequence"] if kept else None, limit=100):
                kept += found
        named = ("command", "subject_id", "user_id", "service", "request_id")
        assert [tuple(record[name] for name in named) for record in reversed(kept)] == tried
        assert {(record["subject_type"], record["after"]["status"]) for record in kept} == {("refused", 403)}
