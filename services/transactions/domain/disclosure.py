"""What a caller may see of an entry: staff everything, a customer only the legs of own accounts."""

from collections.abc import Mapping
from typing import Any

from services.transactions.domain.access import READER_ROLES, owns
from services.transactions.domain.hold import Hold
from services.transactions.domain.journal_entry import JournalEntry
from services.transactions.domain.ledger_account import LedgerAccount
from shared.clock import format_time
from shared.contracts.caller import Caller


def mask_account_number(number: str) -> str:
    """Show the country, the check digits and the last four: `DE40 •••• 0045`."""
    return f"{number[:4]} •••• {number[-4:]}"


def _counterparty(mine: set[str], entry: JournalEntry, accounts: Mapping[str, LedgerAccount]) -> dict[str, str] | None:
    other_id = entry.payee_account_id if entry.payer_account_id in mine else entry.payer_account_id
    other = accounts.get(other_id)
    if other is None or other.is_internal or other.account_number is None:
        return None
    return {"name": other.holder_name, "account_number_masked": mask_account_number(other.account_number)}


def show_transaction(
    entry: JournalEntry, *, caller: Caller, accounts: Mapping[str, LedgerAccount], reversed_by: str | None = None
) -> dict[str, Any]:
    """Give an entry as the API's `transaction`, with only what this caller may see of it.

    `accounts` holds the entry's ledger accounts by id.
    """
    all_ids = [posting.account_id for posting in entry.postings]
    sees_all = caller.has(*READER_ROLES, "service")
    mine = {i for i in all_ids if i in accounts and owns(caller, accounts[i]) and not accounts[i].is_internal}
    visible = set(all_ids) if sees_all else mine
    shown: dict[str, Any] = {
        "id": entry.id,
        "type": entry.type,
        "status": "reversed" if reversed_by else "booked",
        "amount_minor": entry.amount.amount_minor,
        "currency": entry.amount.currency,
        "from_account_id": entry.payer_account_id if entry.payer_account_id in visible else None,
        "to_account_id": entry.payee_account_id if entry.payee_account_id in visible else None,
        "counterparty": _counterparty(mine, entry, accounts),
        "description": entry.description,
        "booked_at": format_time(entry.booked_at),
        "value_date": entry.value_date.isoformat(),
        "business_date": entry.business_date.isoformat(),
        "postings": [
            {
                "account_id": posting.account_id,
                "direction": posting.direction,
                "amount_minor": posting.amount_minor,
                "balance_after_minor": posting.balance_after_minor,
            }
            for posting in entry.postings
            if posting.account_id in visible
        ],
        "reverses": entry.reverses,
        "reversed_by": reversed_by,
    }
    return shown


def show_hold(hold: Hold) -> dict[str, Any]:
    """Give a hold as the API's `hold`; amounts in minor units."""
    return {
        "id": hold.id,
        "account_id": hold.account_id,
        "status": hold.status,
        "amount_minor": hold.amount_minor,
        "captured_minor": hold.captured_minor,
        "released_minor": hold.released_minor,
        "currency": hold.currency,
        "to_account_number": hold.to_account_number,
        "description": hold.description,
        "expires_at": format_time(hold.expires_at),
        "created_at": format_time(hold.created_at),
    }
