"""The benchmark's own arithmetic: medians, percentiles, rates, and goals that are met or not."""

from typing import Any

import pytest

from tests.benchmark.arithmetic import median, percentile, rate, ratio, spread
from tests.benchmark.goals import Goal, judge


class TestMedian:
    def test_is_the_middle_of_an_odd_number_of_runs(self) -> None:
        assert median([5, 1, 3]) == 3

    def test_is_between_the_two_in_the_middle_of_an_even_number(self) -> None:
        assert median([4, 1, 2, 100]) == 3

    def test_needs_a_value(self) -> None:
        with pytest.raises(ValueError, match="no median"):
            median([])


class TestPercentile:
    @pytest.mark.parametrize(("percent", "expected"), [(50, 50), (95, 95), (99, 99), (100, 100), (0.5, 1)])
    def test_is_a_measured_value_that_so_many_do_not_exceed(self, percent: float, expected: int) -> None:
        assert percentile(list(range(100, 0, -1)), percent) == expected

    def test_of_few_values_is_the_worst_one(self) -> None:
        assert percentile([3.0, 1.0, 2.0], 99) == 3.0

    @pytest.mark.parametrize("percent", [0, -1, 101])
    def test_refuses_percentages_that_are_none(self, percent: float) -> None:
        with pytest.raises(ValueError, match="percentage"):
            percentile([1.0], percent)


class TestRatio:
    def test_is_the_ratio_of_medians_not_the_median_of_ratios(self) -> None:
        assert ratio([10, 20, 90], [1, 10, 5]) == 4

    def test_spread_is_least_and_most(self) -> None:
        assert spread([2.0, 1.0, 3.0]) == (1.0, 3.0)


class TestRate:
    def test_leaves_out_what_was_answered_after_the_time_of_the_run(self) -> None:
        assert rate([0.1, 0.5, 1.9, 2.0, 2.1], seconds=2) == 2


def runs(**changed: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Runs in which every goal is met, some of them changed."""
    rates = {
        "pgbench": 5_000,
        "pgbench-hot": 1_000,
        "plain": 250,
        "plain-hot": 250,
        "raw": 20_000,
        "engine": 10_000,
        "gateway-64": 6_000,
        "gateway-256": 7_000,
        "gateway-hot-64": 5_500,
        "gateway-batch-500": 15_000,
    }
    made: dict[str, list[dict[str, Any]]] = {name: [{"transfers_per_second": one}] for name, one in rates.items()}
    made["open-loop"] = [{"transfers_per_second": 3_500, "latency_ms": {"p99": 20.0}, "errors": 0}]
    return made | changed


def unmet(goals: list[Goal]) -> list[str]:
    return [goal.name for goal in goals if not goal.met]


class TestGoals:
    def test_are_all_met_when_every_figure_reaches_its_bar(self) -> None:
        assert unmet(judge(runs(), [])) == []

    def test_a_slower_gateway_misses_the_goals_it_stands_in(self) -> None:
        found = unmet(judge(runs(**{"gateway-64": [{"transfers_per_second": 4_999}]}), []))
        assert found == ["gateway, 64 connections ÷ pgbench (a)", "gateway, 64 connections ÷ plain variant (b)"]

    def test_a_late_answer_at_half_of_peak_misses_its_goal(self) -> None:
        late = [{"transfers_per_second": 3_500, "latency_ms": {"p99": 25.1}}]
        assert unmet(judge(runs(**{"open-loop": late}), [])) == ["p99 at half of peak, counted from the intended time"]

    def test_one_error_or_one_broken_invariant_is_too_many(self) -> None:
        failed = [{"transfers_per_second": 6_000, "errors": 1, "wrong": ["an entry does not balance"]}]
        found = judge(runs(**{"gateway-64": failed}), ["a balance differs"])
        assert unmet(found) == ["errors in all runs", "broken invariants after all runs"]
        assert [goal.measured for goal in found[-2:]] == [1, 2]
