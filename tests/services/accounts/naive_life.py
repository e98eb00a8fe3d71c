"""The life of one account as somebody would tell it on a napkin: what a wish leads to, and what is told of it.

It knows nothing of contracts, versions, keys or jobs. A wish while the ledger is away waits until it is back.
"""

from dataclasses import dataclass, field
from typing import Literal

Actor = Literal["owner", "officer", "supervisor"]
Ledger = Literal["there", "away", "mute"]
WAITS = "waits"
DONE = "done"
BY_STAFF = {"officer": {"officer", "supervisor"}, "supervisor": {"supervisor"}, "customer": {"officer", "supervisor"}}


@dataclass
class NaiveLife:
    """An account that is open, and the ledger that is there, away, or acts without an answer (`mute`)."""

    status: str = "open"
    freeze: str = "none"
    lifter: str = ""
    asleep: bool = False
    balance: int = 0
    ledger: Ledger = "there"
    waiting: str | None = None
    with_payout: bool = False
    told: list[str] = field(default_factory=lambda: ["account-opened"])

    @property
    def shown(self) -> str:
        """Give the status that the bank shows: on its way while a change waits; a reopening still shows `closed`."""
        ways = {"freeze": "freezing", "unfreeze": "unfreezing", "wake": "unfreezing", "close": "closing"}
        return ways.get(self.waiting or "", self.status)

    def freeze_it(self, by: Actor, how: str, lifter: str | None, reason: str | None) -> str:
        """Freeze, or freeze otherwise (staff only)."""
        if self.waiting:
            return "accounts.account-in-transition"
        if self.status == "closed":
            return "accounts.account-not-open"
        if by == "owner" and self.status == "frozen":
            return "accounts.already-frozen"
        if by != "owner" and not reason:
            return "accounts.reason-required"
        self.freeze, self.lifter = how, "customer" if by == "owner" else lifter or "officer"
        return self._go("freeze")

    def unfreeze(self, by: Actor, reason: str | None) -> str:
        """Lift the freeze, if it is the caller's to lift."""
        if self.waiting:
            return "accounts.account-in-transition"
        if self.status != "frozen":
            return "accounts.not-frozen"
        if by not in BY_STAFF[self.lifter] | ({"owner"} if self.lifter == "customer" else set()):
            return "accounts.unfreeze-not-allowed"
        if by != "owner" and not reason:
            return "accounts.reason-required"
        self.freeze = "none"
        return self._go("unfreeze")

    def wake(self, by: Actor, reason: str | None) -> str:
        """Wake it."""
        if self.waiting:
            return "accounts.account-in-transition"
        if self.status != "dormant":
            return "accounts.not-dormant"
        if by != "owner" and not reason:
            return "accounts.reason-required"
        self.asleep = False
        return self._go("wake")

    def close(self, by: Actor, reason: str | None, *, with_payout: bool) -> str:
        """Close it, with an account for the rest or without."""
        if self.waiting:
            return "accounts.account-in-transition"
        if self.status not in ("open", "dormant"):
            return "accounts.account-not-open"
        if by != "owner" and not reason:
            return "accounts.reason-required"
        self.with_payout = with_payout
        if self.balance and not with_payout and self.ledger == "there":
            return "accounts.account-not-empty"
        return self._go("close")

    def reopen(self, reason: str | None) -> str:
        """Open it again, as staff."""
        if self.waiting:
            return "accounts.account-in-transition"
        if self.status != "closed":
            return "accounts.not-closed"
        if not reason:
            return "accounts.reason-required"
        self.asleep = False
        return self._go("reopen")

    def sleep(self) -> None:
        """Let it sleep; only what is open does."""
        if not self.waiting and self.status == "open":
            self.status, self.asleep = "dormant", True
            self.told.append("account-turned-dormant")

    def come_back(self) -> None:
        """Let the ledger be there again, and what waits be done."""
        self.ledger = "there"
        if self.waiting:
            self._end(self.waiting)

    def _go(self, change: str) -> str:
        if self.ledger != "there":
            self.waiting = change
            return WAITS
        self._end(change)
        return DONE

    def _end(self, change: str) -> None:
        self.waiting = None
        if change == "close" and self.balance and not self.with_payout:
            return
        if change == "close":
            self.balance = 0
        self.status = "closed" if change == "close" else self._resting()
        self.told.append(
            {"freeze": "account-frozen", "unfreeze": "account-unfrozen", "wake": "account-woken"}.get(
                change, {"close": "account-closed", "reopen": "account-reopened"}.get(change, "")
            )
        )

    def _resting(self) -> str:
        if self.freeze != "none":
            return "frozen"
        return "dormant" if self.asleep else "open"
