"""Completing a registration that was cut off."""

import pytest

from services.accounts.clients.identity import IdentityClient
from services.accounts.store.account_queries import list_accounts
from services.accounts.store.tables import CustomerRow
from services.accounts.use_cases.begin_opening import AccountTerms
from services.accounts.use_cases.begin_registration import Begun
from services.accounts.use_cases.complete_registration import complete_registration
from shared.errors import Unavailable
from shared.store.engine import Store
from tests.services.accounts.conftest import ADA
from tests.services.accounts.neighbours import Neighbours
from tests.services.accounts.use_cases.test_begin_registration import begin


class TestCompleteRegistration:
    @pytest.fixture
    def begun(self, store: Store) -> Begun:
        return begin(store, account=AccountTerms("current"))

    def complete(self, store: Store, identity: IdentityClient, begun: Begun) -> str:
        complete_registration(
            store,
            identity,
            customer_id=begun.customer_id,
            attempt=begun.attempt,
            account=AccountTerms("current"),
            verified_at_once=True,
        )
        with store.read() as session:
            return session.get_one(CustomerRow, begun.customer_id).status

    def test_activates_who_has_a_login_and_writes_the_wanted_account(
        self, store: Store, identity: IdentityClient, neighbours: Neighbours, begun: Begun
    ) -> None:
        neighbours.logins[begun.customer_id] = {"user_id": "user", "email": ADA.email}
        for _ in range(2):
            assert self.complete(store, identity, begun) == "active"
        with store.read() as session:
            accounts = list_accounts(session, owner=begun.customer_id, after=None, limit=9)
        assert [account.status for account in accounts] == ["opening"]

    def test_abandons_who_has_none(self, store: Store, identity: IdentityClient, begun: Begun) -> None:
        assert self.complete(store, identity, begun) == "abandoned"

    def test_decides_nothing_while_identity_is_down(
        self, store: Store, identity: IdentityClient, neighbours: Neighbours, begun: Begun
    ) -> None:
        neighbours.down = {"identity"}
        with pytest.raises(Unavailable):
            self.complete(store, identity, begun)

    def test_leaves_a_newer_attempt_alone(self, store: Store, identity: IdentityClient, begun: Begun) -> None:
        begin(store)
        assert self.complete(store, identity, begun) == "pending"
