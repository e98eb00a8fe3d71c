"""What a password must be."""

import pytest

from services.identity.domain.password import (
    PasswordTooCommon,
    PasswordTooLong,
    PasswordTooShort,
    check_new_password,
)


class TestCheckNewPassword:
    def test_takes_fifteen_characters_of_any_kind(self) -> None:
        assert check_new_password(password="fifteen letters", email="a@b.bank") == "fifteen letters"

    def test_takes_the_sandboxs_own(self) -> None:
        check_new_password(password="demo-password-ada", email="ada@demo.bank")

    def test_refuses_fourteen(self) -> None:
        with pytest.raises(PasswordTooShort) as refused:
            check_new_password(password="fourteen chars", email="a@b.bank")
        assert refused.value.numbers == {"min_length": 15}

    def test_refuses_more_than_256(self) -> None:
        with pytest.raises(PasswordTooLong):
            check_new_password(password="abcdefgh" * 32 + "i", email="a@b.bank")

    @pytest.mark.parametrize("password", ["a" * 20, "PasswordPassword", "somebody@demo.bank", "ababababababababab"])
    def test_refuses_what_is_tried_first(self, password: str) -> None:
        with pytest.raises(PasswordTooCommon):
            check_new_password(password=password, email="Somebody@demo.bank")

    def test_reads_the_same_characters_from_two_keyboards_alike(self) -> None:
        composed = check_new_password(password="caf\u00e9 caf\u00e9 caf\u00e9 x", email="a@b.bank")
        assert composed == check_new_password(password="cafe\u0301 cafe\u0301 cafe\u0301 x", email="a@b.bank")

    def test_takes_eight_together_with_a_second_factor(self) -> None:
        check_new_password(password="kef!zuo9", email="a@b.bank", with_factor=True)
        with pytest.raises(PasswordTooShort):
            check_new_password(password="kef!zu9", email="a@b.bank", with_factor=True)

    @pytest.mark.parametrize(
        "password",
        ["Password2026!!!!", "P@ssw0rd12345678", "1234567890123456", "qwertyuiopasdfghjkl", "abcabcabcabcabcabc"],
    )
    def test_refuses_common_ones_however_they_are_decorated(self, password: str) -> None:
        with pytest.raises(PasswordTooCommon):
            check_new_password(password=password, email="a@b.bank")

    @pytest.mark.parametrize("password", ["strongroom-bank-2026", "toni.tester.1990!", "Toni Tester 123456"])
    def test_refuses_what_is_made_of_the_persons_and_the_banks_names(self, password: str) -> None:
        with pytest.raises(PasswordTooCommon):
            check_new_password(password=password, email="t.t@b.bank", names=("Toni", "Tester"))
