"""Edit an account: its nickname, with a history of old and new.

Who: its owner, or staff. What waits for an approval of the account is void then. Says: `AccountChanged`.
"""

from services.accounts.domain.edit import changes_between, require_version
from services.accounts.domain.views import AccountView
from services.accounts.store.account_queries import account_view, visible_account
from services.accounts.store.account_store import add_account_edits
from services.accounts.use_cases.propose import void_proposals
from shared.clock import bank_now
from shared.contracts.accounts import AccountChanged
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store
from shared.store.outbox import append_facts


def edit_account(
    store: Store, *, caller: Caller, account_id: str, seen_version: int, nickname: str | None, note: str | None
) -> AccountView:
    """Give an account another nickname (None: none) and give it back; no change leaves no trace.

    :raises AccountNotFound: if it is missing or another customer's
    :raises VersionMismatch: if it was changed since the caller read it
    """
    with store.write() as session:
        account = visible_account(session, account_id, caller=caller)
        require_version(seen=seen_version, actual=account.version)
        changes = changes_between(before={"nickname": account.nickname}, wanted={"nickname": nickname})
        if changes:
            account.nickname = nickname
            account.version += 1
            session.add(account)
            by = str(caller.user_id)
            add_account_edits(session, account_id, changes=changes, by=by, note=note, at=bank_now())
            void_proposals(session, caller=caller, subject_type="account", subject_id=account_id)
            append_facts(session, AccountChanged(account_id=account_id, fields=[c.field for c in changes]))
            record_audit(
                session,
                caller=caller,
                command="edit-account",
                subject_type="account",
                subject_id=account_id,
                before={"version": seen_version},
                after={"version": account.version, "fields": [c.field for c in changes]},
                reason=note,
            )
            session.flush()
        return account_view(session, account)
