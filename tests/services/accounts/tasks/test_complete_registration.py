"""The job that ends a cut-off registration."""

from typing import Any

from sqlmodel import select

from services.accounts.clients.identity import IdentityClient
from services.accounts.store.account_queries import list_accounts
from services.accounts.store.tables import PLUMBING
from services.accounts.tasks.complete_registration import run_complete_registration
from services.accounts.use_cases.begin_opening import AccountTerms
from shared.store.engine import Store
from shared.store.jobs import Job
from tests.services.accounts.conftest import ADA
from tests.services.accounts.neighbours import Neighbours
from tests.services.accounts.use_cases.test_begin_registration import begin


class TestRunCompleteRegistration:
    def test_does_what_the_row_of_the_request_says(
        self, store: Store, identity: IdentityClient, neighbours: Neighbours
    ) -> None:
        begun = begin(store, account=AccountTerms("savings", nickname="Mine"))
        neighbours.logins[begun.customer_id] = {"user_id": "user", "email": ADA.email}
        with store.read() as session:
            payload: dict[str, Any] = session.execute(select(PLUMBING.jobs.c.payload)).scalar_one()
        job = Job("j", "complete_registration", "u", payload, 1)
        run_complete_registration(store, job, identity=identity, verified_at_once=True)
        with store.read() as session:
            accounts = list_accounts(session, owner=begun.customer_id, after=None, limit=9)
        assert [(account.product, account.nickname) for account in accounts] == [("savings", "Mine")]
