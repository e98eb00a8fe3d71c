"""The job that lets a customer's e-mail address follow their login."""

import pytest

from services.accounts.clients.identity import IdentityClient
from services.accounts.store.tables import CustomerRow
from services.accounts.tasks.follow_email import run_follow_email
from shared.errors import Unavailable
from shared.store.engine import Store
from shared.store.jobs import Job
from tests.services.accounts.conftest import Register
from tests.services.accounts.neighbours import Neighbours


class TestRunFollowEmail:
    def test_asks_identity_for_the_address_of_now(
        self, store: Store, identity: IdentityClient, neighbours: Neighbours, register: Register
    ) -> None:
        customer_id = str(register().customer_id)
        job = Job("j", "follow_email", "u", {"customer_id": customer_id}, 1)
        neighbours.logins[customer_id] = {"user_id": "u1", "email": "ada2@demo.bank"}
        neighbours.down.add("identity")
        with pytest.raises(Unavailable):
            run_follow_email(store, job, identity=identity)
        neighbours.down.clear()
        run_follow_email(store, job, identity=identity)
        with store.read() as session:
            assert session.get_one(CustomerRow, customer_id).email == "ada2@demo.bank"
        neighbours.logins.clear()
        run_follow_email(store, job, identity=identity)
