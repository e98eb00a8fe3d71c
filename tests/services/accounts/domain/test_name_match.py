"""How well a typed name fits."""

import pytest

from services.accounts.domain.name_match import match_name


class TestMatchName:
    @pytest.mark.parametrize("asked", ["Ada Lovelace", "lovelace, ADA", "Àda Lovelace"])
    def test_takes_order_case_and_accents_for_the_same_name(self, asked: str) -> None:
        assert match_name(asked=asked, owners=["Ada Lovelace"]) == ("match", None)

    def test_shows_the_name_only_when_the_payer_was_close(self) -> None:
        assert match_name(asked="Ada Lovelase", owners=["Ada Lovelace"]) == ("close", "Ada Lovelace")
        assert match_name(asked="Ben Franklin", owners=["Ada Lovelace"]) == ("none", None)

    def test_matches_any_owner_of_a_joint_account(self) -> None:
        assert match_name(asked="Ben Franklin", owners=["Ada Lovelace", "Ben Franklin"]).result == "match"

    @pytest.mark.parametrize("asked", ["", "...", "\u0301"])
    def test_matches_nobody_with_a_name_of_no_letters(self, asked: str) -> None:
        assert match_name(asked=asked, owners=["Ada Lovelace", "…"]).result == "none"
