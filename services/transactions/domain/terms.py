"""What holds for a product on a day: day count, capitalisation, fees, and the tiers of its interest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.transactions.domain.day_count import DayCount
from services.transactions.domain.interest import Capitalisation, Kind, Tier

DAY_COUNTS: tuple[DayCount, ...] = ("act/365f", "act/360", "act/act", "30/360")


@dataclass(frozen=True, slots=True)
class FeeTerms:
    """A fee: `monthly`, `per-item`, or `below-minimum`; amounts in minor units of `currency`."""

    kind: str
    amount_minor: int
    currency: str
    waivable: bool = False
    waived_from_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """One version of a product's terms; it holds from its day until the next version's."""

    product: str
    version: int
    effective_from: date
    day_count: DayCount = "act/365f"
    capitalisation: Capitalisation = "monthly"
    fees: tuple[FeeTerms, ...] = ()


@dataclass(frozen=True, slots=True)
class Rate:
    """An interest rate of one tier, in basis points a year, from a day on until the tier's next one."""

    rate_id: str
    product: str
    side: Kind
    tier_from_minor: int
    rate_basis_points: int
    effective_from: date


def read_terms(product: str, version: int, effective_from: date, content: Mapping[str, Any]) -> Terms:
    """Read the terms as `accounts` writes them; what is missing or unknown is as it is by default."""
    day_count = content.get("day_count")
    quarterly = content.get("capitalisation") == "quarterly"
    fees = tuple(
        FeeTerms(
            kind=str(fee["kind"]),
            amount_minor=int(fee["amount_minor"]),
            currency=str(fee["currency"]),
            waivable=bool(fee.get("waivable")),
            waived_from_minor=fee.get("waived_from_minor"),
        )
        for fee in content.get("fees") or ()
    )
    return Terms(
        product=product,
        version=version,
        effective_from=effective_from,
        day_count=day_count if day_count in DAY_COUNTS else "act/365f",
        capitalisation="quarterly" if quarterly else "monthly",
        fees=fees,
    )


@dataclass(slots=True)
class TermsBook:
    """All terms and rates that the bank ever had; answers what holds on a day, and remembers the answer."""

    terms: Iterable[Terms] = ()
    rates: Iterable[Rate] = ()
    _terms: dict[str, list[Terms]] = field(default_factory=dict)
    _rates: dict[tuple[str, str], list[Rate]] = field(default_factory=dict)
    _tiers: dict[tuple[str, str, date], tuple[Tier, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort by product, the newest last."""
        for one in sorted(self.terms, key=lambda terms: (terms.effective_from, terms.version)):
            self._terms.setdefault(one.product, []).append(one)
        for rate in sorted(self.rates, key=lambda rate: rate.effective_from):
            self._rates.setdefault((rate.product, rate.side), []).append(rate)

    def on(self, product: str, day: date) -> Terms:
        """Give the terms of a product on a day; a product without any is plain."""
        found = Terms(product=product, version=0, effective_from=date.min)
        for one in self._terms.get(product, ()):
            if one.effective_from <= day:
                found = one
        return found

    def tiers(self, product: str, side: Kind, day: date) -> tuple[Tier, ...]:
        """Give the tiers in force on a day, by where they begin; a rate of 0 ends a tier's interest."""
        known = self._tiers.get((product, side, day))
        if known is None:
            by_tier = {
                rate.tier_from_minor: rate.rate_basis_points
                for rate in self._rates.get((product, side), ())
                if rate.effective_from <= day
            }
            known = tuple(Tier(begins, by_tier[begins]) for begins in sorted(by_tier)) if any(by_tier.values()) else ()
            if len(self._tiers) > 10_000:
                self._tiers.clear()
            self._tiers[(product, side, day)] = known
        return known
