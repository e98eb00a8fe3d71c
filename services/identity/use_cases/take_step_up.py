"""Take a step-up token for something that identity itself does: a change of factors or of the address.

Who: a user, for a command of this session. Rule: `shared/clients/step_up.py`; its number is kept, so it works once.
"""

from datetime import datetime

from services.identity.store.tables import UsedStepUpRow
from shared.clients.jwks import KeySet
from shared.clients.step_up import StepUpSubject, step_up_required, verify_step_up
from shared.contracts.caller import Caller
from shared.store.engine import Store


def take_step_up(
    store: Store, *, raw: str | None, subject: StepUpSubject, caller: Caller, keys: KeySet, now: datetime
) -> None:
    """Use a token up. What it approved may still be refused; the next try then needs another one.

    :raises StepUpRequired: if there is none, it is for something else, of another session, too old, or used
    """
    token_id = verify_step_up(raw, subject=subject, caller=caller, keys=keys, now=now)
    with store.write() as session:
        used = session.get(UsedStepUpRow, token_id) is not None
        if not used:
            session.add(UsedStepUpRow(token_id=token_id, used_at=now))
    if used:
        raise step_up_required(subject, "This step-up token was used.")
