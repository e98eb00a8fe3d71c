"""Find accounts among the next ones of an end of day on which nobody has moved money for long, and say so once.

Who: the end of day. Rule: here: nothing but the bank's own entries for so many days. Says: `AccountTurnedDormant`;
`accounts` decides what that means for the contract.
"""

from dataclasses import replace
from datetime import timedelta

from services.transactions.store.end_of_day_store import Run, move_cursor
from services.transactions.store.interest_store import (
    Position,
    accounts_at,
    cursor_after,
    positions_of,
    write_positions,
)
from shared.contracts.transactions import AccountTurnedDormant
from shared.store.engine import Store
from shared.store.outbox import append_facts


def mark_dormancy(store: Store, run: Run, *, after_days: int, limit: int) -> Run:
    """Look at up to `limit` accounts after the run's cursor and move it; `after_days` of 0: no account turns dormant.

    :raises Overtaken: if somebody else moved this end of day on; then nothing was written
    """
    quiet: list[Position] = []
    with store.read() as session:
        accounts = accounts_at(session, after=run.cursor, cut=run.cut_sequence or 0, limit=limit) if after_days else []
        known = positions_of(session, [account.id for account in accounts])
    for account in accounts:
        position = known.get(account.id)
        if account.status != "open" or position is None or position.dormant_on is not None:
            continue
        if position.active_on + timedelta(days=after_days) <= run.business_date:
            quiet.append(replace(position, dormant_on=run.business_date))
    with store.write() as session:
        moved = move_cursor(session, run, cursor=cursor_after(accounts, limit), done=len(quiet))
        write_positions(session, quiet, known=known)
        if quiet:
            day = run.business_date.isoformat()
            append_facts(
                session, *(AccountTurnedDormant(account_id=one.account_id, business_date=day) for one in quiet)
            )
    return moved
