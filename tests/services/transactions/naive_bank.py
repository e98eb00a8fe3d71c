"""The same bank as a child would keep it: dictionaries of numbers. The ledger's pure core is compared with it."""

from dataclasses import dataclass, field

NAMES = ("a", "b", "c", "d")
FLOORS = {"a": 0, "b": 0, "c": 100, "d": -50}
"""How low a debit may bring each account: nothing, nothing, a min balance, an overdraft; in minor units."""

CLEARING, CASH = "clearing", "cash"


@dataclass
class NaiveHold:
    """Money set aside until a minute."""

    account: str
    open: int
    until: int
    live: bool = True


@dataclass
class NaiveEntry:
    """Money that went from one place to another."""

    payer: str
    payee: str
    amount: int
    undone: bool = False
    undoes: bool = False


@dataclass
class NaiveBank:
    """Each verb does what it says if it may, and says whether it did; amounts in minor units, time in minutes."""

    booked: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*NAMES, CLEARING, CASH), 0))
    status: dict[str, str] = field(default_factory=lambda: dict.fromkeys(NAMES, "open"))
    freeze: dict[str, str] = field(default_factory=lambda: dict.fromkeys(NAMES, "none"))
    holds: dict[str, NaiveHold] = field(default_factory=dict)
    entries: dict[str, NaiveEntry] = field(default_factory=dict)
    minute: int = 0

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
        if payer in NAMES and amount > self.available(payer):
            return False
        self.move(entry_id, payer, payee, amount)
        return True

    def place(self, hold_id: str, name: str, amount: int, minutes: int) -> bool:
        """Set money aside."""
        if not self.may(name, "debit") or amount > self.available(name):
            return False
        self.holds[hold_id] = NaiveHold(name, amount, self.minute + minutes)
        return True

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
        hold.live = hold.open > 0 and not final
        return True

    def release(self, hold_id: str) -> bool:
        """Give set-aside money back."""
        hold = self.holds[hold_id]
        if not hold.live or self.minute >= hold.until:
            return False
        hold.live = False
        return True

    def expire(self) -> None:
        """End what is over."""
        for hold in self.holds.values():
            hold.live = hold.live and self.minute < hold.until

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
        self.move(entry_id, original.payee, original.payer, original.amount, undoes=True)
        return True

    def change(self, name: str, status: str, freeze: str) -> bool:
        """Change a contract; an account with money or holds is not closed."""
        if status == "closed" and (self.booked[name] or self.held(name)):
            return False
        self.status[name], self.freeze[name] = status, freeze
        return True
