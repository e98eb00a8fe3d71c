"""Who may become a customer."""

from datetime import date

import pytest

from services.accounts.domain.customer import (
    BadCountry,
    BadDateOfBirth,
    BadEmail,
    BadPhone,
    TooYoung,
    check_age,
    mail_address,
    read_country,
    read_email,
    read_phone,
)

TODAY = date(2026, 3, 1)


class TestCheckAge:
    def test_takes_somebody_on_their_sixteenth_birthday(self) -> None:
        check_age(date_of_birth=date(2010, 3, 1), today=TODAY)

    def test_refuses_them_the_day_before(self) -> None:
        with pytest.raises(TooYoung):
            check_age(date_of_birth=date(2010, 3, 2), today=TODAY)

    @pytest.mark.parametrize("born", [date(2026, 3, 2), date(1800, 1, 1)])
    def test_refuses_a_date_nobody_alive_was_born_on(self, born: date) -> None:
        with pytest.raises(BadDateOfBirth):
            check_age(date_of_birth=born, today=TODAY)


class TestReadEmail:
    def test_gives_one_spelling(self) -> None:
        assert read_email("Ada@Demo.BANK", allow_test_domains=False) == "ada@demo.bank"

    @pytest.mark.parametrize("text", ["ada", "@demo.bank", "ada@demo.bank\r\nBcc: x@y.de", "a b@demo.bank"])
    def test_refuses_what_is_none(self, text: str) -> None:
        with pytest.raises(BadEmail):
            read_email(text, allow_test_domains=True)

    def test_takes_test_domains_in_the_sandbox_only(self) -> None:
        assert read_email("ada@shop.test", allow_test_domains=True) == "ada@shop.test"
        with pytest.raises(BadEmail):
            read_email("ada@shop.test", allow_test_domains=False)


class TestMailAddress:
    @pytest.mark.parametrize(
        ("kept", "sent"), [("ada@demo.bank", "ada@demo.bank"), ("ada@bücher.de", "ada@xn--bcher-kva.de")]
    )
    def test_writes_the_domain_as_mail_servers_take_it(self, kept: str, sent: str) -> None:
        assert read_email(sent, allow_test_domains=False) == kept
        assert mail_address(kept) == sent


class TestReadPhone:
    @pytest.mark.parametrize("text", ["+49 30 111111", "030 111111", "0049 (30) 11-11-11"])
    def test_gives_e164(self, text: str) -> None:
        assert read_phone(text) == "+4930111111"

    @pytest.mark.parametrize("text", ["123", "abc", "+49", "+4930111111111111111"])
    def test_refuses_what_is_none(self, text: str) -> None:
        with pytest.raises(BadPhone):
            read_phone(text)


class TestReadCountry:
    def test_gives_a_country(self) -> None:
        assert read_country("DE") == "DE"

    @pytest.mark.parametrize("text", ["de", "XX", "DEU", "", "Ｄ1"])
    def test_refuses_what_is_none(self, text: str) -> None:
        with pytest.raises(BadCountry):
            read_country(text)
