"""What is computed from measurements: medians, spreads, percentiles, ratios."""

import math
import statistics
from collections.abc import Sequence


def median(values: Sequence[float]) -> float:
    """Give the median.

    :raises ValueError: if there is no value
    """
    return float(statistics.median(values))


def spread(values: Sequence[float]) -> tuple[float, float]:
    """Give the least and the greatest value."""
    return min(values), max(values)


def percentile(values: Sequence[float], percent: float) -> float:
    """Give the smallest value that at least so many percent of all do not exceed (nearest rank).

    :raises ValueError: if there is no value or the percentage is outside 0 … 100
    """
    if not values or not 0 < percent <= 100:
        raise ValueError("A percentile needs values and a percentage above 0 and up to 100.")
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1]


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Give the median of ours over the median of theirs."""
    return median(ours) / median(theirs)


def rate(answered_at: Sequence[float], *, seconds: float) -> float:
    """Give answers per second within the time of a run; what was still on its way at the end is not counted."""
    return sum(1 for at in answered_at if at <= seconds) / seconds
