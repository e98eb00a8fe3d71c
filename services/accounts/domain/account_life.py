"""How an account moves through its life: what may follow what, who may freeze it and who may lift that.

A change that the ledger must know of goes through a state in -ing: `freezing`, `unfreezing`, `closing`, and a closed
account that is about to be opened again. `settled_status` says what it is once the ledger holds the contract.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from services.accounts.domain.account import AccountStatus
from shared.contracts.caller import Caller
from shared.errors import Conflict, Forbidden, Invalid

_AT_REST = frozenset({AccountStatus.OPEN, AccountStatus.DORMANT, AccountStatus.FROZEN, AccountStatus.CLOSED})


class Freeze(StrEnum):
    """What a freeze stops: what goes out, what comes in, or both, with the bank's own entries."""

    NONE = "none"
    DEBIT = "debit"
    CREDIT = "credit"
    ALL = "all"


class Lifter(StrEnum):
    """Who may lift a freeze; each may also be lifted by those after it."""

    CUSTOMER = "customer"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"


class AccountInTransition(Conflict):
    """The ledger does not know of the last change yet; nothing else may follow before it does."""

    code = "accounts.account-in-transition"
    title = "A change of this account is under way"
    next_step = "Wait a moment until the change is through, then try again."


class AccountNotOpen(Conflict):
    """The account is not in a state in which this can be done."""

    code = "accounts.account-not-open"
    title = "The account is not open"
    next_step = "Look at the account's status; a frozen account is unfrozen first, a closed one stays closed."


class AlreadyFrozen(Conflict):
    """The account is frozen; only staff change how."""

    code = "accounts.already-frozen"
    title = "The account is frozen already"
    next_step = "Nothing is left to do; ask an officer if the freeze shall be another one."


class NotFrozen(Conflict):
    """There is nothing to lift."""

    code = "accounts.not-frozen"
    title = "The account is not frozen"
    next_step = "Look at the account's status; there is nothing to lift."


class NotDormant(Conflict):
    """The account does not sleep."""

    code = "accounts.not-dormant"
    title = "The account is not dormant"
    next_step = "Look at the account's status; there is nothing to wake."


class UnfreezeNotAllowed(Forbidden):
    """Whoever froze the account said who may lift it, and the caller is not among them."""

    code = "accounts.unfreeze-not-allowed"
    title = "You may not lift this freeze"
    next_step = "Ask the bank why the account is frozen; lifted_by names who may lift it."


class ReasonRequired(Invalid):
    """Staff say why they do this to a customer's account."""

    code = "accounts.reason-required"
    title = "The reason is missing"
    next_step = "Say in reason why; it stands in the account's history."


class UnknownPayoutAccount(Invalid):
    """The rest cannot be paid to this account: missing, closed, the account itself, or not the caller's own."""

    code = "accounts.unknown-payout-account"
    title = "The rest cannot be paid out to this account"
    next_step = "Name another open account of the customer, in the same currency."


class AccountNotEmpty(Conflict):
    """The ledger does not close an account with money that has nowhere to go, with holds, or with open orders."""

    code = "accounts.account-not-empty"
    title = "The account still has money, holds or orders"
    next_step = "End the holds and orders, and name in payout_account_id where the rest shall go."


class PayoutRefused(Conflict):
    """The ledger could not pay the rest out, so the account stays as it was."""

    code = "accounts.payout-refused"
    title = "The rest could not be paid out"
    next_step = "Look at ledger_code for why, or name another account in payout_account_id."


class NotClosed(Conflict):
    """Only a closed account is opened again."""

    code = "accounts.not-closed"
    title = "The account is not closed"
    next_step = "Look at the account's status; there is nothing to open again."


class ReopeningOver(Conflict):
    """The account was closed too long ago."""

    code = "accounts.reopening-over"
    title = "The account was closed too long ago to be opened again"
    next_step = "Open a new account for the customer."


