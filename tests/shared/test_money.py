"""Money: amounts are split without losing a minor unit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.money import allocate

amounts = st.integers(-(10**15), 10**15)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)


class TestAllocate:
    @settings(max_examples=200, deadline=None, database=None)
    @given(amount=amounts, by=weights)
    def test_loses_nothing_and_stays_within_one_unit_of_the_exact_share(self, amount: int, by: list[int]) -> None:
        parts = allocate(amount, by)
        assert sum(parts) == amount
        total = sum(by)
        for part, weight in zip(parts, by, strict=True):
            assert abs(part * total - amount * weight) < total
            assert part == 0 or (weight > 0 and (part > 0) == (amount > 0))

    @settings(max_examples=100, deadline=None, database=None)
    @given(amount=amounts, by=weights, times=st.integers(1, 9))
    def test_depends_on_the_ratio_of_the_weights_only(self, amount: int, by: list[int], times: int) -> None:
        assert allocate(amount, [weight * times for weight in by]) == allocate(amount, by)

    @settings(max_examples=100, deadline=None, database=None)
    @given(amount=amounts, by=weights)
    def test_gives_the_units_that_are_left_to_the_largest_remainders(self, amount: int, by: list[int]) -> None:
        total, parts = sum(by), [abs(part) for part in allocate(amount, by)]
        remainders = [abs(amount) * weight % total for weight in by]
        lucky = [r for part, r, w in zip(parts, remainders, by, strict=True) if part > abs(amount) * w // total]
        others = [r for part, r, w in zip(parts, remainders, by, strict=True) if part == abs(amount) * w // total]
        assert not lucky or not others or min(lucky) >= max(others)

    @pytest.mark.parametrize(
        ("amount", "by", "parts"),
        [
            (100, [1, 1, 1], [34, 33, 33]),
            (5, [3, 7], [2, 3]),
            (-1, [1, 1], [-1, 0]),
            (0, [1, 2], [0, 0]),
            (1, [0, 1], [0, 1]),
        ],
    )
    def test_gives_the_first_of_equals_first(self, amount: int, by: list[int], parts: list[int]) -> None:
        assert allocate(amount, by) == parts

    @pytest.mark.parametrize("by", [[], [0, 0], [2, -1]])
    def test_refuses_weights_that_share_nothing(self, by: list[int]) -> None:
        with pytest.raises(ValueError, match="Weights"):
            allocate(1, by)
