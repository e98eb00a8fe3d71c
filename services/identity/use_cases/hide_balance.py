"""Keep the balance hidden on screens until the person has proven again who they are.

Who: a user, for themself. Says: nothing.
"""

from services.identity.store.users_queries import user_row
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store


def hide_balance(store: Store, *, caller: Caller, user_id: str, hides: bool) -> None:
    """Keep what the person wishes.

    :raises UserNotFound: if there is no such user
    """
    with store.write() as session:
        row = user_row(session, user_id)
        if row.hides_balance == hides:
            return
        before, row.hides_balance = row.hides_balance, hides
        session.add(row)
        record_audit(
            session,
            caller=caller,
            command="hide-balance",
            subject_type="user",
            subject_id=user_id,
            before={"hides_balance": before},
            after={"hides_balance": hides},
        )
