"""The job that brings a contract to the ledger, run as the worker runs it."""

from functools import partial

from sqlmodel import select, update

from services.accounts.settings import AccountsSettings
from services.accounts.store.account_queries import account_row
from services.accounts.store.life_store import PUSH_CONTRACT
from services.accounts.store.tables import PLUMBING
from services.accounts.tasks.push_contract import run_push_contract
from services.accounts.use_cases.begin_opening import AccountTerms, begin_opening
from shared.clock import now
from shared.store.engine import Store
from shared.worker.running import JobRunner
from tests.services.accounts.conftest import Register, key_of
from tests.services.accounts.neighbours import Neighbours, clients_of


class TestRunPushContract:
    def run(self, store: Store, neighbours: Neighbours, settings: AccountsSettings) -> str:
        jobs = PLUMBING.jobs
        with store.write() as session:
            session.execute(update(jobs).values(run_after=now()))
            job_id = session.execute(select(jobs.c.id).where(jobs.c.kind == PUSH_CONTRACT)).scalar_one()
        handler = partial(run_push_contract, ledger=clients_of(neighbours, settings)[1])
        JobRunner({PUSH_CONTRACT: handler}, lease_seconds=60, max_tries=9).run(store, job_id)
        with store.read() as session:
            return str(session.execute(select(jobs.c.state).where(jobs.c.id == job_id)).scalar_one())

    def test_tries_again_until_the_ledger_answers(
        self, store: Store, register: Register, neighbours: Neighbours, settings: AccountsSettings
    ) -> None:
        ada = register()
        terms = AccountTerms("current")
        account_id = str(begin_opening(store, caller=ada, customer_id=None, terms=terms, request=key_of(ada)))
        neighbours.down = {"transactions"}
        assert self.run(store, neighbours, settings) == "queued"
        neighbours.down = set()
        assert self.run(store, neighbours, settings) == "done"
        with store.read() as session:
            assert account_row(session, account_id).status == "open"
