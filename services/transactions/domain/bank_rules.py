"""What this bank has decided for itself: caps by KYC level, how far back a booking may be valued, from which amount a
customer confirms a transfer once more, and from which a command of the desk waits for a second person."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.transactions.domain.approval import ApprovalRule, rules_from
from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.domain.limits import UNLIMITED, Limits

ANY_CURRENCY = "*"
"""Where a level names no caps for a currency, these hold, in that currency's minor units."""

Caps = Mapping[int, Mapping[str, Limits]]
"""By KYC level, then by currency."""


@dataclass(frozen=True, slots=True)
class BankRules:
    """Caps on limits by KYC level, the days that a value date may lie back, and the amounts in minor units from which a
    transfer needs a step-up: any, and one to a payee who is new. Without a word: no caps, no past, no step-ups."""

    kyc_caps: Caps = field(default_factory=dict)
    back_value_days: int = 0
    step_up_from_minor: int | None = None
    new_payee_from_minor: int | None = None
    new_payee_limit_minor: int | None = None
    """What one customer may send one new payee on a business date while it is new; None: no cooling-off."""
    approvals: Mapping[str, ApprovalRule] = field(default_factory=dict)
    """Which commands (deposit, withdrawal, reversal) wait for a second person; none without a rule."""

    def limits_of(self, account: LedgerAccount) -> Limits:
        """Give the limits in force for an account: its own, capped by the KYC level of its holder.

        A contract that names no level counts as level 0; a level without caps of its own has those of the next lower.
        """
        own = account.limits
        caps = self._caps(own.get("kyc_level", 0), account.currency) if self.kyc_caps else UNLIMITED
        if not own or (len(own) == 1 and "kyc_level" in own):
            return caps
        return Limits.of(own).capped_by(caps)

    def _caps(self, level: int, currency: str) -> Limits:
        while level >= 0 and level not in self.kyc_caps:
            level -= 1
        by_currency = self.kyc_caps.get(level, {})
        return by_currency.get(currency) or by_currency.get(ANY_CURRENCY) or UNLIMITED


NO_RULES = BankRules()


def _caps_of_level(per_transaction: int, per_day: int, per_month: int, count: int) -> Mapping[str, Limits]:
    """Write a level's caps from whole euros; a yen and a thousandth of a dinar are worth something else than a cent."""
    minor_per_euro = {"EUR": 100, "JPY": 160, "KWD": 350, ANY_CURRENCY: 100}
    return {
        currency: Limits(per_transaction * minor, per_day * minor, per_month * minor, count)
        for currency, minor in minor_per_euro.items()
    }


PRODUCTION_RULES = BankRules(
    kyc_caps={
        0: _caps_of_level(50, 100, 250, 5),
        1: _caps_of_level(500, 1_000, 5_000, 20),
        2: _caps_of_level(25_000, 50_000, 250_000, 200),
        3: _caps_of_level(250_000, 500_000, 5_000_000, 2_000),
    },
    back_value_days=30,
    step_up_from_minor=100_000,
    new_payee_from_minor=3_000,
    new_payee_limit_minor=50_000,
    approvals=rules_from(1_000_000),
)
"""What holds unless the settings say otherwise."""

SANDBOX_RULES = BankRules(
    kyc_caps={0: PRODUCTION_RULES.kyc_caps[0], 1: PRODUCTION_RULES.kyc_caps[1], 2: {}},
    back_value_days=90,
    step_up_from_minor=1_000_000,
    new_payee_from_minor=100_000,
    approvals=rules_from(5_000_000),
)
"""Who is at level 2, which is everybody in the sandbox, has no caps."""
