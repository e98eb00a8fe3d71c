"""The same bank as a child would keep it: dictionaries of numbers. The ledger's pure core is compared with it."""

from dataclasses import dataclass, field
from datetime import date, timedelta

NAMES = ("a", "b", "c", "d")
FLOORS = {"a": 0, "b": 0, "c": 100, "d": -50}
"""How low a debit may bring each account: nothing, nothing, a min balance, an overdraft; in minor units."""

LIMITS = {"b": {"per_transaction_minor": 300, "per_day_minor": 900, "per_month_minor": 4_000, "per_day_count": 9}}
"""What may leave an account by its own orders, in minor units and in number."""

MINUTES_A_DAY = 24 * 60
CLEARING, CASH, FEES = "clearing", "cash", "fees"


@dataclass
class NaiveHold:
    """Money set aside until a minute."""

    account: str
    open: int
    until: int
    live: bool = True
    day: int = 0


@dataclass
class NaiveEntry:
    """Money that went from one place to another."""

    payer: str
    payee: str
    amount: int
    undone: bool = False
    undoes: bool = False
    counted: int | None = None
    """The day on which it used the payer's limits, if it did."""


@dataclass
class NaiveBank:
    """Each verb does what it says if it may, and says whether it did; amounts in minor units, time in minutes."""

    booked: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*NAMES, CLEARING, CASH, FEES), 0))
    status: dict[str, str] = field(default_factory=lambda: dict.fromkeys(NAMES, "open"))
    freeze: dict[str, str] = field(default_factory=lambda: dict.fromkeys(NAMES, "none"))
    holds: dict[str, NaiveHold] = field(default_factory=dict)
    entries: dict[str, NaiveEntry] = field(default_factory=dict)
    used: dict[tuple[str, str, int], int] = field(default_factory=dict)
    minute: int = 0

    @property
    def day(self) -> int:
        """Count days from the first of a year."""
        return self.minute // MINUTES_A_DAY

    def count(self, name: str, amount: int, day: int, *, orders: int = 0) -> None:
        """Note what left an account, or with a minus what came back."""
        for key, change in ((("day", day), amount), (("month", month_of(day)), amount), (("orders", day), orders)):
            self.used[(name, *key)] = self.used.get((name, *key), 0) + change

    def within(self, name: str, amount: int) -> bool:
        """Tell whether an order is within the account's limits."""
        limits = LIMITS.get(name)
        if limits is None:
            return True
        today, month = self.used.get((name, "day", self.day), 0), self.used.get((name, "month", month_of(self.day)), 0)
        return (
            amount <= limits["per_transaction_minor"]
            and today + amount <= limits["per_day_minor"]
            and month + amount <= limits["per_month_minor"]
            and self.used.get((name, "orders", self.day), 0) < limits["per_day_count"]
        )

    def held(self, name: str) -> int:
        """Sum what is set aside."""
        return sum(hold.open for hold in self.holds.values() if hold.live and hold.account == name)

    def available(self, name: str) -> int:
        """Say how much a debit may take."""
        return self.booked[name] - self.held(name) - FLOORS[name]

    def may(self, name: str, direction: str) -> bool:
        """Tell whether the contract allows it."""
        return name not in NAMES or (self.status[name] == "open" and self.freeze[name] not in (direction, "all"))

    def move(self, entry_id: str, payer: str, payee: str, amount: int, *, undoes: bool = False) -> None:
        """Move money."""
        self.booked[payer] -= amount
        self.booked[payee] += amount
        self.entries[entry_id] = NaiveEntry(payer, payee, amount, undoes=undoes)

    def pay(self, entry_id: str, payer: str, payee: str, amount: int) -> bool:
        """Deposit (the payer is cash), withdraw (the payee is cash), or transfer."""
        if payer == payee or not self.may(payer, "debit") or not self.may(payee, "credit"):
            return False
        if payer in NAMES and (amount > self.available(payer) or not self.within(payer, amount)):
            return False
        self.move(entry_id, payer, payee, amount)
        if payer in NAMES:
            self.count(payer, amount, self.day, orders=1)
            self.entries[entry_id].counted = self.day
        return True

    def charge(self, entry_id: str, name: str, amount: int) -> bool:
        """Take a fee, below the floor if it must be."""
        if self.status[name] == "closed" or self.freeze[name] == "all":
            return False
        self.move(entry_id, name, FEES, amount)
        return True

    def place(self, hold_id: str, name: str, amount: int, minutes: int) -> bool:
        """Set money aside."""
        if not self.may(name, "debit") or amount > self.available(name) or not self.within(name, amount):
            return False
        self.holds[hold_id] = NaiveHold(name, amount, self.minute + minutes, day=self.day)
        self.count(name, amount, self.day, orders=1)
        return True

    def end(self, hold: NaiveHold) -> None:
        """Give back what is still set aside, to the account and to its limits."""
        hold.live = False
        self.count(hold.account, -hold.open, hold.day)

    def capture(self, entry_id: str, hold_id: str, payee: str, amount: int | None, final: bool) -> bool:
        """Turn set-aside money into a payment."""
        hold = self.holds[hold_id]
        taken = hold.open if amount is None else amount
        if not hold.live or self.minute >= hold.until or taken > hold.open or payee == hold.account:
            return False
        if not self.may(hold.account, "debit") or not self.may(payee, "credit"):
            return False
        self.move(entry_id, hold.account, payee, taken)
        hold.open -= taken
        if hold.open == 0 or final:
            self.end(hold)
        return True

    def release(self, hold_id: str) -> bool:
        """Give set-aside money back."""
        hold = self.holds[hold_id]
        if not hold.live or self.minute >= hold.until:
            return False
        self.end(hold)
        return True

    def expire(self) -> None:
        """End what is over."""
        for hold in self.holds.values():
            if hold.live and self.minute >= hold.until:
                self.end(hold)

    def reverse(self, entry_id: str, original_id: str) -> bool:
        """Undo a payment, once, if the money is still there."""
        original = self.entries[original_id]
        if original.undone or original.undoes:
            return False
        if "closed" in (self.status.get(original.payer), self.status.get(original.payee)):
            return False
        if original.payee in NAMES and original.amount > self.available(original.payee):
            return False
        original.undone = True
        if original.counted is not None:
            self.count(original.payer, -original.amount, original.counted)
        self.move(entry_id, original.payee, original.payer, original.amount, undoes=True)
        return True

    def change(self, name: str, status: str, freeze: str) -> bool:
        """Change a contract; an account with money or holds is not closed."""
        if status == "closed" and (self.booked[name] or self.held(name)):
            return False
        self.status[name], self.freeze[name] = status, freeze
        return True


def month_of(day: int) -> int:
    """Give the month of a day, counted from the first of January 2026."""
    found = date(2026, 1, 1) + timedelta(days=day)
    return 12 * found.year + found.month
