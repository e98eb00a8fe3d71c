"""Taking back a registration that nobody confirmed."""

from services.accounts.domain.customer import CustomerStatus
from services.accounts.store.tables import CustomerRow
from services.accounts.use_cases.begin_opening import AccountTerms
from services.accounts.use_cases.release_registration import release_registration
from shared.store.engine import Store
from tests.services.accounts.conftest import Register


def release(store: Store, customer_id: str | None) -> str:
    """Take it back, twice, since a fact may come twice; gives the customer's status then."""
    for _ in range(2):
        with store.write() as session:
            release_registration(session, customer_id=str(customer_id))
    with store.read() as session:
        return session.get_one(CustomerRow, customer_id).status


class TestReleaseRegistration:
    def test_lets_the_same_address_and_number_register_anew(self, store: Store, register: Register) -> None:
        first = register().customer_id
        assert release(store, first) == CustomerStatus.ABANDONED
        assert register().customer_id == first

    def test_leaves_a_customer_who_has_an_account(self, store: Store, register: Register) -> None:
        caller = register(account=AccountTerms("current"))
        assert release(store, caller.customer_id) == CustomerStatus.ACTIVE

    def test_does_nothing_about_who_is_unknown(self, store: Store) -> None:
        with store.write() as session:
            release_registration(session, customer_id="nobody")
