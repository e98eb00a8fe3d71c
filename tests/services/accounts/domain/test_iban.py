"""The bank's own account numbers."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from schwifty import IBAN

from services.accounts.domain.iban import BadAccountNumber, account_number_of, is_ours, read_account_number

counters = st.integers(min_value=1, max_value=10**10)


class TestAccountNumberOf:
    @given(counter=counters)
    def test_gives_a_valid_iban_under_a_code_no_bank_has(self, counter: int) -> None:
        iban = IBAN(account_number_of(counter=counter))
        assert iban.is_valid
        assert iban.country_code == "DE"
        assert iban.bic is None
        assert is_ours(str(iban))

    @given(one=counters, other=counters)
    def test_gives_no_number_twice(self, one: int, other: int) -> None:
        assert (account_number_of(counter=one) == account_number_of(counter=other)) == (one == other)

    def test_does_not_count_up_visibly(self) -> None:
        digits = [int(account_number_of(counter=n)[12:]) for n in range(1, 50)]
        assert 1 not in {abs(a - b) for a, b in pairwise(digits)}

    @pytest.mark.parametrize("counter", [0, -1, 10**10 + 1])
    def test_refuses_a_counter_outside_its_range(self, counter: int) -> None:
        with pytest.raises(ValueError, match="range"):
            account_number_of(counter=counter)


class TestReadAccountNumber:
    @given(counter=counters, place=st.integers(min_value=2, max_value=21), shift=st.integers(min_value=1, max_value=9))
    def test_refuses_any_single_wrong_digit(self, counter: int, place: int, shift: int) -> None:
        right = account_number_of(counter=counter)
        wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
        with pytest.raises(BadAccountNumber):
            read_account_number(wrong)

    def test_reads_it_as_people_write_it(self) -> None:
        number = account_number_of(counter=1)
        spaced = " ".join(number[i : i + 4] for i in range(0, len(number), 4)).lower()
        assert read_account_number(spaced) == number

    @pytest.mark.parametrize("text", ["", "DE", "x" * 200, "１２３４", "DE00", "\x00"])
    def test_refuses_what_is_no_iban(self, text: str) -> None:
        with pytest.raises(BadAccountNumber):
            read_account_number(text)
