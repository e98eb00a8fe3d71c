"""Take a mail with a code: keep it, encrypted, until the worker has sent it.

Who: identity. Rule: `domain/code_mail.py`. Says: nothing. It is no item of an inbox: the inbox is behind the sign-in.
"""

from services.notifications.domain.code_mail import CodeMail
from services.notifications.store import sealed_mails
from services.notifications.store.sealed_mails import MailSeal
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store


def queue_code_mail(store: Store, *, caller: Caller, seal: MailSeal, mail: CodeMail) -> str:
    """Keep the mail and give its id. Neither address nor code is in the audit trail."""
    with store.write() as session:
        job_id = sealed_mails.queue_code_mail(session, seal=seal, mail=mail)
        record_audit(
            session,
            caller=caller,
            command="queue-code-mail",
            subject_type="job",
            subject_id=job_id,
            after={"mail": mail.kind},
        )
    return job_id
