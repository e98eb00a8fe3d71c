"""Which commands of the ledger need a second person, for the one list that `accounts` shows."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse

from services.transactions.settings import TransactionsSettings

router = APIRouter(prefix="/internal/approval-rules", include_in_schema=False)


@router.get("")
def read_rules(request: Request) -> JSONResponse:
    """Give each command with the amount above which it waits, who decides, and for how many hours."""
    settings: TransactionsSettings = request.app.state.settings
    items = [
        {
            "command": command,
            "above_minor": rule.from_minor - 1,
            "checkers": list(rule.checkers),
            "hours": rule.hours,
            "active": True,
            "roles": None,
        }
        for command, rule in sorted(settings.rules.approvals.items())
    ]
    return JSONResponse({"items": items})
