"""Who may come to own an account, who may leave it, and when one signature is not enough."""

import pytest

from services.accounts.domain.ownership import (
    MOST_OWNERS,
    AlreadyOwner,
    LastOwner,
    Mandate,
    OwnerNotFound,
    TooManyOwners,
    mandate_among,
    require_addable,
    require_removable,
    signs_together,
)


class TestOneMore:
    def test_may_come_until_the_account_is_full(self) -> None:
        owners = [f"c{number}" for number in range(MOST_OWNERS - 1)]
        require_addable(owners, "new")
        with pytest.raises(TooManyOwners) as full:
            require_addable([*owners, "last"], "new")
        assert full.value.numbers == {"most_owners": MOST_OWNERS}

    def test_is_nobody_who_is_there(self) -> None:
        with pytest.raises(AlreadyOwner):
            require_addable(["ada", "ben"], "ben")


class TestOneLess:
    def test_is_an_owner_and_not_the_last(self) -> None:
        require_removable(["ada", "ben"], "ben")
        with pytest.raises(OwnerNotFound):
            require_removable(["ada", "ben"], "cleo")
        with pytest.raises(LastOwner):
            require_removable(["ada"], "ada")


class TestTheMandate:
    @pytest.mark.parametrize(
        ("mandate", "owners", "together"),
        [("both", ["ada", "ben"], True), ("both", ["ada"], False), ("either", ["ada", "ben"], False)],
    )
    def test_asks_for_all_where_there_are_several(self, mandate: str, owners: list[str], together: bool) -> None:
        assert signs_together(mandate=mandate, owners=owners) is together

    def test_of_one_owner_is_their_own_word(self) -> None:
        assert mandate_among(["ada"], wanted="both") == Mandate.EITHER
        assert mandate_among(["ada", "ben"], wanted="both") == Mandate.BOTH
