"""Who owns an account, and who of them signs: one alone (`either`) or all together (`both`)."""

from collections.abc import Collection
from enum import StrEnum

from services.accounts.domain.account import AccountStatus
from services.accounts.domain.account_life import AccountNotOpen, LifeState, require_at_rest
from shared.errors import Conflict, NotFound

MOST_OWNERS = 10


class Mandate(StrEnum):
    """Whose signature moves money: one owner's, or that of all."""

    EITHER = "either"
    BOTH = "both"


class OwnerNotFound(NotFound):
    """The customer does not own this account."""

    code = "accounts.owner-not-found"
    title = "No such owner"
    next_step = "Choose one of the owners that GET /api/v1/accounts/{account_id}/owners lists."


class AlreadyOwner(Conflict):
    """Nobody owns an account twice."""

    code = "accounts.already-owner"
    title = "This customer owns the account already"
    next_step = "Nothing is left to do; GET /api/v1/accounts/{account_id}/owners lists the owners."


class TooManyOwners(Conflict):
    """An account has so many owners at most."""

    code = "accounts.too-many-owners"
    title = "The account has as many owners as it can have"
    next_step = "Have an owner leave first; most_owners says how many there may be."


class LastOwner(Conflict):
    """An account without an owner would be nobody's."""

    code = "accounts.last-owner"
    title = "The last owner cannot leave"
    next_step = "Close the account instead."


class SingleOwner(Conflict):
    """One owner always signs alone."""

    code = "accounts.single-owner"
    title = "The account has one owner"
    next_step = "Invite another owner first; then say how you sign."


class MandateUnchanged(Conflict):
    """The owners sign like this already."""

    code = "accounts.mandate-unchanged"
    title = "The owners sign like this already"
    next_step = "Nothing is left to do."


def require_steady(state: LifeState) -> None:
    """Refuse a change of owners on an account that is not open or dormant.

    :raises AccountInTransition, AccountNotOpen: if it is frozen, closed, or on its way
    """
    require_at_rest(state)
    if state.status not in (AccountStatus.OPEN, AccountStatus.DORMANT):
        raise AccountNotOpen(account_status=state.status)


def signs_together(*, mandate: str, owners: Collection[str]) -> bool:
    """Tell whether one owner's word is not enough."""
    return mandate == Mandate.BOTH and len(owners) > 1


def mandate_among(owners: Collection[str], *, wanted: str) -> Mandate:
    """Give how owners sign: as they want, or alone where there is only one."""
    return Mandate(wanted) if len(owners) > 1 else Mandate.EITHER


def require_removable(owners: Collection[str], customer_id: str) -> None:
    """Refuse to let somebody leave who is no owner, or the last one.

    :raises OwnerNotFound, LastOwner: accordingly
    """
    if customer_id not in owners:
        raise OwnerNotFound
    if len(owners) == 1:
        raise LastOwner


def require_addable(owners: Collection[str], customer_id: str | None = None) -> None:
    """Refuse one more owner, or (if it is known who that is) one who is an owner.

    :raises AlreadyOwner, TooManyOwners: accordingly
    """
    if customer_id in owners:
        raise AlreadyOwner
    if len(owners) >= MOST_OWNERS:
        raise TooManyOwners(most_owners=MOST_OWNERS)


def require_other_mandate(owners: Collection[str], *, present: str, wanted: str) -> None:
    """Refuse a change of how owners sign that changes nothing, or has no sense.

    :raises SingleOwner, MandateUnchanged: accordingly
    """
    if len(owners) < 2:
        raise SingleOwner
    if present == wanted:
        raise MandateUnchanged(mandate=present)
