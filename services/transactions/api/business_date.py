"""The bank's own day."""

from fastapi import APIRouter, Request

from services.transactions.api.schemas import BusinessDateAnswer
from services.transactions.store.ledger_store import read_business_date
from shared.clock import bank_now, format_time
from shared.store.engine import Store

router = APIRouter(prefix="/api/v1/business-date", tags=["business date"])


@router.get("")
def get_business_date(request: Request) -> BusinessDateAnswer:
    """Give the day that entries are booked on, and the bank's time."""
    store: Store = request.app.state.store
    moment = bank_now()
    with store.read() as session:
        day = read_business_date(session) or moment.date()
    return BusinessDateAnswer(business_date=day.isoformat(), bank_now=format_time(moment), state="open", job=None)
