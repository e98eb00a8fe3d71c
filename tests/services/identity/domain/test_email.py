"""One spelling for one mailbox."""

import pytest

from services.identity.domain.email import InvalidEmail, email_as_typed, normalise_email


class TestNormaliseEmail:
    def test_lowers_it(self) -> None:
        assert normalise_email(email="Ada.L@Demo.BANK") == "ada.l@demo.bank"

    @pytest.mark.parametrize(
        "email", ["ada", "ada@", "@demo.bank", "a b@demo.bank", "ada@demo", "äda@demo.bank", f"{'a' * 300}@x.bank"]
    )
    def test_refuses_what_is_none(self, email: str) -> None:
        with pytest.raises(InvalidEmail):
            normalise_email(email=email)

    def test_takes_test_domains_only_when_told(self) -> None:
        assert normalise_email(email="ada@shop.test", allow_test_domains=True) == "ada@shop.test"
        with pytest.raises(InvalidEmail):
            normalise_email(email="ada@shop.test")


class TestEmailAsTyped:
    def test_finds_the_kept_spelling(self) -> None:
        assert email_as_typed("  Ada@Demo.bank ") == normalise_email(email="ada@demo.bank")
