"""Our own copy of terms and rates."""

from datetime import date

import httpx

from services.transactions.clients.accounts import AccountsClient
from services.transactions.domain.interest import Tier
from services.transactions.domain.terms import Rate
from services.transactions.store.terms_store import load_terms_book, put_rate
from services.transactions.tasks.refresh_terms import refresh_terms
from services.transactions.use_cases.take_terms import take_terms
from shared.clients.http import ServiceClient
from shared.settings import BankSettings
from tests.services.transactions.conftest import LedgerBench

D = date(2027, 1, 1)


class Tokens:
    """Stands for the tokens of identity, which have tests of their own."""

    def token_for(self, audience: str, act: str | None = None) -> str:
        """Give some token."""
        return "token"

    def forget(self, audience: str, act: str | None = None) -> None:
        """Forget nothing."""


class TestTakeTerms:
    def test_keeps_each_version_and_each_rate_once(self, bench: LedgerBench) -> None:
        rate = Rate("r1", "savings", "credit", 0, 275, D)
        for _ in range(2):
            with bench.store.write() as session:
                terms = {"day_count": "30/360", "capitalisation": "quarterly"}
                take_terms(session, versions=[("savings", 1, D, terms)], rates=[rate])
        with bench.store.read() as session:
            book = load_terms_book(session)
        assert book.on("savings", D).day_count == "30/360"
        assert book.on("savings", D).capitalisation == "quarterly"
        assert book.on("savings", date(2026, 12, 31)).day_count == "act/365f"
        assert book.tiers("savings", "credit", D) == (Tier(0, 275),)
        assert book.tiers("savings", "credit", date(2026, 12, 31)) == ()

    def test_never_counts_a_rate_that_was_taken_back(self, bench: LedgerBench) -> None:
        rate = Rate("r1", "savings", "credit", 0, 275, D)
        with bench.store.write() as session:
            take_terms(session, versions=(), rates=[rate])
            put_rate(session, rate, withdrawn=True)
            take_terms(session, versions=(), rates=[rate])
        with bench.store.read() as session:
            assert load_terms_book(session).tiers("savings", "credit", D) == ()

    def test_are_asked_of_accounts_and_kept_while_it_is_away(self, bench: LedgerBench) -> None:
        answers = [
            httpx.Response(200, json={
                "products": [{"product": "savings", "version": 1, "effective_from": "2027-01-01",
                              "terms": {"day_count": "act/360"}}],
                "rates": [{"rate_id": "r1", "product": "savings", "side": "credit", "tier_from_minor": 0,
                           "rate_basis_points": 275, "effective_from": "2027-01-01"}]}),
            httpx.Response(404, json={}),
        ]  # fmt: skip
        transport = httpx.MockTransport(lambda _request: answers.pop(0))
        client = AccountsClient(ServiceClient(BankSettings(), "accounts", Tokens(), transport=transport))
        assert refresh_terms(bench.store, accounts=client)
        assert not refresh_terms(bench.store, accounts=client)
        with bench.store.read() as session:
            assert load_terms_book(session).on("savings", D).day_count == "act/360"
