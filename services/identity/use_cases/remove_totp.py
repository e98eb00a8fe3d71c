"""Remove the authenticator app of a login and its recovery codes.

Who: its owner, who has proven again who they are. Rule: a short password needs a second factor; where the bank asks
for codes by mail there is one. Says: `FactorChanged`.
"""

from datetime import datetime

from services.identity.domain.totp import FactorNeeded, TotpNotSetUp
from services.identity.store import factor_store
from services.identity.store.tables import TotpRow
from services.identity.store.users_queries import user_row
from services.identity.use_cases.sign_in import SignInDesk
from shared.clock import format_time
from shared.contracts.caller import Caller
from shared.contracts.identity import FactorChanged
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def remove_totp(desk: SignInDesk, *, caller: Caller, user_id: str, now: datetime) -> None:
    """Forget the authenticator.

    :raises TotpNotSetUp: if there is none
    :raises FactorNeeded: if the password is too short to stand alone
    """
    with desk.store.write() as session:
        row = session.get(TotpRow, user_id)
        if row is None or row.confirmed_at is None:
            raise TotpNotSetUp
        user = user_row(session, user_id)
        if user.short_password and not desk.settings.asks_email_code:
            raise FactorNeeded("The password has less than 15 characters and needs a second factor.")
        factor_store.remove_totp(session, user_id=user_id)
        at = format_time(now)
        append_facts(
            session,
            FactorChanged(user_id=user_id, customer_id=user.customer_id, factor="totp", change="removed", at=at),
        )
        record_audit(session, caller=caller, command="remove-totp", subject_type="user", subject_id=user_id)