@dataclass(frozen=True, slots=True)
class LifeState:
    """Where an account stands; `closing_refused` once the ledger said no, `reopening` while it is closed still."""

    status: str
    freeze: str = Freeze.NONE
    is_dormant: bool = False
    closing_refused: bool = False
    reopening: bool = False

    @property
    def resting(self) -> AccountStatus:
        """Give the state of a living account in which nothing is under way."""
        if self.freeze != Freeze.NONE:
            return AccountStatus.FROZEN
        return AccountStatus.DORMANT if self.is_dormant else AccountStatus.OPEN

    @property
    def closes(self) -> bool:
        """Tell whether the contract that the ledger gets closes the account."""
        if self.status == AccountStatus.CLOSING:
            return not self.closing_refused
        return self.status == AccountStatus.CLOSED and not self.reopening


def settled_status(state: LifeState) -> AccountStatus:
    """Give the status that an account has once the ledger holds its contract."""
    return AccountStatus.CLOSED if state.closes else state.resting


def contract_status(state: LifeState) -> str:
    """Give the status of the contract that the ledger gets: open, dormant or closed."""
    if state.closes:
        return AccountStatus.CLOSED
    return AccountStatus.DORMANT if state.is_dormant else AccountStatus.OPEN


def require_at_rest(state: LifeState) -> None:
    """Refuse while a change is under way.

    :raises AccountInTransition: if the ledger does not hold the last one yet
    """
    if state.status not in _AT_REST or state.reopening:
        raise AccountInTransition(account_status=state.status)


def choose_freeze(*, state: LifeState, caller: Caller, lifted_by: Lifter | None, reason: str | None) -> Lifter:
    """Give who may lift a freeze that the caller asks for.

    :raises AccountInTransition, AccountNotOpen, AlreadyFrozen: if the account is not in a state for it
    :raises ReasonRequired: if staff do not say why
    """
    require_at_rest(state)
    if state.status == AccountStatus.CLOSED:
        raise AccountNotOpen(account_status=state.status)
    if not caller.is_staff:
        if state.status == AccountStatus.FROZEN:
            raise AlreadyFrozen(freeze=state.freeze)
        return Lifter.CUSTOMER
    require_reason(caller, reason)
    return lifted_by or Lifter.OFFICER


def require_lifter(*, state: LifeState, caller: Caller, lifted_by: str | None) -> None:
    """Refuse whoever may not lift the freeze.

    :raises AccountInTransition, NotFrozen: if there is nothing to lift, or not now
    :raises UnfreezeNotAllowed: if the freeze is to be lifted by others
    """
    require_at_rest(state)
    if state.status != AccountStatus.FROZEN:
        raise NotFrozen(account_status=state.status)
    by_staff = {Lifter.SUPERVISOR: ("supervisor",)}.get(Lifter(lifted_by or Lifter.OFFICER), ("officer", "supervisor"))
    if not (caller.has(*by_staff) or (lifted_by == Lifter.CUSTOMER and not caller.is_staff)):
        raise UnfreezeNotAllowed(lifted_by=lifted_by)


def require_closable(state: LifeState) -> None:
    """Refuse to close what is not open or dormant.

    :raises AccountInTransition, AccountNotOpen: if it is frozen, closed, or on its way
    """
    require_at_rest(state)
    if state.status not in (AccountStatus.OPEN, AccountStatus.DORMANT):
        raise AccountNotOpen(account_status=state.status)


def require_reopenable(state: LifeState, *, closed_at: datetime | None, at: datetime, window: timedelta) -> None:
    """Refuse to open an account again that is not closed, or was closed longer ago than the window.

    :raises AccountInTransition, NotClosed, ReopeningOver: accordingly
    """
    require_at_rest(state)
    if state.status != AccountStatus.CLOSED or closed_at is None:
        raise NotClosed(account_status=state.status)
    if at - closed_at > window:
        raise ReopeningOver(window_days=window.days)


def require_reason(caller: Caller, reason: str | None) -> None:
    """Refuse staff who do not say why.

    :raises ReasonRequired: accordingly
    """
    if caller.is_staff and not reason:
        raise ReasonRequired
