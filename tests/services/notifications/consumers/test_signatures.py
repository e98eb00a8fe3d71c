"""Who hears of what all owners of an account sign, of what became of it, and of other contact details."""

import pytest

from shared.contracts.accounts import AccountOwnersChanged, CosignatureEnded, CosignatureRequested, CustomerChanged
from shared.contracts.envelope import Fact
from shared.store.engine import Store
from tests.services.notifications.consumers.test_consumers import consume
from tests.services.notifications.told import deliveries, items


def _ended(status: str) -> CosignatureEnded:
    return CosignatureEnded(cosignature_id="c1", kind="payment", account_id="a1", made_by="ada", status=status)


class TestContact:
    def test_is_told_when_it_is_another_and_nothing_else_is(self, store: Store) -> None:
        consume(store, CustomerChanged(customer_id="ada", fields=["occupation"]), 1)
        consume(store, CustomerChanged(customer_id="ada", fields=["occupation", "phone"]), 2)
        with store.read() as session:
            assert items(session) == [("ada", "contact-changed", "Your telephone number or address was changed")]
            assert [who for who, _, _ in deliveries(session)] == ["ada"]


class TestSignatures:
    @pytest.mark.parametrize(
        ("fact", "people", "kind", "title"),
        [
            (
                CosignatureRequested(
                    cosignature_id="c1", kind="payment", account_id="a1", made_by="ada", signers=["ben", "cleo"]
                ),
                ["ben", "cleo"],
                "signature-asked",
                "Something waits for your signature",
            ),
            (_ended("refused"), ["ada"], "signature-missed", "What you asked for was not done: refused"),
            (_ended("expired"), ["ada"], "signature-missed", "What you asked for was not done: expired"),
            (_ended("executed"), [], "", ""),
            (
                AccountOwnersChanged(account_id="a1", owners=["ada", "ben"], mandate="both"),
                ["ada", "ben"],
                "owners-changed",
                "Your account has other owners, or they sign otherwise",
            ),
        ],
    )
    def test_are_told_three_times_and_known_once(
        self, store: Store, fact: Fact, people: list[str], kind: str, title: str
    ) -> None:
        for _ in range(3):
            consume(store, fact)
        with store.read() as session:
            assert items(session) == [(who, kind, title) for who in people]
            assert [who for who, _, _ in deliveries(session)] == people
