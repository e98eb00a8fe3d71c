"""When one owner's word is not enough."""

import pytest

from services.transactions.domain.cosignature import (
    CosignatureRequired,
    require_signed,
    require_sole_signature,
    signs_alone,
)
from services.transactions.domain.ledger_account import LedgerAccount
from tests.services.transactions.conftest import ADA, TESS


def account(mandate: str = "both", *owners: str) -> LedgerAccount:
    return LedgerAccount("a", "customer", "EUR", owners=owners or ("c-ada", "c-ben"), mandate=mandate)


class TestSignsAlone:
    def test_is_for_owners_of_an_account_that_all_sign(self) -> None:
        assert not signs_alone(ADA, account())
        assert signs_alone(ADA, account("either"))
        assert signs_alone(ADA, account("both", "c-ada"))
        assert signs_alone(TESS, account())

    def test_is_what_an_order_needs_that_cannot_wait(self) -> None:
        require_sole_signature(TESS, account())
        with pytest.raises(CosignatureRequired) as no:
            require_sole_signature(ADA, account())
        assert no.value.numbers == {"account_id": "a", "owners": 2}


class TestRequireSigned:
    def test_asks_for_all_who_own_it_now(self) -> None:
        require_signed(account(), signed_by=["c-ben", "c-ada", "c-cleo"])
        require_signed(account("either"), signed_by=["c-ada"])
        with pytest.raises(CosignatureRequired) as no:
            require_signed(account("both", "c-ada", "c-ben", "c-dan"), signed_by=["c-ada"])
        assert no.value.numbers["missing"] == 2
