"""Rename a payee: what the customer calls them; the name that was compared stays. Says: `PayeeChanged`."""

from services.accounts.domain.edit import changes_between, require_version
from services.accounts.store.payee_store import payee_of
from services.accounts.store.tables import PayeeRow
from shared.contracts.accounts import PayeeChanged
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store
from shared.store.outbox import append_facts


def rename_payee(store: Store, *, caller: Caller, payee_id: str, seen_version: int, nickname: str | None) -> PayeeRow:
    """Give a payee another nickname (None: none) and give it; no change leaves no trace.

    :raises PayeeNotFound: if it is missing, removed or another customer's
    :raises VersionMismatch: if it was changed since the caller read it
    """
    with store.write() as session:
        row = payee_of(session, payee_id, caller=caller)
        require_version(seen=seen_version, actual=row.version)
        if changes_between(before={"nickname": row.nickname}, wanted={"nickname": nickname}):
            row.nickname = nickname
            row.version += 1
            session.add(row)
            session.flush()
            append_facts(session, PayeeChanged(payee_id=row.id, customer_id=row.customer_id, fields=["nickname"]))
            record_audit(
                session,
                caller=caller,
                command="rename-payee",
                subject_type="payee",
                subject_id=row.id,
                before={"version": seen_version},
                after={"version": row.version, "fields": ["nickname"]},
            )
        return row
