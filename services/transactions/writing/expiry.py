"""Ends holds whose time is over: the writer's own work between two batches. None ends early."""

from sqlmodel import Session

from services.transactions.domain.hold import Hold, expire_hold
from services.transactions.store import ledger_store
from services.transactions.store.hold_store import due_holds, write_holds
from services.transactions.writing.locking import lock_accounts
from services.transactions.writing.view import BatchView
from shared.clock import bank_now, now
from shared.contracts.caller import Caller
from shared.contracts.transactions import HoldExpired
from shared.store.audit import AuditRecord, write_audit
from shared.store.engine import Store
from shared.store.outbox import append_facts

AT_ONCE = 500
_WRITER = Caller.for_service("transactions")


def expire_due_holds(store: Store) -> int:
    """Expire up to 500 holds in one transaction and give how many; another call takes the rest."""
    with store.read() as session:
        if not due_holds(session, bank_now(), limit=1):
            return 0
    with store.write(alone=False) as session:
        moment = bank_now()
        # Another writer may end or capture some of them until their accounts are locked: they are read again.
        locked = lock_accounts(session, {one.account_id for one in due_holds(session, moment, limit=AT_ONCE)})
        due = [one for one in due_holds(session, moment, limit=AT_ONCE) if one.account_id in locked]
        if not due:
            return 0
        view = BatchView(ledger_store.load_accounts(session, ids={one.account_id for one in due}, numbers=()), due)
        for hold in due:
            expired = expire_hold(hold=hold, now=moment)
            if expired is not None:
                view.apply_hold(expired)
        write_holds(session, list(view.written_holds.values()), known=view.known_holds)
        ledger_store.write_balances(session, list(view.moved.values()))
        append_facts(session, *(_fact(hold, view) for hold in due))
        _audit(session, due)
    return len(due)


def _fact(hold: Hold, view: BatchView) -> HoldExpired:
    account = view.account(hold.account_id)
    return HoldExpired(
        hold_id=hold.id,
        account_id=hold.account_id,
        owners=list(account.owners) if account else [],
        amount_minor=hold.open_minor,
        currency=hold.currency,
    )


def _audit(session: Session, due: list[Hold]) -> None:
    records = [
        AuditRecord(
            caller=_WRITER,
            command="expire-hold",
            subject_type="hold",
            subject_id=hold.id,
            before={"status": hold.status, "open_minor": hold.open_minor},
            after={"status": "expired", "open_minor": 0},
        )
        for hold in due
    ]
    write_audit(session, records, at=now())
