"""Remove the authenticator app of a login and its recovery codes.

Who: its owner, who has proven again who they are. Rule: a short password needs a second factor; where the bank asks
for codes by mail there is one. Says: nothing.
"""

from services.identity.domain.totp import FactorNeeded, TotpNotSetUp
from services.identity.store import factor_store
from services.identity.store.tables import TotpRow
from services.identity.store.users_queries import user_row
from services.identity.use_cases.sign_in import SignInDesk
from shared.contracts.caller import Caller
from shared.store.audit import record_audit


def remove_totp(desk: SignInDesk, *, caller: Caller, user_id: str) -> None:
    """Forget the authenticator.

    :raises TotpNotSetUp: if there is none
    :raises FactorNeeded: if the password is too short to stand alone
    """
    with desk.store.write() as session:
        row = session.get(TotpRow, user_id)
        if row is None or row.confirmed_at is None:
            raise TotpNotSetUp
        if user_row(session, user_id).short_password and not desk.settings.asks_email_code:
            raise FactorNeeded("The password has less than 15 characters and needs a second factor.")
        factor_store.remove_totp(session, user_id=user_id)
        record_audit(session, caller=caller, command="remove-totp", subject_type="user", subject_id=user_id)
