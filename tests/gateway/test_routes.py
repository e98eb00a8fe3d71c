"""The tables: every policy row that is meant for the public has exactly one upstream, and the index finds it."""

import re

from gateway.policy import PolicyIndex, policy_rows
from gateway.routes import OWN, ROUTES, UPSTREAMS, routes_for
from shared.contracts.policy.row import ANYONE, row
from shared.settings import BankSettings

HIDDEN = ("/internal/", "/.well-known/")
OPERATIONAL = {"/livez", "/readyz", "/metrics"}


class TestRoutes:
    def test_give_every_public_policy_row_exactly_one_upstream(self) -> None:
        for one in policy_rows():
            count = len(routes_for(one.path))
            hidden = one.path.startswith(HIDDEN) or one.path in OPERATIONAL
            assert count == (0 if hidden else 1), one.path

    def test_send_each_row_to_the_service_that_owns_it(self) -> None:
        from importlib import import_module

        for service in (*UPSTREAMS, OWN):
            for one in import_module(f"shared.contracts.policy.{service}").POLICY:
                assert all(route.upstream == service for route in routes_for(one.path)), one.path

    def test_never_cover_what_stays_inside(self) -> None:
        for path in (*OPERATIONAL, "/internal", "/internal/events", "/api/v1/internal", "/.well-known/jwks.json"):
            assert routes_for(path) == []

    def test_cover_whole_segments_only(self) -> None:
        assert routes_for("/api/v1/transfersx") == []
        assert len(routes_for("/api/v1/transfers/batch")) == 1

    def test_name_upstreams_whose_address_is_a_setting(self) -> None:
        settings = BankSettings()
        assert all(settings.url_of(route.upstream).startswith("http") for route in ROUTES if route.upstream != OWN)


class TestPolicyIndex:
    def test_finds_every_public_row_by_an_example_of_its_path(self) -> None:
        index = PolicyIndex(policy_rows(), sandbox=True)
        for one in policy_rows():
            example = re.sub(r"\{[^}]+\}", "0192f0c1-7d1e-7000-8000-000000000001", one.path)
            found = index.find(example).get(one.method)
            assert (found is not None and found.row == one) == bool(routes_for(one.path)), one.path

    def test_prefers_a_word_to_a_placeholder(self) -> None:
        rows = (row("GET", "/api/v1/customers/{id}", ANYONE), row("GET", "/api/v1/customers/me", ANYONE))
        index = PolicyIndex(rows, sandbox=True)
        assert index.find("/api/v1/customers/me")["GET"].row is rows[1]
        assert index.find("/api/v1/customers/7")["GET"].row is rows[0]

    def test_steps_back_from_a_word_that_leads_nowhere(self) -> None:
        rows = (row("GET", "/api/v1/customers/{id}/history", ANYONE), row("GET", "/api/v1/customers/me", ANYONE))
        assert "GET" in PolicyIndex(rows, sandbox=True).find("/api/v1/customers/me/history")

    def test_has_no_mail_viewer_outside_the_sandbox(self) -> None:
        assert PolicyIndex(policy_rows(), sandbox=True).find("/dev/mail")
        assert not PolicyIndex(policy_rows(), sandbox=False).find("/dev/mail")
