"""Limits that customers set for themselves: a lower one holds at once, a higher one or none after a day.

Amounts are in minor units of the account's currency; a limit that is not there is none. The product's limits hold
beside them, and the ledger caps both by how well the bank knows the owners.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.accounts.domain.product import LIMIT_NAMES

Limits = Mapping[str, int]
RAISE_DELAY = timedelta(hours=24)
"""By the bank's clock: whoever took over a login does not raise a limit and use it in one go."""


@dataclass(frozen=True, slots=True)
class LimitChange:
    """What holds from now on, and what holds from `due_at` on where that is not the same."""

    now: dict[str, int]
    later: dict[str, int] | None
    due_at: datetime | None


def tighter(one: Limits, other: Limits) -> dict[str, int]:
    """Give the lower of two limits by name; where one has none, the other's."""
    both = {name: [limits[name] for limits in (one, other) if name in limits] for name in LIMIT_NAMES}
    return {name: min(values) for name, values in both.items() if values}


def change_limits(*, present: Limits, wanted: Limits, at: datetime) -> LimitChange:
    """Give what becomes of a wish: at once what is lower, the rest when the delay is over."""
    now = tighter(present, wanted)
    if now == dict(wanted):
        return LimitChange(now, None, None)
    return LimitChange(now, dict(wanted), at + RAISE_DELAY)
