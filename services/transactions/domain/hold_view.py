"""A hold as the API shows it."""

from typing import Any

from services.transactions.domain.hold import Hold
from shared.clock import format_time


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
