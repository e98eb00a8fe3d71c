"""When a customer must confirm a transfer once more: a large one, and one to a payee who is new to them."""

from collections.abc import Callable

from services.transactions.domain.access import owns
from services.transactions.domain.bank_rules import BankRules
from services.transactions.domain.ledger_account import LedgerAccount
from shared.contracts.caller import Caller


def depends_on_payee(amount_minor: int, rules: BankRules) -> bool:
    """Tell whether an amount (minor units) needs a step-up only if the payee is new: else nobody has to look."""
    from_minor = rules.new_payee_from_minor
    if from_minor is None or amount_minor < from_minor:
        return False
    return rules.step_up_from_minor is None or amount_minor < rules.step_up_from_minor


def needs_step_up(
    *,
    caller: Caller,
    payer: LedgerAccount,
    payee: LedgerAccount,
    amount_minor: int,
    rules: BankRules,
    is_confirmed: Callable[[str, str], bool],
) -> bool:
    """Tell whether the owner who orders a transfer must confirm it. Amounts are in minor units.

    A payee is known once a transfer to them was confirmed: one that passed without, since it was small, proves nothing.
    Between accounts of one customer only the amount counts. A desk has its checkers instead.
    """
    if rules.step_up_from_minor is not None and amount_minor >= rules.step_up_from_minor:
        return owns(caller, payer)
    if not depends_on_payee(amount_minor, rules) or not owns(caller, payer) or owns(caller, payee):
        return False
    return not is_confirmed(caller.customer_id or "", payee.id)
