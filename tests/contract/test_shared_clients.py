"""What every service asks of others with: trails, tokens, keys and revocations, against the real providers."""

import pytest

from services.identity.settings import IdentitySettings
from services.identity.store.key_files import ensure_signing_key
from shared.clients.identity import IdentityRevocations
from shared.clients.jwks import KeySet
from shared.clients.revocations import Revocations
from shared.clients.tokens import ServiceTokenSource
from shared.clients.trails import Trails
from shared.clients.verify import TokenVerifier
from shared.ids import new_id
from tests.contract.real_services import RealServices

pytestmark = [pytest.mark.sqlite, pytest.mark.timeout(180)]


class TestTrails:
    client = Trails

    @pytest.mark.parametrize("service", ["accounts", "transactions", "support", "notifications"])
    def test_reads_the_audit_of_each_for_identity(self, bank: RealServices, service: str) -> None:
        trails = Trails({service: bank.client("identity", service)})
        assert isinstance(trails.read(service, "/internal/audit", {"limit": 3, "below": None}, act="u-1"), list)

    @pytest.mark.parametrize("service", ["accounts", "transactions", "support", "notifications"])
    def test_has_the_chain_of_each_checked_for_identity(self, bank: RealServices, service: str) -> None:
        said = Trails({service: bank.client("identity", service)}).check(service, after=0, act="u-1")
        assert (said["bad"], said["next"]) == ([], None)

    @pytest.mark.parametrize(("service", "command"), [("identity", "change-roles"), ("transactions", "deposit")])
    def test_reads_the_rules_of_approval_for_accounts(self, bank: RealServices, service: str, command: str) -> None:
        rules = Trails({service: bank.client("accounts", service)}).read(
            service, "/internal/approval-rules", {}, act="u"
        )
        assert command in [one["command"] for one in rules]

    @pytest.mark.parametrize("service", ["identity", "transactions", "support"])
    def test_reads_who_looked_at_a_customer_for_accounts(self, bank: RealServices, service: str) -> None:
        trails, wanted = Trails({service: bank.client("accounts", service)}), {"customer_id": new_id(), "limit": 3}
        assert trails.read(service, "/internal/looks", wanted, act="u-1") == []


class TestServiceTokenSource:
    client = ServiceTokenSource

    @pytest.mark.parametrize("service", ["accounts", "transactions", "support", "notifications"])
    def test_buys_tokens_that_identitys_keys_verify(self, bank: RealServices, service: str) -> None:
        tokens, keys = ServiceTokenSource(bank.settings[service]), KeySet.of_identity(bank.settings[service])
        audience = "accounts" if service != "accounts" else "support"
        token = tokens.token_for(audience, act="u-1")
        assert tokens.token_for(audience, act="u-1") == token
        caller = TokenVerifier(service=audience, keys=keys, revocations=Revocations()).verify(token)
        assert (caller.service, caller.user_id) == (service, "u-1")
        tokens.forget(audience, act="u-1")
        again = tokens.token_for(audience, act="u-1")
        assert TokenVerifier(service=audience, keys=keys, revocations=Revocations()).verify(again) == caller


class TestKeySet:
    client = KeySet

    def test_reads_the_published_keys(self, bank: RealServices) -> None:
        keys, own = (
            KeySet.of_identity(bank.settings["support"]),
            IdentitySettings.model_validate(bank.settings["identity"]),
        )
        kid = ensure_signing_key(own.keys_path).jwks()["keys"][0]["kid"]
        assert keys.key(kid) is not None
        assert keys.key("made-up") is None


class TestIdentityRevocations:
    client = IdentityRevocations

    def test_reads_that_a_session_ended(self, bank: RealServices) -> None:
        person = bank.register()
        asked = IdentityRevocations(bank.client("support", "identity"))
        before = asked.read_page(0)
        token = bank.log_in(person["email"], person["password"])
        assert bank.call("identity", "POST", "/auth/logout", token=token).status_code in (200, 204)
        after = asked.read_page(0)
        assert len(after["items"]) == len(before["items"]) + 1
