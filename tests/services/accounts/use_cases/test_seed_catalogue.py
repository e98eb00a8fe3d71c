"""What the bank starts with."""

from collections.abc import Callable

from services.accounts.store.catalogue_queries import list_branches, list_products, list_versions
from services.accounts.store.rate_queries import list_rates
from services.accounts.use_cases.seed_catalogue import seed_catalogue
from shared.store.engine import Store


class TestSeedCatalogue:
    def test_changes_nothing_the_second_time(self, store: Store) -> None:
        def everything() -> list[dict[str, object]]:
            with store.read() as session:
                rows = [
                    *list_branches(session, after=None, limit=9),
                    *list_products(session, after=None, limit=9),
                    *list_versions(session),
                    *list_rates(session, product=None, after=None, limit=9),
                ]
            return [row.model_dump() for row in rows]

        before = everything()
        seed_catalogue(store, is_sandbox=True)
        assert everything() == before

    def test_gives_savings_a_floor_and_a_rate(self, store: Store) -> None:
        with store.read() as session:
            terms = {one.product: one.terms for one in list_versions(session)}
            rates = list_rates(session, product="savings", after=None, limit=9)
        assert terms["current"]["min_balance_minor"] == 0
        assert terms["savings"]["min_balance_minor"] == 1000
        assert [rate.rate_basis_points for rate in rates] == [275]
        assert {code for code, one in terms.items() if one["customer_may_deposit"]} == {"everyday"}

    def test_offers_everyday_in_the_sandbox_only(self, make_store: Callable[[str], Store]) -> None:
        store = make_store("accounts")
        seed_catalogue(store, is_sandbox=False)
        with store.read() as session:
            codes = {product.code for product in list_products(session, after=None, limit=9)}
        assert codes == {"current", "savings", "fixed-deposit", "recurring-deposit"}
